"""What a pack says of itself: packs that it needs, the time that it is made for, reviews, languages."""

import datetime
from pathlib import Path

import pytest

import kineticchain as kc
from kineticchain.cli.main import main
from kineticchain.errors import InvalidDocument, InvalidKnowledge
from kineticchain.interop import json, toml
from kineticchain.knowledge.pack import RulePack

ON = datetime.date(2026, 11, 30)
PERSON = kc.Person(age=40, screening="clear")

ROOT = Path(__file__).parents[2]


def pack(head: str = "", rows: str = "", name: str = "clinic") -> RulePack:
    return toml.loads(f'schema = 1\nid = "{name}"\nversion = "7"\n{head}\n{rows}')


def notes(head: str, on: datetime.date | None = ON) -> list[str]:
    recommender = kc.Recommender(kc.Knowledge.builtin().with_packs(pack(head)))
    advice = recommender.recommend(PERSON, on=on).advice
    return [reason.message.text for reason in advice if reason.message.id.startswith("pack_")]


def test_a_pack_that_is_needed_has_to_be_loaded() -> None:
    needing = pack('builds_on = ["other"]')
    with pytest.raises(InvalidKnowledge, match="the pack `other` is not loaded"):
        kc.Knowledge.builtin().with_packs(needing)
    assert kc.Knowledge.builtin().with_packs(needing, pack(name="other")).packs


@pytest.mark.parametrize(
    ("head", "count"),
    [
        ("valid_until = 2026-11-29", 1),
        ("valid_until = 2026-11-30", 0),
        ("valid_from = 2026-12-01", 1),
        ("valid_from = 2026-11-30", 0),
        ("", 0),
    ],
)
def test_a_plan_outside_of_the_time_says_so(head: str, count: int) -> None:
    assert len(notes(head)) == count


def test_the_note_names_pack_version_and_day() -> None:
    [text] = notes("valid_until = 2026-11-29")
    assert "clinic 7" in text
    assert "2026-11-29" in text


def test_without_a_day_nothing_is_out_of_date() -> None:
    assert notes("valid_until = 2026-11-29", None) == []


def test_the_rules_of_an_old_pack_still_hold() -> None:
    rule = """
[[source]]
id = "clinic.notes"
title = "Notes"

[[rule]]
id = "clinic.no_walks"
when = "age >= 18"
about = "exercise.id == 'walking'"
exclude = true
because = "Test."
sources = ["clinic.notes"]
"""
    knowledge = kc.Knowledge.builtin().with_packs(pack("valid_until = 2020-01-01", rule))
    plan = kc.Recommender(knowledge).recommend(
        PERSON, request=kc.Request(prefer=["walking"], minutes=20), on=ON
    )
    assert "walking" not in {item.exercise for item in plan.items}


def test_the_last_day_is_not_before_the_first() -> None:
    with pytest.raises(InvalidDocument, match="the last day is before the first"):
        pack("valid_from = 2026-11-30\nvalid_until = 2026-11-29")


REVIEW = """
[[review]]
by = "A. Reader, physiotherapist"
on = 2026-10-01
about = "the rules"
"""


def test_check_tells_reviews_and_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "clinic.toml"
    head = 'schema = 1\nid = "clinic"\nversion = "7"\nvalid_until = 2027-01-01\n'
    path.write_text(head + REVIEW, encoding="utf-8")
    assert main(["check", str(path)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == (
        "clinic 7, until 2027-01-01: reviewed 2026-10-01, A. Reader, physiotherapist: the rules"
    )


def test_all_of_it_survives_json() -> None:
    head = 'builds_on = ["other"]\nvalid_from = 2026-11-01\nvalid_until = 2027-11-01'
    texts = '[messages]\n"clinic.hello" = "Hello"\n[translations.de]\n"clinic.hello" = "Hallo"'
    whole = pack(head, REVIEW + texts)
    assert json.loads(json.dumps(whole), RulePack) == whole


MESSAGES = '[messages]\n"clinic.hello" = "Hello {name}"\n'


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ('"clinic.helo" = "Hallo {name}"', "did you mean `clinic.hello`"),
        ('"clinic.hello" = "Hallo {nme}"', "takes other arguments; use {name}"),
        ('walking = "Gehen"', "no text of the pack has the id `walking`"),
        ('"clinic.hello" = "Hallo {"', "cannot be filled in"),
    ],
)
def test_a_translation_fits_its_text(rows: str, fault: str) -> None:
    translated = pack(rows=f"{MESSAGES}[translations.de]\n{rows}")
    with pytest.raises(InvalidKnowledge, match=fault):
        kc.Knowledge.builtin().with_packs(translated)


@pytest.mark.parametrize("first", ["language", "pack"])
def test_a_pack_speaks_the_language_of_the_knowledge(first: str) -> None:
    translated = pack(rows=f'{MESSAGES}[translations.de]\n"clinic.hello" = "Hallo {{name}}"')
    builtin = kc.Knowledge.builtin()
    knowledge = (
        builtin.speaking("de").with_packs(translated)
        if first == "language"
        else builtin.with_packs(translated).speaking("de")
    )
    assert knowledge.catalog.text("clinic.hello", name="Anna") == "Hallo Anna"


def test_a_pack_translates_its_steps_and_reasons() -> None:
    """A text of the data is the id of its translation, in plans as well."""
    shoulder = kc.load_pack(ROOT / "examples" / "packs" / "shoulder" / "pack.toml")
    translated = dict(dict(shoulder.translations)["de"])
    recommender = kc.Recommender(kc.Knowledge.builtin().with_packs(shoulder).speaking("de"))
    person = kc.Person(
        age=40,
        complaints=[kc.Complaint("shoulder", side="left", pain=3, weeks=8)],
        equipment=["fixed_support", "chair", "towel"],
        facts={
            f"shoulder_clinic.{sign}": False
            for sign in ("hot_joint", "changed_shape", "weak_after_injury", "lump")
        },
        screening="clear",
    )
    plan = recommender.recommend(person, request=kc.Request(minutes=15))
    items = [item for item in plan.items if item.exercise.startswith("shoulder_clinic.")]
    assert items
    german = set(translated.values())
    assert all({*item.steps, *item.cues, *item.cautions} <= german for item in items)
    because = "Eine schmerzende Schulter wird in Bewegung gehalten, unter dem, was weh tut."
    assert because in str(recommender.explain(plan))


def test_a_translation_of_a_text_that_is_not_there_is_a_fault() -> None:
    translated = pack(rows='[translations.de]\n"Breathe on and on." = "Atme weiter."')
    with pytest.raises(InvalidKnowledge, match="no text of the pack has the id"):
        kc.Knowledge.builtin().with_packs(translated)
