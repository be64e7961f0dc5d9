"""The example packs: they load, pass the check and their cases, and plan what their pages say."""

from datetime import date
from pathlib import Path

import pytest

import kineticchain as kc
from kineticchain.cli.main import main
from kineticchain.cli.play import FIRST_DAY
from kineticchain.domain.person import Allowance
from kineticchain.interop import json
from kineticchain.recommendation import Outcome
from kineticchain.testing.playground import Game, replayed_transcript

PACKS = Path(__file__).parents[2] / "examples" / "packs"
NAMES = sorted(path.name for path in PACKS.iterdir())
ON = date(2026, 11, 2)


@pytest.mark.parametrize("name", NAMES)
def test_the_check_finds_nothing(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(PACKS / name / "pack.toml")]) == 0
    assert "no fault and no unexplained finding" in capsys.readouterr().out


@pytest.mark.parametrize("name", NAMES)
def test_the_cases_hold_and_every_rule_fires(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    cases = [str(path) for path in sorted((PACKS / name / "cases").glob("*.toml"))]
    assert main(["cases", *cases, "--pack", str(PACKS / name / "pack.toml"), "--coverage"]) == 0
    assert "0 were unknown at most, 0 stayed false" in capsys.readouterr().out


def knee_plan(*events: kc.ClinicianResult) -> kc.Plan:
    pack = kc.load_pack(PACKS / "knee_replacement" / "pack.toml")
    recommender = kc.Recommender(kc.Knowledge.builtin().with_packs(pack))
    person = kc.Person(
        age=68,
        surgeries=[kc.Surgery("knee", side="right", weeks_ago=2, weight_bearing="PWB")],
        equipment=["fixed_support", "chair"],
        facts={"tandem_stance_s": 30},
        screening="clear",
        as_of=date(2026, 11, 1),
    )
    return recommender.recommend(person, kc.History(events), on=ON)


def test_before_clearance_a_plan_holds_nothing_for_the_knee() -> None:
    assert "tkr.heel_slide" not in {item.exercise for item in knee_plan().items}


def test_what_the_surgeon_allows_is_in_the_plan() -> None:
    allowed = kc.ClinicianResult(
        on=ON,
        region="knee",
        side="right",
        allows=Allowance(exercises=["tkr.heel_slide", "quad_set"]),
    )
    exercises = {item.exercise for item in knee_plan(allowed).items}
    assert "tkr.heel_slide" in exercises
    assert "tkr.straight_leg_raise" not in exercises


def achilles() -> kc.Recommender:
    pack = kc.load_pack(PACKS / "achilles" / "pack.toml")
    return kc.Recommender(kc.Knowledge.builtin().with_packs(pack))


def test_the_achilles_programme_is_played_as_published() -> None:
    folder = PACKS / "achilles"
    person = json.loads((folder / "person.json").read_text(encoding="utf-8"), kc.Person)
    text = (folder / "twelve_weeks.txt").read_text(encoding="utf-8")
    game = Game(recommender=achilles(), person=person, on=FIRST_DAY)
    assert replayed_transcript(game, text) == text


def test_pain_in_a_heel_drop_adds_no_weight() -> None:
    person = json.loads((PACKS / "achilles" / "person.json").read_text(encoding="utf-8"), kc.Person)
    course = achilles().simulate(
        person,
        lambda *_: Outcome.HARD,
        2,
        request=kc.Request(programme="achilles_alfredson"),
        on=ON,
    )
    assert {item.exercise for item in course.plans[-1][1].items} == {
        "achilles.drop_straight",
        "achilles.drop_bent",
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_page_tells_what_a_pack_is(name: str) -> None:
    assert (PACKS / name / "README.md").read_text(encoding="utf-8").startswith("# ")
