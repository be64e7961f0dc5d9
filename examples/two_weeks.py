"""A plan, two weeks of logs, the next plan, and why it moved.

An app would keep `person` and `history`, and nothing else.
"""

from datetime import date, timedelta

import kineticchain as kc
from kineticchain.interop import json

START = date(2026, 11, 2)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)

person = kc.Person(
    age=34,
    complaints=[kc.Complaint("heel", side="right", pain=3, weeks=6)],
    equipment=["fixed_support", "towel"],
    facts={"tandem_stance_s": 30},
    screening="clear",
)
request = kc.Request(minutes=2, sessions_per_day=3, goal="foot_pain")


def week_of(plan: kc.Plan, start: date) -> list[kc.SessionLog | kc.MorningAfter]:
    """A week in which all is done as planned, with little pain and quiet mornings."""
    lines = [
        kc.ExerciseLog(item.exercise, item.side, done=item.dose, pain=1, effort=4, touches=0)
        for item in plan.items
    ]
    days = [start + number * DAY for number in range(7)]
    sessions = [kc.SessionLog(on=day, lines=lines) for day in days]
    mornings = [kc.MorningAfter(on=day + DAY, change=0) for day in days]
    return [*sessions, *mornings]


history = kc.History()
for number in range(3):
    today = START + number * WEEK
    plan = kc.recommend(person, history, request=request, on=today)
    print(f"{today}:")
    planned = {item.exercise for item in plan.items}
    for standing in plan.standings:
        if standing.exercise in planned and standing.side is not kc.Side.LEFT:
            print(f"  {standing.exercise}: {standing.action}. {standing.reason}")
    history = history.with_events(plan.issued(today), *week_of(plan, today))

print()
print("What the app has stored by now:", len(json.dumps(person)), "characters of a person and")
print(len(json.dumps(history)), "characters of", len(history), "events.")
