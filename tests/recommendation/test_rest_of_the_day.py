"""Plans that are made after the session of their day, and steps on the days of a plan."""

import datetime
import re

import pytest

import kineticchain as kc
from kineticchain.domain.exercises import Dose
from kineticchain.recommendation import Plan
from kineticchain.recommendation.plan.dated_session import DatedSession
from kineticchain.recommendation.plan.text import dose_text

ON = datetime.date(2026, 6, 1)
DAY = datetime.timedelta(days=1)
PEOPLE = [
    (kc.Complaint("calf_achilles", side="left", pain=3, weeks=15), 10, 3),
    (kc.Complaint("knee", side="right", pain=2, weeks=20), 20, 4),
    (kc.Complaint("lumbar", pain=2, weeks=20), 5, 2),
]


def person(complaint: kc.Complaint) -> kc.Person:
    return kc.Person(
        age=40,
        complaints=[complaint],
        equipment=["fixed_support", "towel", "chair"],
        facts={"tandem_stance_s": 30},
        screening="clear",
        as_of=ON,
    )


def as_planned(session: DatedSession) -> kc.SessionLog:
    lines = [
        kc.ExerciseLog(
            item.exercise, item.side, done=item.dose, pain=1, effort=4, form_ok=True, touches=0
        )
        for item in session.items
    ]
    return kc.SessionLog(on=session.on, slot=session.session.number, lines=lines)


class Life:
    """A life as planned, with a plan each week."""

    def __init__(self, recommender: kc.Recommender, who: kc.Person, request: kc.Request) -> None:
        self.recommender, self.who, self.request = recommender, who, request
        self.history = kc.History()

    def plan(self, on: datetime.date) -> Plan:
        return self.recommender.recommend(self.who, self.history, request=self.request, on=on)

    def train(self, plan: Plan, on: datetime.date) -> tuple[DatedSession, ...]:
        sessions = plan.today(self.history, on)
        morning = [kc.MorningAfter(on=on + DAY, change=0)] if sessions else []
        self.history = self.history.with_events(*map(as_planned, sessions), *morning)
        return sessions


@pytest.mark.parametrize(("complaint", "minutes", "days"), PEOPLE)
def test_a_plan_after_the_session_of_its_day_leaves_the_day_as_it_is(
    recommender: kc.Recommender, complaint: kc.Complaint, minutes: int, days: int
) -> None:
    request = kc.Request(minutes=minutes, days_per_week=days)
    life = Life(recommender, person(complaint), request)
    ladder_of = recommender.knowledge.ladder_of
    trained = 0
    for offset in range(28):
        on = ON + offset * DAY
        if offset % 7 == 0:
            plan = life.plan(on)
            life.history = life.history.with_events(plan.issued(on))
        done = life.train(plan, on)
        if not done:
            continue
        trained += 1
        rest = life.plan(on).today(life.history, on)
        ladders = {ladder_of(item.exercise) for session in done for item in session.items}
        assert ladders.isdisjoint(
            ladder_of(item.exercise) for session in rest for item in session.items
        )
        assert sum(session.seconds for session in (*done, *rest)) <= 60 * minutes
    assert trained >= 4 * days - 2


def test_a_walk_before_the_plan_takes_no_time_of_the_day(recommender: kc.Recommender) -> None:
    ankle = kc.Complaint("ankle", side="left", pain=2, weeks=20)
    life = Life(recommender, person(ankle), kc.Request(minutes=10))
    for offset in range(7):
        on = ON + offset * DAY
        dose = Dose(sets=1, duration_s=1200)
        walk = kc.ExerciseLog("walking", done=dose, pain=0, effort=3)
        life.history = life.history.with_events(kc.SessionLog(on=on, lines=[walk]))
        plan = life.plan(on)
        life.history = life.history.with_events(plan.issued(on))
        assert [item for item in plan.items if 1 in item.days and item.starts == 1]
        life.train(plan, on)


def test_a_walk_that_an_old_plan_had_takes_no_time(recommender: kc.Recommender) -> None:
    life = Life(recommender, person(kc.Complaint("neck", pain=2, weeks=20)), kc.Request(minutes=40))
    life.request = kc.Request(minutes=40, pinned=["walking"])
    life.history = life.history.with_events(life.plan(ON).issued(ON))
    on = ON + 300 * DAY
    neck = kc.Finding(on=on, screening="clear", complaints=[kc.Complaint("neck", pain=2, weeks=60)])
    walk = kc.ExerciseLog("walking", done=Dose(sets=1, duration_s=1800), pain=0, effort=3)
    life.history = life.history.with_events(neck, kc.SessionLog(on=on, lines=[walk]))
    life.request = kc.Request(minutes=10, goal="back_pain")
    assert life.plan(on).today(life.history, on)


def test_a_half_done_day_goes_on(recommender: kc.Recommender) -> None:
    life = Life(recommender, person(PEOPLE[1][0]), kc.Request(minutes=20, days_per_week=4))
    plan = life.plan(ON)
    [session] = plan.today(life.history, ON)
    first = as_planned(session).lines[0]
    half = kc.SessionLog(on=ON, slot=1, lines=[first])
    life.history = life.history.with_events(plan.issued(ON), half)
    left = {item.exercise for each in life.plan(ON).today(life.history, ON) for item in each.items}
    assert left
    assert first.exercise not in left


@pytest.mark.parametrize(
    "request_",
    [
        kc.Request(minutes=3, micro_sessions_per_day=3),
        kc.Request(minutes=15, micro_sessions_per_day=2, days_per_week=5),
        kc.Request(minutes=10, sessions_per_day=2, days_per_week=6),
        kc.Request(minutes=20, every_other_day=True),
        kc.Request(programme="founding_balance"),
        kc.Request(programme="founding_five_exercises"),
    ],
    ids=["micro", "micro beside longer ones", "two a day", "every other day", "S0", "S1"],
)
def test_a_day_is_trained_to_its_end_with_a_plan_after_each_session(
    recommender: kc.Recommender, request_: kc.Request
) -> None:
    life = Life(recommender, person(PEOPLE[1][0]), request_)
    for offset in range(10):
        on = ON + offset * DAY
        for _ in range(6):
            plan = life.plan(on)
            life.history = life.history.with_events(plan.issued(on))
            due = plan.today(life.history, on)
            if not due:
                break
            life.history = life.history.with_events(as_planned(due[0]))
        assert not life.plan(on).today(life.history, on)
    assert len({session.on for session in life.history.sessions}) >= 4


@pytest.mark.parametrize(("complaint", "minutes", "days"), PEOPLE)
def test_the_next_steps_come_on_their_dates(
    recommender: kc.Recommender, complaint: kc.Complaint, minutes: int, days: int
) -> None:
    request = kc.Request(minutes=minutes, days_per_week=days)
    life = Life(recommender, person(complaint), request)
    plan = life.plan(ON)
    life.history = life.history.with_events(plan.issued(ON))
    due: list[tuple[datetime.date, str, str]] = []
    checked = 0
    for offset in range(35):
        on = ON + offset * DAY
        for _, title, dose in (step for step in due if step[0] == on):
            standings = life.plan(on).standings
            reached = {
                (recommender.knowledge.title(each.exercise), dose_text(each.dose))
                for each in standings
                if each.exercise is not None and each.dose is not None
            }
            assert (title, dose) in reached
            checked += 1
        if offset and offset % 7 == 0:
            before, plan = plan, life.plan(on)
            life.history = life.history.with_events(plan.issued(on))
            due = []
            for line in recommender.week_turn(before, plan).following:
                step = re.fullmatch(r"(.*): (.*) \((.*)\)", line)
                assert step is not None
                due.append((datetime.date.fromisoformat(step[3]), step[1], step[2]))
        life.train(plan, on)
    assert checked
