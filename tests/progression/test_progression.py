"""Golden traces: where weeks of training lead, and where flares and breaks do."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve

import kineticchain as kc
from kineticchain.domain.facts import Value
from kineticchain.progression import place
from kineticchain.progression.model.policy import Policy

START = date(2026, 1, 1)
SUPPORTED = "single_leg_balance_supported"
PERSON = kc.Person(
    age=40,
    equipment=["fixed_support", "chair"],
    facts={"tandem_stance_s": 30, "heel_rise_reps": 12},
    screening="clear",
)
Life = Callable[[kc.Standing, int], Iterable[kc.SessionLog | kc.MorningAfter]]


def day(number: int) -> date:
    return START + timedelta(days=number)


def session(number: int, standing: kc.Standing, **noted: Any) -> kc.SessionLog:
    """The dose that stands, done well unless noted otherwise."""
    line = kc.ExerciseLog(
        standing.exercise or "", done=standing.dose, pain=1, effort=4, form_ok=True, touches=0
    )
    return kc.SessionLog(on=day(number), lines=[evolve(line, **noted)])


def morning(number: int, change: int = 0) -> kc.MorningAfter:
    return kc.MorningAfter(on=day(number + 1), change=change)


def left(recommender: kc.Recommender, history: kc.History, on: date, ladder: str) -> kc.Standing:
    standings = recommender.replay(PERSON, history, on=on)
    return next(
        one
        for one in standings
        if one.ladder == ladder and one.side in {kc.Side.LEFT, kc.Side.BOTH}
    )


def lived(
    recommender: kc.Recommender, days: Iterable[int], life: Life, ladder: str = "single_leg_balance"
) -> kc.History:
    """A life: on each of the days, what it makes of where one stands then."""
    history = kc.History()
    for number in days:
        standing = left(recommender, history, day(number), ladder)
        history = history.with_events(*life(standing, number))
    return history


def good(standing: kc.Standing, number: int) -> list[kc.SessionLog | kc.MorningAfter]:
    return [session(number, standing), morning(number)]


def trace(
    recommender: kc.Recommender, history: kc.History, days: Iterable[int], ladder: str
) -> list[str]:
    """Rung, dose and action, whenever one of them changed."""
    found: list[str] = []
    for number in days:
        one = left(recommender, history, day(number), ladder)
        dose = one.dose
        assert dose is not None
        line = f"{one.exercise} {dose.sets}x{dose.reps or dose.hold_s} {one.action}"
        if not found or found[-1].split()[:2] != line.split()[:2]:
            found.append(f"{line} day {number}")
    return found


def test_good_weeks_lead_from_a_supported_balance_to_the_ball_of_the_foot(
    recommender: kc.Recommender,
) -> None:
    history = lived(recommender, range(0, 120, 2), good)
    assert trace(recommender, history, range(1, 121, 2), "single_leg_balance") == [
        "single_leg_balance_supported 2x10 hold day 1",
        "single_leg_balance_supported 3x10 increase_dose day 7",
        "single_leg_balance 2x10 advance_variant day 11",
        "single_leg_balance 3x10 increase_dose day 19",
        "single_leg_balance 4x10 increase_dose day 27",
        "single_leg_balance 4x12 increase_dose day 35",
        "single_leg_balance 4x15 increase_dose day 43",
        "single_leg_balance_forefoot_supported 3x5 advance_variant day 47",
        "single_leg_balance_forefoot_supported 3x8 increase_dose day 61",
        "single_leg_balance_forefoot_supported 3x10 increase_dose day 75",
        "single_leg_balance_forefoot 2x5 advance_variant day 79",
        "single_leg_balance_forefoot 3x5 increase_dose day 93",
        "single_leg_balance_forefoot 3x8 increase_dose day 107",
    ]


def test_one_bad_morning_holds_back_with_a_smaller_dose(recommender: kc.Recommender) -> None:
    def life(standing: kc.Standing, number: int) -> list[kc.SessionLog | kc.MorningAfter]:
        return [session(number, standing), morning(number, change=int(number == 12))]

    history = lived(recommender, range(0, 14, 2), life)
    after = left(recommender, history, day(13), "single_leg_balance")
    unsupported = "single_leg_balance"
    assert (after.exercise, after.action, after.dose_percent) == (
        unsupported,
        kc.Action.REDUCE_DOSE,
        75,
    )
    assert after.reason.id == "morning_worse"


def test_two_bad_mornings_in_a_row_go_one_step_back(recommender: kc.Recommender) -> None:
    def life(standing: kc.Standing, number: int) -> list[kc.SessionLog | kc.MorningAfter]:
        return [session(number, standing), morning(number, change=int(number >= 18))]

    history = lived(recommender, range(0, 22, 2), life)
    before = left(recommender, history, day(18), "single_leg_balance")
    after = left(recommender, history, day(21), "single_leg_balance")
    assert before.exercise == "single_leg_balance"
    assert (after.exercise, after.action) == (SUPPORTED, kc.Action.REGRESS_VARIANT)


def test_a_dose_reduced_after_a_flare_comes_back_after_quiet_days(
    recommender: kc.Recommender,
) -> None:
    def life(standing: kc.Standing, number: int) -> list[kc.SessionLog | kc.MorningAfter]:
        return [session(number, standing), morning(number, change=int(number == 4))]

    history = lived(recommender, range(0, 12, 2), life)
    after = left(recommender, history, day(11), "single_leg_balance")
    assert (after.dose_percent, after.level, after.action) == (100, 0, kc.Action.INCREASE_DOSE)


@pytest.mark.parametrize(("days_per_week", "percent"), [(1, 100), (3, 80)])
def test_days_between_weekly_sessions_are_no_break(
    recommender: kc.Recommender, days_per_week: int, percent: int
) -> None:
    """Eight days between two weekly sessions are as planned; between others they are a break."""
    weekly = kc.PlannedItem(SUPPORTED, dose=kc.Dose(sets=2, hold_s=10), days_per_week=days_per_week)

    def life(standing: kc.Standing, number: int) -> list[kc.SessionLog | kc.MorningAfter]:
        return [session(number, standing), morning(number)]

    history = lived(recommender, (0,), life).with_events(kc.PlanIssued(on=day(0), items=[weekly]))
    assert left(recommender, history, day(8), "single_leg_balance").dose_percent == percent


@pytest.mark.parametrize(
    ("noted", "reason"),
    [
        ({"effort": 8}, "effort_high"),
        ({"form_ok": False}, "form_lost"),
        ({"pain": None}, "noted_too_little"),
        ({"touches": 1}, "balance_lost_at_the_lowest"),
        ({"done": kc.Dose(sets=1, hold_s=10)}, "dose_not_reached"),
    ],
)
def test_what_was_noted_holds_the_dose(
    recommender: kc.Recommender, noted: dict[str, int | bool | None], reason: str
) -> None:
    def life(standing: kc.Standing, number: int) -> list[kc.SessionLog | kc.MorningAfter]:
        return [session(number, standing, **noted), morning(number)]

    history = lived(recommender, range(0, 12, 2), life)
    after = left(recommender, history, day(11), "single_leg_balance")
    assert after.reason.id == reason
    assert (after.exercise, after.level) == (SUPPORTED, 0)


def _with_pain(pain: int) -> Life:
    def life(standing: kc.Standing, number: int) -> list[kc.SessionLog | kc.MorningAfter]:
        return [session(number, standing, pain=pain), morning(number)]

    return life


def test_acceptable_pain_holds_the_dose_at_first(recommender: kc.Recommender) -> None:
    history = lived(recommender, range(0, 4, 2), _with_pain(4))
    after = left(recommender, history, day(8), "single_leg_balance")
    assert (after.reason.id, after.level) == ("pain_acceptable", 0)


def test_acceptable_pain_that_stays_lets_the_dose_grow(recommender: kc.Recommender) -> None:
    """Quiet mornings matter more than pain during exercise (C03)."""
    history = lived(recommender, range(0, 12, 2), _with_pain(4))
    after = left(recommender, history, day(11), "single_leg_balance")
    assert (after.exercise, after.level) == (SUPPORTED, 1)


def test_acceptable_pain_leads_to_no_next_rung(recommender: kc.Recommender) -> None:
    history = lived(recommender, range(0, 180, 3), _with_pain(3), "squat")
    after = left(recommender, history, day(181), "squat")
    rung = recommender.knowledge.ladder_index.by_id["squat"].rungs[after.rung or 0]
    assert after.dose == rung.axis[rung.mastery_level]
    assert (after.reason.id, after.mastered) == ("pain_acceptable", ())


def _carried(weeks: int, *, pain: int = 1, weight: bool = True) -> Life:
    def life(standing: kc.Standing, number: int) -> list[kc.SessionLog | kc.MorningAfter]:
        assert standing.dose is not None
        done = standing.dose if weight else evolve(standing.dose, weight_g=None)
        return [session(number, standing, pain=pain, done=done), morning(number)]

    return life


CARRIER = kc.Person(
    age=40,
    equipment=["weight"],
    facts={"mastered": ["hip_hinge", "farmers_carry"]},
    screening="clear",
)


def _carries(
    recommender: kc.Recommender, life: Life, ladder: str, plan: Iterable[kc.PlanIssued] = ()
) -> kc.Standing:
    history = kc.History(plan)
    for number in range(0, 120, 3):
        standing = next(
            each
            for each in recommender.replay(CARRIER, history, on=day(number))
            if each.ladder == ladder and each.side in {kc.Side.LEFT, kc.Side.BOTH}
        )
        history = history.with_events(*life(standing, number))
    return next(
        each
        for each in recommender.replay(CARRIER, history, on=day(120))
        if each.ladder == ladder and each.side in {kc.Side.LEFT, kc.Side.BOTH}
    )


def test_a_weight_grows_with_logged_weights(recommender: kc.Recommender) -> None:
    after = _carries(recommender, _carried(17), "carry")
    assert after.dose is not None
    assert (after.dose.weight_g or 0) > 3000


def test_a_weight_that_nobody_lifted_does_not_grow(recommender: kc.Recommender) -> None:
    """Plans from before there were weights ask for none, and their logs have none."""
    old = kc.PlannedItem("farmers_carry", dose=kc.Dose(sets=4, duration_s=40), days_per_week=3)
    plan = [kc.PlanIssued(on=START, items=[old])]
    after = _carries(recommender, _carried(17, weight=False), "carry", plan)
    assert after.dose is not None
    assert after.dose.weight_g == 3000


@pytest.mark.parametrize("ladder", ["carry", "carry_on_one_side"])
def test_acceptable_pain_adds_no_weight(recommender: kc.Recommender, ladder: str) -> None:
    start = next(
        each
        for each in recommender.replay(CARRIER, kc.History(), on=START)
        if each.ladder == ladder
    )
    after = _carries(recommender, _carried(17, pain=4), ladder)
    assert start.dose is not None
    assert after.dose is not None
    assert after.dose.weight_g == start.dose.weight_g


def test_pain_above_its_ceiling_takes_weight_off(recommender: kc.Recommender) -> None:
    """Nothing is easier than this exercise, so its dose is reduced, and its weight with it."""
    ladder_index = recommender.knowledge.ladder_index
    steps = ladder_index.steps["farmers_carry"]
    level = next(n for n, step in enumerate(steps) if step.dose.weight_g == 5000)
    reduced = ladder_index.step_of("farmers_carry", level, 75, maintenance=False)
    assert reduced.dose.weight_g == 3500


def test_acceptable_pain_moves_no_published_protocol(recommender: kc.Recommender) -> None:
    protocol = "heel_raise_towel"
    steps = recommender.knowledge.ladder_index.steps[protocol]
    assert steps[0].protocol_days
    ladder = recommender.knowledge.ladder_of(protocol).id
    history = kc.History()
    for number in range(0, 90, 2):
        line = kc.ExerciseLog(
            protocol, side="left", done=steps[0].dose, pain=4, effort=4, form_ok=True, touches=0
        )
        history = history.with_events(kc.SessionLog(on=day(number), lines=[line]), morning(number))
    after = left(recommender, history, day(90), ladder)
    assert after.reason.id in {"pain_acceptable", "not_calm_long_enough", "other_exercise_done"}


def test_what_is_not_possible_once_leads_to_something_easier(
    recommender: kc.Recommender,
) -> None:
    person = kc.Person(
        age=40,
        equipment=["fixed_support"],
        facts={"tandem_stance_s": 30, "heel_rise_reps": 12},
        screening="clear",
    )
    line = kc.ExerciseLog("heel_raise_single_supported", unable=True, pain=0)
    history = kc.History([kc.SessionLog(on=day(0), lines=[line])])
    standings = recommender.assess(person, history, on=day(1)).standings
    after = next(standing for standing in standings if standing.ladder == "heel_raise")
    assert (after.exercise, after.reason.id) == ("heel_raise_double", "not_possible")


def test_the_easiest_step_that_is_not_possible_becomes_smaller(
    recommender: kc.Recommender,
) -> None:
    person = kc.Person(age=40, equipment=["chair"], screening="clear")
    line = kc.ExerciseLog("sit_to_stand", unable=True, pain=0)
    history = kc.History([kc.SessionLog(on=day(0), lines=[line])])
    standings = recommender.assess(person, history, on=day(1)).standings
    after = next(standing for standing in standings if standing.ladder == "sit_to_stand")
    assert (after.dose_percent, after.reason.id) == (75, "not_possible_at_the_lowest")


def test_a_dose_of_what_was_not_possible_is_an_error() -> None:
    with pytest.raises(kc.InvalidInput, match="not possible"):
        kc.ExerciseLog("sit_to_stand", unable=True, done=kc.Dose(reps=5))


def test_until_the_next_morning_is_known_the_dose_is_held(recommender: kc.Recommender) -> None:
    history = lived(recommender, range(0, 8, 2), good)
    history = history.with_events(
        session(8, left(recommender, history, day(8), "single_leg_balance"))
    )
    after = left(recommender, history, day(8), "single_leg_balance")
    assert (after.action, after.reason.id) == (kc.Action.HOLD, "waiting_for_morning")


def test_pain_above_the_ceiling_goes_one_step_back_at_once(recommender: kc.Recommender) -> None:
    history = lived(recommender, range(0, 18, 2), good)
    standing = left(recommender, history, day(18), "single_leg_balance")
    assert standing.exercise == "single_leg_balance"
    after = left(
        recommender,
        history.with_events(session(18, standing, pain=6)),
        day(18),
        "single_leg_balance",
    )
    assert (after.exercise, after.reason.id) == (SUPPORTED, "pain_above_ceiling")


def test_a_stretch_that_hurts_is_given_less_and_shows_where_sources_disagree(
    recommender: kc.Recommender,
) -> None:
    hurting = kc.ExerciseLog("calf_stretch_straight", done=kc.Dose(sets=2, hold_s=20), pain=3)
    history = kc.History([kc.SessionLog(on=day(0), lines=[hurting]), morning(0)])
    after = left(recommender, history, day(1), "calf_stretch")
    assert (after.action, after.reason.id) == (kc.Action.REDUCE_DOSE, "stretch_hurts")
    assert after.conflicts == ("E12",)


@pytest.mark.parametrize(
    ("missed", "exercise", "action", "share"),
    [
        (6, "single_leg_balance", kc.Action.INCREASE_DOSE, 100),
        (7, "single_leg_balance", kc.Action.REDUCE_DOSE, 80),
        (13, "single_leg_balance", kc.Action.REDUCE_DOSE, 80),
        (14, SUPPORTED, kc.Action.REGRESS_VARIANT, 50),
        (27, SUPPORTED, kc.Action.REGRESS_VARIANT, 50),
        (28, SUPPORTED, kc.Action.RESTART_BASELINE, 50),
    ],
)
def test_a_break_steps_down(
    recommender: kc.Recommender, missed: int, exercise: str, action: kc.Action, share: int
) -> None:
    history = lived(recommender, range(0, 20, 2), good)
    after = left(recommender, history, day(18 + missed + 1), "single_leg_balance")
    assert (after.exercise, after.action, after.dose_percent) == (exercise, action, share)


def test_after_a_break_the_dose_returns_week_by_week(recommender: kc.Recommender) -> None:
    history = lived(recommender, range(0, 10, 2), good)
    history = lived_on(recommender, history, range(30, 60, 2))
    shares = [
        left(recommender, history, day(number), "single_leg_balance").dose_percent
        for number in (31, 38, 45, 52)
    ]
    assert shares == [50, 70, 80, 100]


def lived_on(recommender: kc.Recommender, history: kc.History, days: Iterable[int]) -> kc.History:
    for number in days:
        standing = left(recommender, history, day(number), "single_leg_balance")
        history = history.with_events(*good(standing, number))
    return history


def test_loaded_strength_work_waits_two_weeks(recommender: kc.Recommender) -> None:
    history = lived(recommender, range(0, 16, 2), good, "heel_raise")
    assert trace(recommender, history, range(1, 17, 2), "heel_raise") == [
        "heel_raise_single_supported 1x6 hold day 1",
        "heel_raise_single_supported 1x8 increase_dose day 15",
    ]


def test_sides_climb_apart(recommender: kc.Recommender) -> None:
    history = kc.History()
    for number in range(0, 10, 2):
        standing = left(recommender, history, day(number), "single_leg_balance")
        line = session(number, standing).lines[0]
        lines = [evolve(line, side="left"), evolve(line, side="right", touches=2)]
        history = history.with_events(kc.SessionLog(on=day(number), lines=lines), morning(number))
    standings = recommender.replay(PERSON, history, on=day(9))
    balance = {one.side: one for one in standings if one.ladder == "single_leg_balance"}
    assert (balance[kc.Side.LEFT].level, balance[kc.Side.LEFT].dose_percent) == (1, 100)
    assert (balance[kc.Side.RIGHT].level, balance[kc.Side.RIGHT].dose_percent) == (0, 100)


def test_a_morning_about_another_region_says_nothing(recommender: kc.Recommender) -> None:
    standing = left(recommender, kc.History(), day(0), "single_leg_balance")
    neck = kc.MorningAfter(on=day(1), change=3, region="neck")
    after = left(
        recommender, kc.History([session(0, standing), neck]), day(1), "single_leg_balance"
    )
    assert after.reason.id == "waiting_for_morning"


def test_what_was_planned_is_what_must_be_reached(recommender: kc.Recommender) -> None:
    """A plan may ask for less than the standing, for want of time; doing that is enough."""
    less = kc.Dose(sets=1, hold_s=10)
    plan = kc.PlanIssued(on=day(0), items=[kc.PlannedItem(SUPPORTED, dose=less)])
    events = [
        event
        for number in range(0, 8, 2)
        for event in (
            kc.SessionLog(
                on=day(number), lines=[kc.ExerciseLog(SUPPORTED, done=less, pain=1, touches=0)]
            ),
            morning(number),
        )
    ]
    unplanned = left(recommender, kc.History(events), day(7), "single_leg_balance")
    planned = left(recommender, kc.History([plan, *events]), day(7), "single_leg_balance")
    assert unplanned.action is kc.Action.HOLD
    assert planned.action is kc.Action.INCREASE_DOSE


def test_skipped_lines_count_for_nothing(recommender: kc.Recommender) -> None:
    standing = left(recommender, kc.History(), day(0), "single_leg_balance")
    history = kc.History([session(0, standing, skipped="no time")])
    assert left(recommender, history, day(1), "single_leg_balance").reason.id == "standing_start"


def test_a_ladder_opens_when_its_measure_comes_in(recommender: kc.Recommender) -> None:
    person = evolve(PERSON, facts={"tandem_stance_s": 5})
    closed = recommender.replay(person, kc.History(), on=day(0))
    finding = kc.Finding(on=day(1), facts={"tandem_stance_s": 12})
    opened = recommender.replay(person, kc.History([finding]), on=day(1))
    by_ladder = [{one.ladder: one.exercise for one in standings} for standings in (closed, opened)]
    assert by_ladder[0]["single_leg_balance"] is None
    assert by_ladder[1]["single_leg_balance"] == SUPPORTED


def test_a_stance_mastered_in_the_log_does_not_replace_the_measure(
    recommender: kc.Recommender,
) -> None:
    person = evolve(PERSON, facts={"tandem_stance_s": 8})
    history = kc.History()
    for number in range(0, 40, 2):
        standing = next(
            one
            for one in recommender.replay(person, history, on=day(number))
            if one.ladder == "stance"
        )
        history = history.with_events(*good(standing, number))
    after = recommender.replay(person, history, on=day(40))
    stances = [one for one in after if one.ladder == "stance"]
    assert {one.exercise for one in stances} == {"tandem_stance_supported"}
    assert stances[0].mastered == ("tandem_stance_supported",)


def test_a_referral_stops_every_ladder(recommender: kc.Recommender) -> None:
    person = evolve(PERSON, facts={"saddle_numbness": True})
    standings = recommender.replay(person, kc.History(), on=day(0))
    assert {one.action for one in standings} == {kc.Action.STOP_AND_REFER}


def test_measures_place_a_person(knowledge: kc.Knowledge) -> None:
    ladder = knowledge.ladder_of("single_leg_balance")
    facts: dict[str, Value] = {
        "tandem_stance_s": 30,
        "single_leg_s.left": 20,
        "single_leg_s.right": 5,
    }
    assert place(ladder, kc.Side.LEFT, facts) == 1
    assert place(ladder, kc.Side.RIGHT, facts) == 0
    assert place(ladder, kc.Side.RIGHT, {}) is None
    mastered: dict[str, Value] = {**facts, "mastered": frozenset({"single_leg_balance"})}
    assert place(ladder, kc.Side.RIGHT, mastered) == 0  # measured at 5 s
    unmeasured: dict[str, Value] = {
        "tandem_stance_s": 30,
        "mastered": frozenset({"single_leg_balance"}),
    }
    assert place(ladder, kc.Side.RIGHT, unmeasured) == 1


def test_an_app_may_change_the_policy(knowledge: kc.Knowledge) -> None:
    patient = kc.Recommender(knowledge.with_policy(Policy(days_before_step=21)))
    history = lived(patient, range(0, 16, 2), good)
    assert left(patient, history, day(15), "single_leg_balance").level == 0
    assert patient.knowledge.fingerprint != knowledge.fingerprint
