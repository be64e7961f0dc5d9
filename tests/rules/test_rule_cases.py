"""The cases of the safety rules: people for whom a rule holds, fails and stays unknown."""

from importlib.resources import files
from pathlib import Path

import pytest
from attrs import evolve

import kineticchain as kc
from kineticchain.errors import InvalidDocument
from kineticchain.rules import decide
from kineticchain.testing.rule_cases import (
    CasePerson,
    Never,
    RuleCase,
    disagreements,
    load_rule_cases,
    missing_cases,
    rule_case_faults,
    safety_rules,
)

CASES = Path(str(files("kineticchain").joinpath("knowledge/data/cases")))
FILES = sorted(CASES.rglob("*.toml"))


def pack_id(path: Path) -> str:
    """Return the id of the rule pack whose cases a file holds, such as `red_flags_leg`."""
    return "_".join(path.relative_to(CASES).with_suffix("").parts)


CHEST = RuleCase(
    rule="chest",
    holds=CasePerson(facts={"chest_pain": True}),
    fails=CasePerson(),
    unknown=CasePerson(unknown=("chest_pain",)),
)


@pytest.fixture(scope="module")
def builtin_cases() -> tuple[RuleCase, ...]:
    return tuple(case for path in FILES for case in load_rule_cases(path))


@pytest.mark.parametrize("path", FILES, ids=pack_id)
def test_the_rules_agree_with_their_cases(path: Path, knowledge: kc.Knowledge) -> None:
    cases = load_rule_cases(path)
    pack = next(pack for pack in knowledge.packs if pack.id == pack_id(path))
    assert {case.rule for case in cases} <= {rule.id for rule in pack.rules}
    assert disagreements(cases, knowledge) == []


def test_no_built_in_safety_rule_lacks_its_case(
    builtin_cases: tuple[RuleCase, ...], knowledge: kc.Knowledge
) -> None:
    assert missing_cases(builtin_cases, knowledge) == []
    assert len(builtin_cases) == len(safety_rules(knowledge))


def test_a_missing_case_is_reported(
    builtin_cases: tuple[RuleCase, ...], knowledge: kc.Knowledge
) -> None:
    fewer = [case for case in builtin_cases if case.rule != "chest"]
    (fault,) = rule_case_faults(fewer, knowledge)
    assert fault.startswith("The safety rule `chest` has no case: state somebody for whom it holds")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"holds": CHEST.fails}, "`chest` should hold, but does not hold for somebody of whom"),
        ({"fails": CHEST.holds}, "`chest` should not hold, but holds for chest_pain True. (Chest"),
        ({"fails": CHEST.unknown}, "`chest` should not hold, but stays unknown for chest_pain unknown"),
        ({"unknown": CHEST.fails}, "`chest` should stay unknown, but does not hold"),
        ({"unknown": Never.NEVER}, "It is said that `chest` is never unknown, and that could not be proved"),
        ({"fails": Never.NEVER}, "It is said that `chest` never fails, and that could not be proved"),
        ({"rule": "no_such_rule"}, "There is a case of `no_such_rule`, which is no safety rule"),
        ({"holds": CasePerson(unknown=("chest_pian",))}, "The person for whom `chest` should hold cannot be read"),
    ],
    ids=["holds", "fails", "fails, yet unknown", "unknown", "never unknown", "never fails", "no rule", "no fact"],
)  # fmt: skip
def test_a_wrong_case_is_reported(
    change: dict[str, object], fault: str, knowledge: kc.Knowledge
) -> None:
    assert disagreements([CHEST], knowledge) == []
    (found,) = disagreements([evolve(CHEST, **change)], knowledge)  # type: ignore[arg-type]  # as stated
    assert found.startswith(fault)


def test_a_rule_is_stated_once(knowledge: kc.Knowledge) -> None:
    assert disagreements([CHEST, CHEST], knowledge) == [
        "The rule `chest` has 2 cases; one is enough."
    ]


def test_a_file_of_cases_is_read_strictly(tmp_path: Path) -> None:
    path = tmp_path / "cases.toml"
    path.write_text('[[case]]\nrule = "chest"\nholds = { agee = 3 }\nfails = {}\nunknown = "no"\n')
    with pytest.raises(InvalidDocument) as caught:
        load_rule_cases(path)
    assert [fault.where for fault in caught.value.faults] == [
        "cases.toml: $.case[0].holds",
        "cases.toml: $.case[0].unknown",
    ]
    path.write_text("[[case]\n")
    with pytest.raises(InvalidDocument, match="not TOML"):
        load_rule_cases(path)


BELOW_AVERAGE = [
    (60, 14, 12), (65, 12, 11), (70, 12, 10), (75, 11, 10), (80, 10, 9), (85, 8, 8), (90, 7, 4),
]  # fmt: skip
"""Chair stands in 30 seconds, below which men and women are below average (F25)."""


@pytest.mark.parametrize(("age", "men", "women"), BELOW_AVERAGE)
def test_chair_stands_follow_the_table_by_age_and_sex(
    age: int, men: int, women: int, knowledge: kc.Knowledge, recommender: kc.Recommender
) -> None:
    for sex, bound in (("m", men), ("f", women)):
        for years in (age, age + 4):
            for stands in (bound - 1, bound):
                facts = {"chair_stand_30s": stands}
                person = kc.Person(age=years, sex=sex, facts=facts, screening="clear")
                trace = decide(knowledge.rulebook, recommender.situation(person)).trace
                fired = any(one.rule == "few_chair_stands_for_the_age" for one in trace)
                assert fired is (stands < bound)
