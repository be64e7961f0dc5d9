"""Law 25: make the change that `why_not` names, and the exercise enters the feasible set.

"Never" means that no change of answers does.
"""

import pytest
from attrs import evolve
from builtin_knowledge import KNOWLEDGE, RECOMMENDER
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sizes import SLOW

import kineticchain as kc
from kineticchain.domain.anatomy import Side
from kineticchain.recommendation import ClearScreening, Status
from kineticchain.recommendation.counterfactual.change import applied
from kineticchain.recommendation.planning.planner import plan_input_of
from kineticchain.testing.strategies import healthy_persons, persons, requests

EXERCISES = st.sampled_from(sorted(KNOWLEDGE.exercises))
ALL_EQUIPMENT = sorted(piece.id for piece in KNOWLEDGE.equipment)


def sides_out(plan: kc.Plan, exercise: str) -> set[Side]:
    out = (*kc.explain(plan).exclusions, *kc.explain(plan).omissions)
    return {one.side for one in out if one.exercise == exercise}


def holds(plan: kc.Plan, exercise: str, sides: set[Side]) -> bool:
    """Whether an exercise is in a plan on one of these sides."""
    of_it = KNOWLEDGE.exercises[exercise].sides
    items = [item for item in plan.items if item.exercise == exercise]
    return any(not sides.isdisjoint(of_it(item.side)) for item in items)


@settings(max_examples=SLOW)
@given(person=persons(KNOWLEDGE), request=requests(KNOWLEDGE), exercise=EXERCISES)
def test_with_the_change_it_names_the_exercise_is_feasible(
    person: kc.Person, request: kc.Request, exercise: str
) -> None:
    plan = RECOMMENDER.recommend(person, request=request)
    answer = RECOMMENDER.why_not(plan, exercise)
    assume(answer.changes)
    asked = applied(plan_input_of(plan), answer.changes)
    feasible = RECOMMENDER.assess(asked.person, request=asked.request).feasible
    assert all((exercise, side) in feasible.by_key for side in sides_out(plan, exercise))


@settings(max_examples=SLOW, suppress_health_check=[HealthCheck.filter_too_much])
@given(person=persons(KNOWLEDGE), request=requests(KNOWLEDGE), exercise=EXERCISES)
def test_where_it_says_so_the_exercise_is_in_the_plan(
    person: kc.Person, request: kc.Request, exercise: str
) -> None:
    plan = RECOMMENDER.recommend(person, request=request)
    answer = RECOMMENDER.why_not(plan, exercise)
    assume(answer.changes)
    asked = applied(plan_input_of(plan), answer.changes)
    other = RECOMMENDER.recommend(asked.person, request=asked.request)
    assert holds(other, exercise, sides_out(plan, exercise)) == answer.is_in


BODIES = {
    "operated": kc.Person(
        age=44,
        surgeries=[kc.Surgery("ankle", side="right", weeks_ago=4, weight_bearing="NWB")],
        equipment=["chair"],
        screening="clear",
    ),
    "fourteen": kc.Person(age=14, equipment=["fixed_support"], screening="clear"),
    "seventy": kc.Person(age=70, equipment=["fixed_support"], screening="clear"),
    "sprained": kc.Person(
        age=30, injuries=[kc.Injury("ankle", side="left", days_ago=1)], screening="clear"
    ),
}


@given(body=st.sampled_from(sorted(BODIES)), other=healthy_persons(KNOWLEDGE), exercise=EXERCISES)
def test_never_means_that_no_other_answers_let_it_in(
    body: str, other: kc.Person, exercise: str
) -> None:
    person = BODIES[body]
    plan = RECOMMENDER.recommend(person)
    answered = evolve(person, facts=other.facts, equipment=ALL_EQUIPMENT, screening="clear")
    feasible = RECOMMENDER.assess(answered).feasible
    out = sides_out(plan, exercise)
    let_in = bool(out) and all((exercise, side) in feasible.by_key for side in out)
    assert not (let_in and RECOMMENDER.why_not(plan, exercise).never)


@pytest.mark.parametrize(
    ("body", "exercise"),
    [
        ("operated", "ankle_circles"),
        ("fourteen", "heel_raise_single"),
        ("seventy", "short_foot_standing"),
    ],
)
def test_what_nobodys_answers_change_is_said_to_be_never(body: str, exercise: str) -> None:
    plan = RECOMMENDER.recommend(BODIES[body])
    answer = RECOMMENDER.why_not(plan, exercise)
    assert (answer.never, answer.changes) == (True, ())


@settings(max_examples=SLOW)
@given(person=healthy_persons(KNOWLEDGE), request=requests(KNOWLEDGE), exercise=EXERCISES)
def test_no_change_that_it_names_can_be_spared(
    person: kc.Person, request: kc.Request, exercise: str
) -> None:
    plan = RECOMMENDER.recommend(person, request=request)
    out = sides_out(plan, exercise)
    answer = RECOMMENDER.why_not(plan, exercise)
    assessed = RECOMMENDER.assess(person, request=request)
    infeasible = {side for side in out if (exercise, side) not in assessed.feasible.by_key}
    assume(infeasible)
    for change in answer.changes:
        fewer = [one for one in answer.changes if one is not change]
        asked = applied(plan_input_of(plan), fewer)
        feasible = RECOMMENDER.assess(asked.person, request=asked.request).feasible
        barred = any((exercise, side) not in feasible.by_key for side in infeasible)
        other = RECOMMENDER.recommend(asked.person, request=asked.request)
        assert barred or not holds(other, exercise, out)


def test_a_plan_that_asks_first_opens_with_the_answers() -> None:
    person = kc.Person(age=30, equipment=["fixed_support"], facts={"tandem_stance_s": 30})
    plan = RECOMMENDER.recommend(person, request=kc.Request(goal="balance"))
    answer = RECOMMENDER.why_not(plan, "single_leg_balance_supported")
    assert (plan.status, answer.changes[0]) == (Status.ASK_FIRST, ClearScreening())
