"""Law 3: no item of a plan is outside the feasible set; a plan that breaks it is an error."""

import pytest
from attrs import evolve
from builtin_knowledge import KNOWLEDGE, LAST_DAY, RECOMMENDER
from hypothesis import given

import kineticchain as kc
from kineticchain.domain.anatomy import Side
from kineticchain.domain.facts import BindingKind, parse_condition
from kineticchain.interop import toml
from kineticchain.recommendation import Assessment
from kineticchain.recommendation.planning.guard import guard
from kineticchain.rules import Exclude, Rule
from kineticchain.rules.evaluation.reference import decide
from kineticchain.testing.strategies import healthy_persons, requests, training_histories


@given(
    person=healthy_persons(KNOWLEDGE),
    request=requests(KNOWLEDGE),
    history=training_histories(KNOWLEDGE),
)
def test_every_item_lies_in_the_feasible_set(
    person: kc.Person, request: kc.Request, history: kc.History
) -> None:
    assessment = RECOMMENDER.assess(person, history, request=request, on=LAST_DAY)
    plan = RECOMMENDER.recommend(person, history, request=request, on=LAST_DAY)
    for item in plan.items:
        sides = item.side.each if item.per_side else (Side.BOTH,)
        for side in sides:
            feasible = assessment.feasible.by_key[item.exercise, side]
            ladder = KNOWLEDGE.ladder_of(item.exercise)
            assert ladder.rungs[feasible.rung].is_within(item.dose, feasible.cap)


@pytest.fixture
def ready() -> tuple[kc.Plan, Assessment, kc.Request]:
    person = kc.Person(
        age=40, equipment=["fixed_support"], facts={"tandem_stance_s": 30}, screening="clear"
    )
    request = kc.Request(minutes=10, goal="balance")
    return (
        RECOMMENDER.recommend(person, request=request),
        RECOMMENDER.assess(person, request=request),
        request,
    )


def test_a_plan_longer_than_its_budget_is_an_error(
    ready: tuple[kc.Plan, Assessment, kc.Request],
) -> None:
    plan, assessment, request = ready
    with pytest.raises(kc.GuardFailure, match="takes"):
        guard(
            plan,
            assessment.decision,
            evolve(request, minutes=1),
            KNOWLEDGE,
            assessment.available_equipment,
        )


def test_a_plan_with_an_excluded_exercise_is_an_error(
    ready: tuple[kc.Plan, Assessment, kc.Request],
) -> None:
    plan, _, request = ready
    fallen = kc.Person(
        age=40, facts={"fall_last_12m": True, "tandem_stance_s": 30}, screening="clear"
    )
    other = RECOMMENDER.assess(fallen, request=request)
    with pytest.raises(kc.GuardFailure, match="is excluded"):
        guard(plan, other.decision, request, KNOWLEDGE, frozenset({"fixed_support"}))


def test_a_plan_without_its_equipment_is_an_error() -> None:
    person = kc.Person(
        age=40,
        equipment=["fixed_support"],
        facts={"tandem_stance_s": 12, "single_leg_s": 5},
        screening="clear",
    )
    request = kc.Request(minutes=10, goal="balance")
    plan = RECOMMENDER.recommend(person, request=request)
    decision = RECOMMENDER.assess(person, request=request).decision
    with pytest.raises(kc.GuardFailure, match="equipment"):
        guard(plan, decision, request, KNOWLEDGE, frozenset())


def test_a_ready_plan_despite_a_referral_is_an_error(
    ready: tuple[kc.Plan, Assessment, kc.Request],
) -> None:
    plan, _, request = ready
    ill = kc.Person(age=40, facts={"saddle_numbness": True}, screening="clear")
    decision = RECOMMENDER.assess(ill, request=request).decision
    with pytest.raises(kc.GuardFailure, match="EMERGENCY"):
        guard(plan, decision, request, KNOWLEDGE, frozenset({"fixed_support"}))


def test_a_dose_above_the_standing_is_an_error(
    ready: tuple[kc.Plan, Assessment, kc.Request],
) -> None:
    plan, assessment, request = ready
    session = plan.sessions[0]
    item = next(one for one in session.items if one.dose.hold_s)
    more = evolve(item, dose=evolve(item.dose, sets=50))
    broken = evolve(plan, sessions=(evolve(session, items=(more,)),))
    with pytest.raises(kc.GuardFailure, match="above its standing"):
        guard(
            broken,
            assessment.decision,
            request,
            KNOWLEDGE,
            assessment.available_equipment,
            assessment.standings,
        )


def test_a_ready_plan_with_open_questions_is_an_error(
    ready: tuple[kc.Plan, Assessment, kc.Request],
) -> None:
    plan, _, request = ready
    unasked = RECOMMENDER.assess(kc.Person(age=40, facts={"tandem_stance_s": 30}), request=request)
    with pytest.raises(kc.GuardFailure, match="open questions"):
        guard(plan, unasked.decision, request, KNOWLEDGE, frozenset({"fixed_support"}))


GUARDED = """
schema = 1
id = "x"
version = "1"

[[rule]]
id = "x.guarded"
when = "True"
EFFECT
because = "b"
sources = ["SEED0"]
"""


@pytest.mark.parametrize(
    ("effect", "breach"),
    [
        ("limit = { exercises = 1 }", "exercises where 1 are the limit"),
        ("limit = { minutes = 1 }", "takes"),
        ("limit = { load = 'L0' }", "is above the load limit of x.guarded"),
        ("limit = { hold_s = 2 }", "is above the hold_s limit of x.guarded"),
        ("limit = { dose_share = 50 }", "is above its share of 50 %"),
        ("require = ['shoes_on']", "is barefoot where shoes are required"),
        ("require = ['fixed_support']", "requires a fixed support that is not there"),
    ],
)
def test_a_plan_that_breaks_what_a_rule_bounds_is_an_error(effect: str, breach: str) -> None:
    """The plan is made without the rule, and held against the decision with it."""
    person = kc.Person(age=40, facts={"tandem_stance_s": 30, "single_leg_s": 20}, screening="clear")
    request = kc.Request(minutes=20, goal="foot_strength_and_balance")
    plan = RECOMMENDER.recommend(person, request=request)
    bounded = kc.Recommender(KNOWLEDGE.with_packs(toml.loads(GUARDED.replace("EFFECT", effect))))
    decision = bounded.assess(person, request=request).decision
    standings = RECOMMENDER.assess(person, request=request).standings
    with pytest.raises(kc.GuardFailure, match=breach):
        guard(plan, decision, request, KNOWLEDGE, frozenset(), standings)


def test_an_exclusion_of_one_side_bars_an_item_for_both(
    ready: tuple[kc.Plan, Assessment, kc.Request],
) -> None:
    plan, _, request = ready
    item = next(item for item in plan.items if item.per_side)
    assert item.side is Side.BOTH
    one_side = Rule(
        id="x.left",
        when=parse_condition("here.region == 'heel'"),
        each=BindingKind.COMPLAINT,
        about=parse_condition(f"exercise.id == '{item.exercise}'"),
        same_side=True,
        effects=(Exclude(),),
        because="A test.",
        sources=("SEED0",),
    )
    alone = evolve(KNOWLEDGE.rulebook, rules=(one_side,))
    sore = kc.Person(age=40, complaints=[kc.Complaint("heel", side="left")], screening="clear")
    decision = decide(alone, RECOMMENDER.situation(sore))
    with pytest.raises(kc.GuardFailure, match="is excluded"):
        guard(plan, decision, request, KNOWLEDGE, frozenset({"fixed_support", "chair"}))


def test_a_ready_plan_without_exercises_is_an_error(
    ready: tuple[kc.Plan, Assessment, kc.Request],
) -> None:
    plan, assessment, request = ready
    empty = evolve(plan, sessions=(evolve(plan.sessions[0], items=()),))
    with pytest.raises(kc.GuardFailure, match="0 exercises"):
        guard(empty, assessment.decision, request, KNOWLEDGE, assessment.available_equipment)
