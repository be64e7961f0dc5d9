"""Standings that rose by what should lower them: counterexamples, each mended by its kind."""

import datetime
from typing import Any

import pytest

import kineticchain as kc

DAY = datetime.timedelta(days=1)
START = datetime.date(2026, 3, 2)
ALL = 100
RECOMMENDER = kc.Recommender(kc.Knowledge.builtin())


def after_a_fall(pain: int, **facts: Any) -> set[str]:
    """What is feasible after a fall in training, and after pain in the session that followed."""
    fell = {"fall_last_12m": True}
    brace = kc.ExerciseLog(
        "core_brace_standing", done=kc.Dose(reps=5, hold_s=5), pain=pain, effort=5
    )
    history = kc.History(
        [
            kc.SessionLog(on=START, lines=[kc.ExerciseLog("short_foot_seated", pain=0)]),
            kc.Finding(on=START + 3 * DAY, facts=fell),
            kc.SessionLog(on=START + 4 * DAY, lines=[brace]),
            kc.Finding(on=START + 5 * DAY, facts={**facts, **fell}, screening="clear"),
        ]
    )
    who = kc.Person(age=37, facts={"tandem_stance_s": 28}, screening="clear")
    request = kc.Request(goal="back_pain", minutes=20)
    assessment = RECOMMENDER.assess(who, history, request=request, on=START + 5 * DAY)
    return {one.exercise.id for one in assessment.feasible.items}


@pytest.mark.parametrize("worse", [{"pain": 6}, {"pain": 4, "surgery_weeks_ago": 9}])
def test_a_step_down_opens_no_ladder_that_a_rule_had_closed(worse: dict[str, Any]) -> None:
    calm = after_a_fall(4)
    assert "core_brace_seated" in calm
    assert after_a_fall(**worse) <= calm


def rolled(on: datetime.date, seconds: int, pain: int = 0, also: tuple[Any, ...] = ()) -> list[Any]:
    """A session with the soft ball, and a quiet morning."""
    done = kc.Dose(duration_s=seconds)
    line = kc.ExerciseLog("ball_roll_soft", done=done, pain=pain, effort=5, form_ok=True, touches=0)
    return [
        kc.SessionLog(on=on, lines=[line, *also]),
        kc.MorningAfter(on=on + DAY, change=0),
    ]


def ball(who: kc.Person, events: list[Any], on: datetime.date) -> kc.Standing:
    standings = RECOMMENDER.replay(who, kc.History(events), on=on)
    return next(one for one in standings if one.ladder == "ball_roll")


def test_what_is_barred_today_rewrites_no_step_of_the_past() -> None:
    who = kc.Person(
        age=40, equipment=["firm_ball", "fixed_support", "tennis_ball"], screening="clear"
    )
    days = [0, 2, 4, 7, 9, 11, 14, 16, 18, 21, 23, 25, 41, 43, 45, 48, 50, 52]
    seconds = [60] * 6 + [75] * 3 + [90] * 3 + [60] * 6
    begun = [
        event for at, s in zip(days, seconds, strict=True) for event in rolled(START + at * DAY, s)
    ]
    clear = kc.Finding(on=START + 41 * DAY, screening="clear")
    last, on = START + 54 * DAY, START + 57 * DAY

    def standing(toe_pain: int) -> kc.Standing:
        toe = kc.ExerciseLog(
            "toe_yoga_big", done=kc.Dose(reps=5, hold_s=2), pain=toe_pain, effort=5, form_ok=True
        )
        return ball(who, [clear, *begun, *rolled(last, 60, also=(toe,))], on)

    calm, sore = standing(1), standing(8)
    assert sore.height <= calm.height
    assert sore.dose is not None
    assert calm.dose is not None
    assert sore.dose.volume * sore.days_a_week <= calm.dose.volume * calm.days_a_week


def test_days_without_training_lead_no_further_back_to_the_whole_dose() -> None:
    who = kc.Person(
        age=40, equipment=["soft_ball"], screening="clear", facts={"tandem_stance_s": 30}
    )
    seconds = [60] * 4 + [75] * 4 + [90] * 4
    events = [event for at, s in enumerate(seconds) for event in rolled(START + 2 * at * DAY, s)]
    back = START + 41 * DAY
    events += rolled(back, 60)
    shares = []
    for days in (2, 8, 12, 21, 30, 60):
        on = back + days * DAY
        clear = kc.Finding(on=on, screening="clear")
        shares.append(ball(who, [*events, clear], on).dose_percent)
    assert shares[0] < ALL
    assert shares == sorted(shares, reverse=True)
