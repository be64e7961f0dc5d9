"""Two weeks, a plan and its log each day, and why it moved when it did.

An app would keep `person` and `history`, and nothing else.
"""

from datetime import date, timedelta

import kineticchain as kc
from kineticchain.interop import json

START = date(2026, 11, 2)
DAY = timedelta(days=1)

person = kc.Person(
    age=34,
    complaints=[kc.Complaint("heel", side="right", pain=3, weeks=6)],
    equipment=["fixed_support", "towel"],
    facts={"tandem_stance_s": 30},
    screening="clear",
)
request = kc.Request(minutes=2, sessions_per_day=3, goal="foot_pain")


def day_of(plan: kc.Plan, day: date) -> list[kc.PlanIssued | kc.SessionLog | kc.MorningAfter]:
    """A day on which all is done as planned, with little pain, and a quiet next morning."""
    sessions = [
        kc.SessionLog(
            on=day,
            slot=session.number,
            lines=[
                kc.ExerciseLog(one.exercise, one.side, done=one.dose, pain=1, effort=4, touches=0)
                for one in session.items
            ],
        )
        for session in plan.sessions
    ]
    return [plan.issued(day), *sessions, kc.MorningAfter(on=day + DAY, change=0)]


history = kc.History()
shown: dict[str, str] = {}
for number in range(15):
    today = START + number * DAY
    plan = kc.recommend(person, history, request=request, on=today)
    planned = {item.exercise for item in plan.items}
    for standing in kc.explain(plan).standings:
        where = f"{standing.exercise}, {standing.dose}"
        if standing.exercise not in planned or standing.side is kc.Side.LEFT:
            continue
        if shown.get(standing.ladder) != where:
            print(f"{today} {standing.exercise}: {standing.action}. {standing.reason}")
            shown[standing.ladder] = where
    history = history.with_events(*day_of(plan, today))

print()
print("What the app has stored by now:", len(json.dumps(person)), "characters of a person and")
print(len(json.dumps(history)), "characters of", len(history), "events.")
