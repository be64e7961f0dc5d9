"""Doses cut for time: what was done in part does not grow, and says so."""

import datetime

import kineticchain as kc

START = datetime.date(2026, 11, 21)
DAY = datetime.timedelta(days=1)
RECOMMENDER = kc.Recommender(kc.Knowledge.builtin())
PERSON = kc.Person(
    age=34,
    complaints=[kc.Complaint("heel", side="right", pain=3, weeks=6)],
    equipment=["fixed_support", "towel"],
    facts={"tandem_stance_s": 30},
    screening="clear",
)
TEN = kc.Request(minutes=10)


def lived(plan: kc.Plan, start: datetime.date) -> list[object]:
    """A week of the plan, every dose done as it was handed out, and easily."""
    events: list[object] = [plan.issued(start)]
    for one in plan.calendar(start):
        lines = [
            kc.ExerciseLog(
                item.exercise, item.side, done=item.dose, pain=1, effort=4, form_ok=True, touches=0
            )
            for item in one.items
        ]
        events.append(kc.SessionLog(on=one.on, slot=one.session.number, lines=lines))
        events.append(kc.MorningAfter(on=one.on + DAY, change=0))
    return events


def ten_weeks() -> list[kc.Plan]:
    history, plans = kc.History(), []
    for week in range(10):
        start = START + 7 * week * DAY
        history = history.with_events(kc.Finding(on=start, screening="clear"))
        plans.append(RECOMMENDER.recommend(PERSON, history, request=TEN, on=start))
        history = history.with_events(*lived(plans[-1], start))  # type: ignore[arg-type]  # events
    return plans


PLANS = ten_weeks()
CUT = [
    (week, item)
    for week, plan in enumerate(PLANS)
    for item in plan.items
    if item.whole_dose is not None
]


def test_what_was_cut_all_week_stands_no_higher_the_week_after() -> None:
    """Until it was done in full, so that it never jumps when there is time again."""
    seen = 0
    for week, item in CUT[:-1]:
        before, after = (
            [one for one in PLANS[at].standings if one.exercise == item.exercise]
            for at in (week, min(week + 1, len(PLANS) - 1))
        )
        for old, new in zip(before, after, strict=False):
            seen += 1
            assert new.dose is not None
            assert old.dose is not None
            assert new.dose.volume <= old.dose.volume
    assert seen


def test_the_whole_dose_is_what_an_issued_plan_asks_for() -> None:
    week, item = CUT[0]
    asked = {one.exercise: one.dose for one in PLANS[week].issued(START).items}
    assert item.whole_dose is not None
    assert asked[item.exercise] == item.whole_dose
    assert item.dose.volume < item.whole_dose.volume


def test_a_cut_dose_is_printed_as_such() -> None:
    week, _ = CUT[0]
    assert "less for lack of time; in full" in " ".join(str(PLANS[week]).split())


def test_with_ten_minutes_a_balance_grows_all_the_same() -> None:
    doses = [
        item.dose.volume for plan in PLANS for item in plan.items
        if item.exercise == "single_leg_balance"
    ]  # fmt: skip
    assert doses[-1] >= 3 * doses[0]
