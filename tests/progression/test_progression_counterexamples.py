"""What once led to more than it should have, and does so no more."""

import datetime
from collections.abc import Callable

import pytest
from attrs import evolve

import kineticchain as kc
from kineticchain.domain.facts import parse_condition
from kineticchain.domain.person import Event
from kineticchain.errors import InvalidInput
from kineticchain.progression import replayed

START = datetime.date(2026, 1, 1)
SUPPORTED = "single_leg_balance_supported"
ABLE = {"tandem_stance_s": 30, "heel_rise_reps": 12}
PERSON = kc.Person(age=40, equipment=["fixed_support", "chair"], facts=ABLE, screening="clear")


def on(number: int) -> datetime.date:
    return START + datetime.timedelta(days=number)


def done(
    number: int,
    exercise: str,
    dose: kc.Dose | None,
    side: kc.Side = kc.Side.BOTH,
    *,
    pain: int = 1,
    slot: int = 1,
) -> kc.SessionLog:
    line = kc.ExerciseLog(exercise, side, done=dose, pain=pain, effort=4, form_ok=True, touches=0)
    return kc.SessionLog(on=on(number), slot=slot, lines=[line])


def quiet(number: int) -> kc.MorningAfter:
    return kc.MorningAfter(on=on(number), change=0)


def left(
    recommender: kc.Recommender,
    history: kc.History,
    number: int,
    ladder: str = "single_leg_balance",
    person: kc.Person = PERSON,
) -> kc.Standing:
    return next(
        one
        for one in recommender.replay(person, history, on=on(number))
        if one.ladder == ladder and one.side is not kc.Side.RIGHT
    )


@pytest.mark.parametrize("facts", [{"heel_rise_reps": 25}, {"mastered": ["heel_raise_single"]}])
def test_a_measure_told_after_a_flare_lifts_nobody(
    recommender: kc.Recommender, facts: dict[str, int | list[str]]
) -> None:
    exercise = "heel_raise_single_supported"
    hurt = kc.History(
        [
            done(0, exercise, kc.Dose(sets=1, reps=6), pain=5),
            kc.MorningAfter(on=on(1), change=3),
        ]
    )
    measured = hurt.with_events(kc.Finding(on=on(1), facts=facts))
    before, after = (left(recommender, log, 1, "heel_raise") for log in (hurt, measured))
    assert (after.height, after.reason) == (before.height, before.reason)


def test_a_measure_told_before_the_first_session_places(recommender: kc.Recommender) -> None:
    history = kc.History([kc.Finding(on=on(1), facts={"heel_rise_reps": 25})])
    assert left(recommender, history, 2, "heel_raise").exercise == "heel_raise_single"


@pytest.mark.parametrize(
    ("ladder", "gap"), [("dorsiflexion", 16), ("sit_to_stand", 31), ("calf_stretch", 16)]
)
def test_after_a_break_the_whole_dose_comes_before_the_next(
    recommender: kc.Recommender, ladder: str, gap: int
) -> None:
    history, share, level = kc.History(), 100, 0
    for number in [*range(0, 40, 2), *range(38 + gap, 38 + gap + 36, 2)]:
        here = left(recommender, history, number, ladder)
        assert here.exercise is not None
        if share < 100:
            assert here.level == level
        share, level = here.dose_percent, here.level
        history = history.with_events(done(number, here.exercise, here.dose), quiet(number + 1))


@pytest.mark.parametrize(("days", "level"), [(1, 1), (2, 1), (3, 0), (9, 0), (20, 0)])
def test_a_quiet_morning_long_after_opens_no_step_up(
    recommender: kc.Recommender, days: int, level: int
) -> None:
    history, dose = kc.History(), kc.Dose(sets=2, hold_s=10)
    for number in (0, 2, 4):
        history = history.with_events(done(number, SUPPORTED, dose), quiet(number + 1))
    history = history.with_events(done(7, SUPPORTED, dose), quiet(7 + days))
    assert left(recommender, history, 7 + days).level == level


def test_a_session_that_was_skipped_does_not_end_a_break(recommender: kc.Recommender) -> None:
    skipped = kc.SessionLog(on=on(30), lines=[kc.ExerciseLog(SUPPORTED, skipped="ill")])
    history = kc.History([done(0, SUPPORTED, kc.Dose(sets=2, hold_s=10)), skipped])
    assert recommender.recommend(PERSON, history, on=on(40)).status == "ask_first"


def cleared(number: int) -> kc.Finding:
    return kc.Finding(on=on(number), facts={"clinician_result": "no_fracture"})


def far_up(recommender: kc.Recommender) -> tuple[kc.Person, kc.History]:
    """Somebody on the hardest rung, who trained there once."""
    mastered = ["single_leg_balance_forefoot"]
    person = evolve(PERSON, facts={**ABLE, "single_leg_s": 40, "mastered": mastered})
    here = left(recommender, kc.History(), 0, person=person)
    assert here.exercise == "single_leg_balance_forefoot"
    return person, kc.History([done(0, here.exercise, here.dose), quiet(1)])


def test_a_result_told_again_after_training_does_not_begin_anew(
    recommender: kc.Recommender,
) -> None:
    person, history = far_up(recommender)
    history = history.with_events(cleared(3))
    here = left(recommender, history, 3, person=person)
    assert here.exercise is not None
    history = history.with_events(done(3, here.exercise, here.dose))
    again = history.with_events(cleared(4))
    assert left(recommender, again, 4, person=person).rung == here.rung


def test_a_result_after_a_break_begins_anew_once(recommender: kc.Recommender) -> None:
    person, history = far_up(recommender)
    after = left(recommender, history.with_events(cleared(45)), 45, person=person)
    assert (after.rung, after.reason.id) == (2, "cleared_restart")


def test_a_preview_does_not_look_into_the_future(recommender: kc.Recommender) -> None:
    history = kc.History([done(0, SUPPORTED, kc.Dose(sets=2, hold_s=10)), quiet(1)])
    later = history.with_events(done(7, SUPPORTED, kc.Dose(sets=2, hold_s=10), pain=8))
    seen, unseen = (
        recommender.preview(PERSON, log, SUPPORTED, on=on(5)) for log in (later, history)
    )
    assert seen == unseen


def test_what_one_leg_masters_opens_nothing_for_both(recommender: kc.Recommender) -> None:
    strong = evolve(PERSON, facts={**ABLE, "heel_rise_reps": 30})

    def toe_walk(side: kc.Side) -> str | None:
        history = kc.History()
        for number in (0, 3):
            raised = done(number, "heel_raise_single", kc.Dose(sets=3, reps=25), side)
            history = history.with_events(raised, quiet(number + 1))
        return left(recommender, history, 5, "toe_walk", strong).exercise

    assert toe_walk(kc.Side.LEFT) is None
    assert toe_walk(kc.Side.BOTH) is not None


def test_an_extra_set_later_on_a_day_does_not_undo_the_dose(recommender: kc.Recommender) -> None:
    history, dose = kc.History(), kc.Dose(sets=2, hold_s=10)
    for number in (0, 2, 4, 7):
        extra = done(number, SUPPORTED, kc.Dose(sets=1, hold_s=5), slot=2)
        history = history.with_events(done(number, SUPPORTED, dose), extra, quiet(number + 1))
    assert left(recommender, history, 8).action == "increase_dose"


@pytest.mark.parametrize(
    ("held", "action"),
    [
        pytest.param((10, 10, 10), "advance_variant", id="sets of all sessions add up to mastery"),
        pytest.param((10, 10), "increase_dose", id="two of them to the planned dose"),
        pytest.param((10,), "hold", id="one of them to neither"),
        pytest.param((5, 5, 5, 5), "hold", id="short holds are no long ones"),
    ],
)
def test_sets_of_a_day_add_up(
    held: tuple[int, ...], action: str, recommender: kc.Recommender
) -> None:
    history = kc.History()
    for number in (0, 2, 4, 7):
        sets = [
            done(number, SUPPORTED, kc.Dose(sets=1, hold_s=seconds), slot=slot)
            for slot, seconds in enumerate(held, start=1)
        ]
        history = history.with_events(*sets, quiet(number + 1))
    assert left(recommender, history, 8).action == action


def test_a_set_with_a_touch_does_not_add_to_the_others(recommender: kc.Recommender) -> None:
    history, touched = kc.History(), kc.Dose(sets=2, hold_s=10)
    for number in (0, 2, 4, 7):
        clean = done(number, SUPPORTED, kc.Dose(sets=1, hold_s=10))
        (line,) = done(number, SUPPORTED, touched).lines
        lost = kc.SessionLog(on=on(number), slot=2, lines=[evolve(line, touches=1)])
        history = history.with_events(clean, lost, quiet(number + 1))
    standing = left(recommender, history, 8)
    assert (standing.exercise, standing.mastered) == (SUPPORTED, ())


def test_a_table_that_forgets_the_top_is_clamped(knowledge: kc.Knowledge) -> None:
    rows = [
        evolve(row, when=parse_condition("not next_ready")) if row.id == "ready_for_more" else row
        for row in knowledge.transitions
        if row.id not in {"top_reached", "maintenance"}
    ]
    recommender = kc.Recommender(knowledge.with_policy(transitions=rows))
    history = kc.History()
    for number in range(0, 120, 2):
        here = left(recommender, history, number, "toe_spread")
        assert here.exercise is not None
        history = history.with_events(done(number, here.exercise, here.dose), quiet(number + 1))
    assert here.level == len(knowledge.ladder_index.steps["toe_spread"]) - 1


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("short_gap_days", lambda: kc.Policy(short_gap_days=30)),
        ("pain_safe", lambda: kc.Policy(pain_safe=6)),
        ("reduced_share", lambda: kc.Policy(reduced_share=100)),
        ("flares_before_cap", lambda: kc.Policy(flares_before_cap=4)),
    ],
)
def test_constants_that_contradict_each_other_are_refused(
    name: str, make: Callable[[], kc.Policy]
) -> None:
    with pytest.raises(InvalidInput, match=name):
        make()


def test_a_limit_that_ran_out_does_not_unsay_what_happened_under_it(
    recommender: kc.Recommender,
) -> None:
    person = evolve(
        PERSON, as_of=START, facts={**ABLE, "single_leg_s": 20, "surgery_weeks_ago": 24}
    )
    history = kc.History()
    for number in (0, 3, 6, 9, 12, 15, 18):
        plan = recommender.recommend(person, history, on=on(number))
        history = history.with_events(plan.issued(on(number)))
        here = left(recommender, history, number, person=person)
        assert here.exercise is not None
        trained = done(number, here.exercise, here.dose, pain=4)
        history = history.with_events(trained, quiet(number + 1))
    under, after = (left(recommender, history, number, person=person) for number in (20, 21))
    assert under.action == "stop_and_refer"
    assert (after.height, after.action) == (under.height, under.action)


def test_weeks_of_less_end_on_their_days_whenever_a_review_came(
    recommender: kc.Recommender,
) -> None:
    """A step down told a day later used to begin the weeks after a break anew."""
    roll = kc.Dose(sets=1, duration_s=60)
    before: list[Event] = [done(0, "ball_roll_soft", roll, pain=0), quiet(1)]
    after: list[Event] = [done(19, "ball_roll_soft", roll, pain=0), quiet(20)]
    worse = kc.MorningAfter(on=on(17), change=1)
    person = evolve(PERSON, equipment=("soft_ball", "chair"))

    def share(pain: int) -> int:
        back = done(16, "ball_roll_soft", roll, pain=pain)
        history = kc.History([*before, back, worse, *after])
        return left(recommender, history, 23, "ball_roll", person).dose_percent

    assert share(6) <= share(2)


@pytest.mark.parametrize("missed", [15, 20, 28, 29, 45])
def test_a_longer_break_leaves_no_more_where_a_rung_lacks_its_equipment(
    recommender: kc.Recommender, missed: int
) -> None:
    facts = {"tandem_stance_s": 30, "heel_rise_reps": 25}
    person = kc.Person(age=40, facts=facts, screening="clear")
    screened = kc.Finding(on=on(missed + 1), screening="clear")
    history = kc.History([done(0, "heel_raise_single", kc.Dose(sets=1, reps=8)), screened])
    now = recommender.assess(person, history, on=on(missed + 1))
    largest = {one.exercise.id: one.cap.volume for one in now.feasible.on_ladder["heel_raise"]}
    assert largest == {"heel_raise_double": 10}


def test_a_step_down_lands_on_no_higher_rung_because_a_lower_one_is_excluded(
    recommender: kc.Recommender,
) -> None:
    brace = kc.Dose(sets=1, reps=5, hold_s=5)
    history = kc.History(
        [done(0, "core_brace_seated", brace), kc.Finding(on=on(17), screening="clear")]
    )
    for weeks, allowed in ((0, ["core_brace_supine"]), (33, [])):
        facts = {"pregnant_weeks": weeks}
        person = kc.Person(age=30, sex="f", equipment=["chair"], facts=facts, screening="clear")
        found = recommender.assess(person, history, on=on(17)).feasible.on_ladder["core_brace"]
        assert [one.exercise.id for one in found] == allowed


def test_a_worse_morning_does_not_put_off_the_end_of_weeks_of_less(
    recommender: kc.Recommender,
) -> None:
    """A ramp waits for missed training alone; the morning after a session is no missed day."""
    days = [0, 16, *range(18, 33, 2)]
    dose = kc.Dose(sets=1, reps=26, variations=1)

    def share_left(worse: int | None) -> int:
        events: list[Event] = []
        for number in days:
            change = 1 if number == worse else 0
            events += [
                done(number, "ankle_alphabet", dose, pain=0),
                kc.MorningAfter(on=on(number + 1), change=change),
            ]
        return left(recommender, kc.History(events), 31, "ankle_alphabet").dose_percent

    assert (share_left(None), share_left(28)) == (80, 75)


def grown_to(
    recommender: kc.Recommender, ladder: str, level: int
) -> tuple[kc.History, int, kc.Standing]:
    """A history of easy days up to a level of the dose, with the next day and its standing."""
    history, number = kc.History(), 0
    standing = left(recommender, history, number, ladder)
    while standing.level < level:
        assert standing.exercise is not None
        history = history.with_events(
            done(number, standing.exercise, standing.dose), quiet(number + 1)
        )
        number += 3
        standing = left(recommender, history, number, ladder)
    return history, number, standing


def test_after_a_break_a_share_is_never_of_a_dose_that_was_not_done(
    recommender: kc.Recommender,
) -> None:
    """A dose that was asked for and cut is not done: its share may exceed what was."""
    history, number, standing = grown_to(recommender, "toe_raise", 3)
    assert standing.exercise is not None
    assert standing.dose is not None
    cut = evolve(standing.dose, sets=1)
    history = history.with_events(done(number, standing.exercise, cut), quiet(number + 1))
    back = left(recommender, history, number + 12, "toe_raise")
    assert back.reason.id == "gap_short"
    assert back.dose is not None
    assert back.dose.volume <= cut.volume


@pytest.mark.parametrize(("pain", "decided"), [(8, "stop_lifted"), (1, "waiting_for_morning")])
def test_a_stop_that_a_professional_lifts_is_told_as_such(
    recommender: kc.Recommender, pain: int, decided: str
) -> None:
    context = recommender.assess(PERSON, on=on(6)).replay_context
    trained = done(0, "toe_raise_standing", kc.Dose(sets=1, reps=8), pain=pain)
    seen = kc.ClinicianResult(on=on(5), examined=True)
    track = replayed(kc.History([trained, seen]), context).tracks["toe_raise", kc.Side.BOTH]
    assert (track.memory.stopped, track.decided) == (None, decided)


def test_two_reports_of_one_day_lead_to_one_step_down(recommender: kc.Recommender) -> None:
    """A worse morning and a worse report of it call for the same reduction, once."""
    history, number, standing = grown_to(recommender, "toe_raise", 2)
    assert standing.exercise is not None
    first = history.with_events(
        done(number, standing.exercise, standing.dose),
        kc.MorningAfter(on=on(number + 1), change=1),
    )
    both = first.with_events(kc.MorningAfter(on=on(number + 2), change=2))
    before, after = (left(recommender, log, number + 3, "toe_raise") for log in (first, both))
    assert before.reason.id == "morning_worse"
    assert (after.height, after.dose_percent) == (before.height, before.dose_percent)


def test_a_measure_told_later_does_not_move_where_training_began(
    recommender: kc.Recommender,
) -> None:
    trained = kc.History([done(0, "single_leg_balance", kc.Dose(sets=1, hold_s=10))])
    measured = trained.with_events(kc.Finding(on=on(3), facts={"tandem_stance_s": 12}))
    before = left(recommender, trained, 4)
    person = evolve(PERSON, facts={**ABLE, "single_leg_s": 25})
    worse = kc.Finding(on=on(3), facts={"single_leg_s": 1, "tandem_stance_s": 5})
    began = left(recommender, trained, 4, person=person)
    later = left(recommender, trained.with_events(worse), 4, person=person)
    assert left(recommender, measured, 4).height == before.height
    assert later.height == began.height


def test_days_on_the_lower_rung_count_from_the_day_that_led_down(
    recommender: kc.Recommender,
) -> None:
    exercise = "single_leg_balance"
    hurt = done(4, exercise, kc.Dose(sets=1, hold_s=10), pain=6)
    context = recommender.assess(PERSON, on=on(5)).replay_context
    track = replayed(kc.History([done(0, exercise, kc.Dose(sets=1, hold_s=10)), hurt]), context)
    counts = track.tracks["single_leg_balance", kc.Side.LEFT].counts
    assert (counts.rung_since, counts.dose_since) == (on(4), on(4))


def reasons_after(days: int, *more: kc.Finding, knowledge: kc.Knowledge) -> dict[str, str]:
    """Return the last decision on each trained ladder, some days after four weeks of training."""
    recommender = kc.Recommender(knowledge)
    person = kc.Person(
        age=40,
        complaints=[kc.Complaint("heel", side="right", pain=2, weeks=8)],
        equipment=["fixed_support", "towel", "chair"],
        facts={"tandem_stance_s": 30, "heel_rise_reps": 12},
        screening="clear",
        as_of=START,
    )
    course = recommender.simulate(person, "as_planned", 4, on=START)
    last = max(session.on for session in course.history.sessions)
    reports = [evolve(finding, on=last + datetime.timedelta(days=1)) for finding in more]
    history = course.history.with_events(*reports)
    standings = recommender.replay(person, history, on=last + datetime.timedelta(days=days))
    trained = {"heel_raise", "stance"}
    return {each.ladder: each.reason.id for each in standings if each.ladder in trained}


def test_a_break_counts_although_the_plan_contained_the_exercise(knowledge: kc.Knowledge) -> None:
    assert set(reasons_after(35, knowledge=knowledge).values()) == {"gap_restart"}


@pytest.mark.parametrize(
    ("word", "restarts"),
    [("dvt_treated_anticoagulant", True), ("no_fracture", True), ("none", False)],
)
def test_a_result_restarts_whether_or_not_it_finds_something(
    word: str, knowledge: kc.Knowledge, *, restarts: bool
) -> None:
    finding = kc.Finding(on=START, facts={"clinician_result": word}, screening="clear")
    reasons = set(reasons_after(2, finding, knowledge=knowledge).values())
    assert (reasons == {"cleared_restart"}) is restarts
