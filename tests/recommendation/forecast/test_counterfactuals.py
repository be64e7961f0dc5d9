"""What if, and what differs between two plans."""

import datetime
import json as plain_json

import pytest
from attrs import evolve

import kineticchain as kc
from kineticchain.interop import json
from kineticchain.recommendation import (
    Change,
    ChangeKind,
    ClearScreening,
    PreferExercise,
    ReplaceRequest,
    SetEquipment,
    SetFact,
    SetMinutes,
    SetPain,
)

ON = datetime.date(2026, 11, 21)
HEEL = kc.Person(
    age=34,
    complaints=[kc.Complaint("heel", side="right", pain=3, weeks=6)],
    equipment=["fixed_support", "towel"],
    facts={"tandem_stance_s": 30},
    screening="clear",
)
REQUEST = kc.Request(minutes=10)


@pytest.fixture
def plan(recommender: kc.Recommender) -> kc.Plan:
    return recommender.recommend(HEEL, request=REQUEST, on=ON)


def kinds(comparison: kc.Comparison) -> dict[str, ChangeKind]:
    return {one.exercise: one.kind for one in comparison.changes}


def test_nothing_differs_between_a_plan_and_itself(plan: kc.Plan) -> None:
    same = kc.diff(plan, plan)
    assert (same.is_same, str(same)) == (True, "no difference")


def test_a_piece_more_brings_what_it_was_needed_for_and_says_what_kept_it_out(
    plan: kc.Plan, recommender: kc.Recommender
) -> None:
    changes: list[Change] = [SetEquipment("soft_ball"), PreferExercise("ball_roll_soft")]
    compared = recommender.what_if(plan, changes)
    came = next(one for one in compared.changes if one.exercise == "ball_roll_soft")
    assert came.kind is ChangeKind.ADDED
    assert "It needs a soft ball." in {reason.message.text for reason in came.lifted}


def test_less_time_says_what_went_and_why(plan: kc.Plan, recommender: kc.Recommender) -> None:
    compared = recommender.what_if(plan, [SetMinutes(3)])
    went = [one for one in compared.changes if one.kind is ChangeKind.REMOVED]
    assert went
    assert all(one.reasons for one in went)


def test_an_answer_that_alarms_changes_the_status_and_takes_all_exercise(
    plan: kc.Plan, recommender: kc.Recommender
) -> None:
    compared = recommender.what_if(plan, [SetFact("saddle_numbness", value=True)])
    assert compared.after.status == "refer"
    assert set(kinds(compared).values()) == {ChangeKind.REMOVED}
    assert "status: ready → refer" in str(compared)


def test_days_that_differ_are_moved(plan: kc.Plan, recommender: kc.Recommender) -> None:
    session = plan.sessions[0]
    item = evolve(session.items[0], days=session.items[0].days[::-1])
    other = evolve(plan, sessions=(evolve(session, items=(item, *session.items[1:])),))
    assert kinds(kc.diff(plan, other)) == {item.exercise: ChangeKind.MOVED}


def test_more_sets_are_more(plan: kc.Plan) -> None:
    session = plan.sessions[0]
    item = session.items[0]
    more = evolve(item, dose=evolve(item.dose, sets=item.dose.sets + 1))
    other = evolve(plan, sessions=(evolve(session, items=(more, *session.items[1:])),))
    assert kinds(kc.diff(plan, other)) == {item.exercise: ChangeKind.MORE}
    assert kinds(kc.diff(other, plan)) == {item.exercise: ChangeKind.LESS}


def test_an_answer_with_a_history_is_told_on_the_day_of_the_plan(
    recommender: kc.Recommender,
) -> None:
    line = kc.ExerciseLog("single_leg_balance_supported", done=kc.Dose(sets=2, hold_s=10), pain=1)
    history = kc.History([kc.SessionLog(on=ON - datetime.timedelta(days=2), lines=[line])])
    plan = recommender.recommend(HEEL, history, request=REQUEST, on=ON)
    other = recommender.what_if(plan, [SetFact("fall_last_12m", value=True)]).after
    assert other.made_from is not None
    assert [finding.on for finding in other.made_from.history.findings] == [ON]


def test_pain_that_is_gone_ends_the_complaint(plan: kc.Plan, recommender: kc.Recommender) -> None:
    gone = recommender.what_if(plan, [SetPain(kc.Region.HEEL, kc.Side.RIGHT, 0)]).after
    assert gone.made_from is not None
    assert gone.made_from.person.complaints == ()


def test_a_plan_tells_nothing_of_the_person_in_its_text_its_repr_or_its_json(
    plan: kc.Plan,
) -> None:
    assert "asked=" not in repr(plan)
    assert "asked" not in plain_json.loads(json.dumps(plan))
    assert json.loads(json.dumps(plan), kc.Plan) == plan


def test_a_plan_that_was_stored_cannot_be_asked_what_if(
    plan: kc.Plan, recommender: kc.Recommender
) -> None:
    stored = json.loads(json.dumps(plan), kc.Plan)
    with pytest.raises(kc.InvalidInput, match="recommend again"):
        recommender.what_if(stored, [ClearScreening()])


def test_one_change_that_is_not_in_a_list_is_told_so(
    plan: kc.Plan, recommender: kc.Recommender
) -> None:
    with pytest.raises(kc.InvalidInput, match="no list of changes"):
        recommender.what_if(plan, SetMinutes(5))  # type: ignore[arg-type]  # the wrong turn


def test_why_not_tells_when_training_leads_there(
    plan: kc.Plan, recommender: kc.Recommender
) -> None:
    answer = recommender.when(plan, "single_leg_balance")
    assert answer is not None
    assert answer.on >= ON + datetime.timedelta(days=7)
    assert "at the earliest" in str(answer)


def test_the_change_that_helps_is_more_time_where_time_is_short(
    recommender: kc.Recommender,
) -> None:
    plan = recommender.recommend(HEEL, request=kc.Request(minutes=1), on=ON)
    answer = recommender.why_not(plan, "plantar_fascia_stretch")
    assert answer.changes == (SetMinutes(2),)


def test_whom_a_plan_refers_is_told_of_no_change(recommender: kc.Recommender) -> None:
    plan = recommender.recommend(
        evolve(HEEL, facts={**HEEL.facts, "saddle_numbness": True}), request=REQUEST, on=ON
    )
    answer = recommender.why_not(plan, "walking")
    assert (answer.changes, answer.never) == ((), False)
    assert recommender.when(plan, "walking") is None


def test_what_is_avoided_is_not_in_the_plan_and_says_so(
    plan: kc.Plan, recommender: kc.Recommender
) -> None:
    avoided = plan.items[0].exercise
    other = recommender.recommend(HEEL, request=evolve(REQUEST, avoid=[avoided]), on=ON)
    assert avoided not in {item.exercise for item in other.items}
    assert "avoided" in {one.reason.message.id for one in kc.explain(other).omissions}


def test_what_is_preferred_is_in_the_plan_and_says_so(recommender: kc.Recommender) -> None:
    plan = recommender.recommend(HEEL, request=evolve(REQUEST, prefer=["toe_spread"]), on=ON)
    assert kc.explain(plan).why("toe_spread").reasons[0].message.id == "preferred"


def test_to_prefer_and_to_avoid_the_same_is_refused() -> None:
    with pytest.raises(kc.InvalidInput, match="preferred and avoided"):
        kc.Request(prefer=["walking"], avoid=["walking"])


@pytest.mark.parametrize("name", ["prefer", "avoid"])
def test_a_wish_for_an_exercise_that_there_is_not_names_the_likely_one(
    name: str, recommender: kc.Recommender
) -> None:
    with pytest.raises(kc.InvalidInput, match=rf"request\.{name}.*walking"):
        recommender.recommend(HEEL, request=kc.Request(**{name: ["waking"]}))  # type: ignore[arg-type]  # by name


BALANCE = kc.Person(
    age=34, equipment=["fixed_support"], facts={"tandem_stance_s": 30}, screening="clear"
)
GOAL = kc.Request(minutes=10, goal="balance")


def test_why_not_names_what_has_to_be_mastered_on_the_way(
    recommender: kc.Recommender,
) -> None:
    plan = recommender.recommend(BALANCE, request=GOAL, on=ON)
    told = str(recommender.why_not(plan, "single_leg_balance_forefoot"))
    assert "“Heel raise on both legs” mastered" in told
    told = str(recommender.when(plan, "single_leg_balance_forefoot"))
    assert "Training Balance on one leg, hand on support; Heel raise on both legs" in told


def test_what_opens_the_next_step_of_something_mastered_comes_into_the_plan(
    recommender: kc.Recommender,
) -> None:
    """Balance on the ball of the foot waits for a heel raise that nothing else calls for."""
    request = kc.Request(minutes=10, goal="ankle_stability")
    life = recommender.simulate(BALANCE, "easy", 8, request=request, on=ON)
    opened = [
        reason.message.id
        for _, plan in life.plans
        for item in plan.items
        for reason in kc.explain(plan).reasons[item.exercise]
        if item.exercise == "heel_raise_double"
    ]
    reached = {one.after.exercise for one in life.moves}
    assert "opens_next" in opened
    assert "single_leg_balance_forefoot" in reached


def test_what_equipment_alone_does_not_bring_in_is_asked_for_too(
    recommender: kc.Recommender,
) -> None:
    plan = recommender.recommend(HEEL, request=REQUEST, on=ON)
    answer = recommender.why_not(plan, "banded_toe_pull")
    assert answer.changes == (SetEquipment("band"), PreferExercise("banded_toe_pull"))
    comparison = recommender.what_if(plan, answer.changes)
    assert "banded_toe_pull" in {item.exercise for item in comparison.after.items}


def test_nothing_is_let_in_by_having_mastered_itself_in_those_words(
    recommender: kc.Recommender, plan: kc.Plan
) -> None:
    told = str(recommender.why_not(plan, "toe_yoga_little"))
    assert "already mastered: Little-toe lift" not in told


def test_why_not_of_what_is_in_the_plan_says_so(plan: kc.Plan) -> None:
    inside = plan.items[0].exercise
    assert kc.explain(plan).why_not(inside).reasons[0].message.id in {"in_plan", "in_plan_on"}


def test_why_shows_the_evidence_against_apart(recommender: kc.Recommender) -> None:
    person = evolve(HEEL, complaints=[kc.Complaint("lumbar", pain=3, weeks=8)])
    plan = recommender.recommend(person, request=kc.Request(minutes=20, goal="back_pain"), on=ON)
    why = kc.explain(plan).why("walking")
    assert {"A10", "A12"} <= {row.id for row in why.against}
    assert not {row.id for row in why.evidence} & {row.id for row in why.against}
    assert "but A10" in str(why)


def test_everything_in_the_plan_comes_before_what_was_outranked(plan: kc.Plan) -> None:
    outranked = {
        one.exercise for one in kc.explain(plan).omissions if one.code.startswith("outranked")
    }
    assert outranked
    for item in plan.items:
        assert outranked <= set(kc.explain(plan).why(item.exercise).preferred_to)


def test_what_is_done_more_or_less_or_elsewhere_says_why(
    plan: kc.Plan, recommender: kc.Recommender
) -> None:
    comparison = recommender.what_if(plan, [ReplaceRequest(evolve(REQUEST, days_per_week=3))])
    changed = [one for one in comparison.changes if one.before and one.after]
    assert changed
    assert all(one.reasons for one in changed)
    assert "You asked for 3 days a week instead of 7." in str(comparison)


def test_a_request_can_be_exchanged_as_a_whole(plan: kc.Plan, recommender: kc.Recommender) -> None:
    other = kc.Request(minutes=20, goal="balance", sessions_per_day=2)
    after = recommender.what_if(plan, [ReplaceRequest(other)]).after
    assert after == recommender.recommend(HEEL, request=other, on=ON)
