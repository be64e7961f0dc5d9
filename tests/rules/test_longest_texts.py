"""Packs with texts as long as they may be: no plan and no view of it fails."""

import datetime
from pathlib import Path

import pytest
from attrs import evolve

import kineticchain as kc
from kineticchain.domain.validators import LONGEST_PASSAGE, LONGEST_TITLE
from kineticchain.errors import KineticChainError
from kineticchain.interop import json
from kineticchain.knowledge.pack import RulePack
from kineticchain.testing.cases import read_case

CASES = sorted((Path(__file__).parents[1] / "cases").glob("*.toml"))
ON = datetime.date(2026, 12, 1)
BUILTIN = kc.Knowledge.builtin()


def longest(text: str, most: int = LONGEST_PASSAGE) -> str:
    """Return a text of words, filled up to its largest length."""
    return f"{text} {'and so on ' * most}"[: most - 1] + "." if text else text


def filled(pack: RulePack) -> RulePack:
    """Return a pack with its titles, steps, reasons and questions at their largest lengths."""
    return evolve(
        pack,
        exercises=tuple(
            evolve(
                exercise,
                title=longest(exercise.title, LONGEST_TITLE),
                steps=tuple(map(longest, exercise.steps)),
                cautions=tuple(map(longest, exercise.cautions)),
            )
            for exercise in pack.exercises
        ),
        rules=tuple(evolve(rule, because=longest(rule.because)) for rule in pack.rules),
        facts=tuple(
            evolve(fact, question=longest(fact.question), opens=longest(fact.opens))
            for fact in pack.facts
        ),
        equipment=tuple(
            evolve(piece, title=longest(piece.title, LONGEST_TITLE)) for piece in pack.equipment
        ),
        ladders=tuple(
            evolve(ladder, title=longest(ladder.title, LONGEST_TITLE)) for ladder in pack.ladders
        ),
    )


REGIONS = {
    f"region_{region}": longest(BUILTIN.catalog.text(f"region_{region}"), LONGEST_TITLE)
    for region in BUILTIN.regions
}
FILLED = kc.Knowledge(
    version="1",
    packs=tuple(map(filled, BUILTIN.packs)),
    catalog=BUILTIN.catalog.extended(REGIONS),
)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_longest_texts_fit_into_a_plan(path: Path) -> None:
    case = read_case(path)
    recommender = kc.Recommender(FILLED)
    plan = recommender.recommend(case.person, case.history, request=case.request, on=case.on)
    assert json.loads(json.dumps(plan), kc.Plan) == plan
    assert recommender.explain(plan).plan == plan


@pytest.mark.parametrize("programme", sorted(FILLED.programmes))
def test_the_longest_reasons_fit_into_the_notes_on_a_programme(programme: str) -> None:
    """Nothing is known of a person who hurts everywhere: every exercise has many reasons."""
    person = kc.Person(age=70, complaints=[kc.Complaint(region) for region in FILLED.regions])
    request = kc.Request(programme=programme)
    recommender = kc.Recommender(FILLED)
    plan = recommender.recommend(person, request=request, on=ON)
    assert json.loads(json.dumps(plan), kc.Plan) == plan


CLINIC = """
schema = 1
id = "clinic"
version = "1"

[messages]
"clinic.call" = "{message}"

[[equipment]]
id = "clinic_mat"
title = "{title}"

[translations.de]
"clinic.call" = "{german}"
equipment_clinic_mat = "{german_title}"
"""


@pytest.mark.parametrize(
    ("field", "text", "named"),
    [
        ("message", "", "messages"),
        ("message", "   ", "messages"),
        ("message", "x" * (LONGEST_PASSAGE + 1), "messages"),
        ("title", "", ".title"),
        ("title", "x" * (LONGEST_TITLE + 1), ".title"),
        ("german", " ", "translations.de"),
        ("german_title", "x" * (LONGEST_TITLE + 1), "translations.de"),
    ],
)
def test_blank_and_too_long_texts_of_packs_are_refused(
    field: str, text: str, named: str, tmp_path: Path
) -> None:
    texts = {"message": "Call.", "title": "mat", "german": "Ruf an.", "german_title": "Matte"}
    path = tmp_path / "clinic.toml"
    path.write_text(CLINIC.format(**{**texts, field: text}), encoding="utf-8")
    with pytest.raises(KineticChainError) as error:
        BUILTIN.with_packs(kc.load_pack(path))
    assert named in str(error.value)
    assert "characters" in str(error.value)


def test_texts_of_usual_length_are_accepted(tmp_path: Path) -> None:
    path = tmp_path / "clinic.toml"
    texts = {"message": "Call.", "title": "mat", "german": "Ruf an.", "german_title": "Matte"}
    path.write_text(CLINIC.format(**texts), encoding="utf-8")
    assert "clinic" in {pack.id for pack in BUILTIN.with_packs(kc.load_pack(path)).packs}
