"""Texts of the built-in data in other languages: steps, cautions, questions, reasons of rules."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files

from kineticchain.knowledge.pack import RulePack


def data_texts(language: str) -> Mapping[str, str]:
    """Return the translations of the built-in data, each under its English text.

    Each call reads the files of `knowledge/data/languages` again.

    Args:
        language: The code of a language, such as ``de``. Without files there are no translations.
    """
    folder = files("kineticchain").joinpath("knowledge/data/languages", language)
    if not folder.is_dir():
        return {}
    texts: dict[str, str] = {}
    for file in sorted(folder.iterdir(), key=lambda path: path.name):
        document = tomllib.loads(file.read_text(encoding="utf-8"))
        texts |= {row["en"]: row[language] for row in document["text"]}
    return texts


def texts_of(packs: Iterable[RulePack]) -> Iterator[str]:
    """Yield every text of packs that a person or a clinician may read in a plan or an intake.

    Titles of exercises and equipment are not included, because they have message ids.

    Args:
        packs: The packs, such as `Knowledge.packs`.
    """
    for pack in packs:
        for exercise in pack.exercises:
            yield from (*exercise.steps, *exercise.cues, *exercise.cautions)
        for fact in pack.facts:
            labels = fact.labels or (fact.options if fact.question else ())
            texts = (fact.question, fact.line, fact.help, fact.opens, *labels)
            yield from (text for text in texts if text)
        yield from (rule.because for rule in pack.rules)
        for card in pack.conflicts:
            yield from (*card.claims, *card.holds_for, card.resolution)
        for programme in pack.programmes:
            yield from (programme.title, programme.for_whom)
            yield from (item.stated for item in programme.items if item.stated)
        yield from (ladder.title for ladder in pack.ladders)
