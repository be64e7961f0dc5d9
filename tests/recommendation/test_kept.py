"""What a recommender keeps between people never shows: neither what it kept nor what it forgot."""

import copy
import datetime
import pickle
from collections.abc import Callable

import pytest
from attrs import evolve

import kineticchain as kc
from kineticchain.domain import memo
from kineticchain.domain.memo import Memo
from kineticchain.interop import json
from kineticchain.rules import Prefer, Rule

ON = datetime.date(2026, 3, 1)
KNOWLEDGE = kc.Knowledge.builtin()
PEOPLE = [
    kc.Person(age=40, complaints=[kc.Complaint("heel", side="left", pain=3)], screening="clear"),
    kc.Person(age=40, complaints=[kc.Complaint("heel", side="left", pain=3)]),
    kc.Person(age=70, equipment=["fixed_support", "chair"], screening="clear"),
    kc.Person(age=30, equipment=["towel", "step"], facts={"heel_rise_reps": 25}, screening="clear"),
    kc.Person(age=45, facts={"tandem_stance_s": 30}, screening="clear"),
    kc.Person(age=60, complaints=[kc.Complaint("knee", pain=6)], facts={"fall_last_12m": True}),
]
HISTORY = kc.History(
    [
        kc.SessionLog(
            on=ON - datetime.timedelta(days=2),
            lines=[kc.ExerciseLog("heel_raise_double", done=kc.Dose(sets=2, reps=10), pain=1)],
        )
    ]
)


def _pickled(one: object) -> object:
    return pickle.loads(pickle.dumps(one))  # noqa: S301 - our own


def plans(recommender: kc.Recommender) -> list[str]:
    """The plans of all, once without and once with a history."""
    return [
        json.dumps(recommender.recommend(person, history, on=ON))
        for history in (None, HISTORY)
        for person in PEOPLE
    ]


def alone() -> list[str]:
    """The same plans, each by a recommender of its own."""
    return [
        json.dumps(kc.Recommender(KNOWLEDGE).recommend(person, history, on=ON))
        for history in (None, HISTORY)
        for person in PEOPLE
    ]


def test_plans_are_the_same_whoever_came_before() -> None:
    recommender = kc.Recommender(KNOWLEDGE)
    assert plans(recommender) == plans(recommender) == alone()


OLD = kc.Person(age=60, equipment=["fixed_support", "towel"], screening="clear")
YOUNG = evolve(OLD, age=40)
LONGER = kc.Request(minutes=20)
FAVOURING = kc.RulePack(
    id="house",
    version="1",
    rules=(
        Rule(
            id="house.from_fifty",
            when="age >= 50",
            about="exercise.kind == 'mobility'",
            effects=(Prefer(40),),
            because="Mobility first from fifty on.",
            sources=("SEED0",),
        ),
    ),
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((YOUNG, LONGER), (YOUNG, evolve(LONGER, minutes=6))),
        ((YOUNG, LONGER), (YOUNG, evolve(LONGER, prefer=["toe_spread"]))),
        ((YOUNG, evolve(LONGER, goal="hip_pain")), (YOUNG, evolve(LONGER, goal="calf_pain"))),
        ((YOUNG, LONGER), (OLD, LONGER)),
    ],
    ids=["less time", "a wish", "another goal", "a rule favours something"],
)
def test_a_choice_is_kept_by_all_that_it_follows_from(
    before: tuple[kc.Person, kc.Request], after: tuple[kc.Person, kc.Request]
) -> None:
    knowledge = KNOWLEDGE.with_packs(FAVOURING)
    shared, alone = kc.Recommender(knowledge), kc.Recommender(knowledge)
    other = shared.recommend(before[0], request=before[1])
    plan = shared.recommend(after[0], request=after[1])
    assert plan == alone.recommend(after[0], request=after[1])
    assert plan.items != other.items


@pytest.mark.parametrize("most", [1, 2, 30])
def test_plans_are_the_same_where_next_to_nothing_is_kept(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = alone()
    monkeypatch.setattr(memo, "MAX_ENTRIES", most)
    fresh = KNOWLEDGE.with_policy(KNOWLEDGE.policy)  # its ladders have kept nothing yet
    assert plans(kc.Recommender(fresh)) == expected


@pytest.mark.parametrize("values", [(5, 5.0), (5.0, 5), (0.0, -0.0), (-0.0, 0.0)])
def test_a_plan_tells_the_numbers_of_its_own_person(values: tuple[float, float]) -> None:
    """Equal numbers are not the same text; rules are shared by all of equal knowledge."""
    for value in values:
        person = kc.Person(age=70, facts={"tandem_stance_s": value}, screening="clear")
        plan = kc.Recommender(KNOWLEDGE).recommend(person)
        seen = [seen for entry in kc.explain(plan).trace for seen in entry.seen]
        assert {repr(told) for name, told in seen if name == "tandem_stance_s"} == {repr(value)}


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, _pickled])
def test_a_copy_of_a_memo_is_empty(copied: Callable[[object], object]) -> None:
    some: Memo[int, str] = Memo()
    some.add(1, "one")
    assert copied(some) == {}
    assert type(copied(some)) is Memo


def test_a_full_memo_starts_anew() -> None:
    some: Memo[str, int] = Memo()
    for number in range(memo.MAX_ENTRIES):
        some.add(str(number), number)
    assert some.get("0") == 0
    assert some.add("one more", 1) == 1
    assert some == {"one more": 1}
