"""Ids that were renamed, retired or never known in what an app stored."""

from datetime import date
from typing import Any

import pytest
from attrs import evolve

import kineticchain as kc
from kineticchain.domain.person import ExerciseLog
from kineticchain.errors import InvalidInput, InvalidKnowledge
from kineticchain.interop import json, toml

ON = date(2026, 11, 21)
PACK = """
schema = 1
id = "clinic"
version = "2"

[[fact]]
id = "clinic.new_insoles"
kind = "boolean"
fact_class = "screening"
reassuring = false
question = "Did you get new insoles?"
no_alarm = "changes what is done, no sign"

[[rule]]
id = "clinic.insoles"
when = "clinic.new_insoles"
about = "exercise.kind == 'balance'"
exclude = true
because = "New insoles first."
sources = ["SEED0"]

[[alias]]
kind = "fact"
old = "clinic.insoles_new"
new = "clinic.new_insoles"

[[alias]]
kind = "fact"
old = "clinic.likes_cats"

[[alias]]
kind = "exercise"
old = "walk"
new = "walking"

[[alias]]
kind = "equipment"
old = "worktop"
new = "fixed_support"

[[alias]]
kind = "exercise"
old = "stamp"

[[alias]]
kind = "goal"
old = "steadiness"
new = "balance"

[[alias]]
kind = "programme"
old = "five_for_feet"
new = "founding_five_exercises"
"""
STORED = kc.Person(
    age=34,
    equipment=["worktop"],
    facts={"clinic.insoles_new": True, "clinic.likes_cats": True, "tandem_stance_s": 30},
    screening="clear",
)
CURRENT = kc.Person(
    age=34,
    equipment=["fixed_support"],
    facts={"clinic.new_insoles": True, "tandem_stance_s": 30},
    screening="clear",
)


def log(*exercises: str) -> kc.History:
    dose = kc.Dose(duration_s=300)
    lines = [ExerciseLog(exercise, done=dose, pain=0, effort=3) for exercise in exercises]
    return kc.History([kc.SessionLog(on=date(2026, 11, 19), lines=lines)])


@pytest.fixture
def recommender(knowledge: kc.Knowledge) -> kc.Recommender:
    return kc.Recommender(knowledge.with_packs(toml.loads(PACK)))


def test_a_stored_person_gets_the_plan_of_the_renamed_one(recommender: kc.Recommender) -> None:
    plans = [
        recommender.recommend(person, log(exercise), request=kc.Request(goal=goal), on=ON)
        for person, exercise, goal in [
            (STORED, "walk", "steadiness"),
            (CURRENT, "walking", "balance"),
        ]
    ]
    assert plans[0] == plans[1]


def test_stored_documents_are_read_and_planned_for(recommender: kc.Recommender) -> None:
    person = json.loads(json.dumps(STORED), kc.Person)
    history = json.loads(json.dumps(log("walk")), kc.History)
    assert recommender.recommend(person, history, on=ON).status == "ready"


def test_an_old_session_of_a_vanished_exercise_is_skipped(recommender: kc.Recommender) -> None:
    vanished = recommender.recommend(CURRENT, log("walking", "gone_for_ever"), on=ON)
    assert vanished == recommender.recommend(CURRENT, log("walking"), on=ON)


def test_a_vanished_exercise_that_was_mastered_is_skipped(recommender: kc.Recommender) -> None:
    facts = CURRENT.facts.updated({"mastered": ["walking", "gone_for_ever"]})
    plan = recommender.recommend(evolve(CURRENT, facts=facts), on=ON)
    same = CURRENT.facts.updated({"mastered": ["walking"]})
    assert plan == recommender.recommend(evolve(CURRENT, facts=same), on=ON)


def test_check_lists_what_is_named_otherwise_by_event(recommender: kc.Recommender) -> None:
    assert recommender.check(STORED, log("walk", "gone_for_ever")) == (
        "person: the fact `clinic.insoles_new` is called `clinic.new_insoles` now",
        "person: the fact `clinic.likes_cats` was retired and is skipped",
        "person: the equipment `worktop` is called `fixed_support` now",
        "history[0] (2026-11-19): no pack has the exercise `gone_for_ever`; it is skipped",
        "history[0] (2026-11-19): the exercise `walk` is called `walking` now",
    )


def test_check_lists_what_makes_a_plan_fail(recommender: kc.Recommender) -> None:
    person = evolve(CURRENT, facts=CURRENT.facts.updated({"fevr": True}))
    [note] = recommender.check(person)
    assert note == "person.facts.fevr: no fact is called `fevr`; did you mean `fever`?"


def allowing(*exercises: str, **more: Any) -> kc.ClinicianResult:
    allowance = kc.Allowance(exercises=exercises, kinds=["gait"])
    return kc.ClinicianResult(on=date(2026, 11, 19), region="knee", allows=allowance, **more)


def test_events_name_former_goals_programmes_and_allowed_exercises(
    recommender: kc.Recommender,
) -> None:
    def events(exercise: str, goal: str, programme: str) -> kc.History:
        issued = kc.PlanIssued(
            on=date(2026, 11, 18),
            items=[kc.PlannedItem(exercise, "both")],
            goal=goal,
            programme=programme,
        )
        return log(exercise).with_events(issued, allowing(exercise))

    stored = events("walk", "steadiness", "five_for_feet")
    current = events("walking", "balance", "founding_five_exercises")
    request = kc.Request(goal="balance")
    plans = [
        recommender.recommend(CURRENT, history, request=request, on=ON)
        for history in (stored, current)
    ]
    assert plans[0] == plans[1]
    notes = " ".join(recommender.check(CURRENT, stored))
    assert all(name in notes for name in ("`walk`", "`steadiness`", "`five_for_feet`"))


@pytest.mark.parametrize("more", [{}, {"cleared": True}])
def test_an_allowance_of_retired_exercises_allows_nothing(
    recommender: kc.Recommender, more: dict[str, Any]
) -> None:
    plan = recommender.recommend(CURRENT, kc.History([allowing("stamp", **more)]), on=ON)
    without = [kc.ClinicianResult(on=date(2026, 11, 19), region="knee", **more)] if more else []
    assert plan == recommender.recommend(CURRENT, kc.History(without), on=ON)


def test_a_misspelt_exercise_of_an_allowance_is_an_error(recommender: kc.Recommender) -> None:
    with pytest.raises(InvalidInput, match="did you mean `walking`"):
        recommender.recommend(CURRENT, kc.History([allowing("walkin")]), on=ON)


def test_check_says_nothing_of_current_data(recommender: kc.Recommender) -> None:
    assert recommender.check(CURRENT, log("walking")) == ()


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('new = "walking"', 'new = "walkin"', "no exercise has the id `walkin`; did you mean"),
        ('old = "walk"', 'old = "walking"', "the exercise `walking` still exists; remove it"),
        ('kind = "goal"', 'kind = "aim"', "is not an alias kind"),
    ],
)
def test_an_alias_that_leads_nowhere_is_refused(
    knowledge: kc.Knowledge, old: str, new: str, fault: str
) -> None:
    with pytest.raises((InvalidKnowledge, kc.InvalidInput), match=fault):
        knowledge.with_packs(toml.loads(PACK.replace(old, new)))
