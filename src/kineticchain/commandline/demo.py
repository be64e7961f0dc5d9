"""``demo``: the main job on an example, from a first plan to the next step."""

import argparse
import datetime

from kineticchain.commandline.commands import Commands
from kineticchain.person import (
    Complaint,
    ExerciseLog,
    History,
    MorningAfter,
    Person,
    Request,
    SessionLog,
)
from kineticchain.recommendation import Plan, recommend

FIRST_DAY = datetime.date(2026, 11, 2)
WEEK = datetime.timedelta(weeks=1)
PERSON = Person(
    age=34,
    complaints=[Complaint("heel", side="right", pain=3, weeks=6)],
    equipment=["fixed_support", "towel"],
    facts={"tandem_stance_s": 30},
    screening="clear",
)
REQUEST = Request(minutes=2, sessions_per_day=3, goal="foot_pain")


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("demo", help="an example person, two weeks, and what changes")
    parser.set_defaults(run=run)


def run(_: argparse.Namespace) -> str:
    """A first plan, two weeks with a new plan each, and where they lead."""
    first = _plan(History(), FIRST_DAY)
    history = good_week(History(), first, FIRST_DAY)
    second_week = FIRST_DAY + WEEK
    history = good_week(history, _plan(history, second_week), second_week)
    last_day = second_week + WEEK
    last = _plan(history, last_day)
    blocks = [
        "A person of 34 with heel pain (3 of 10, right), a counter, a towel,",
        "and two minutes three times a day. All safety questions are answered.\n",
        str(first),
        f"\n=== {last_day:%d %B %Y}, after two good weeks with quiet mornings ===\n",
        *_moves(last),
        "",
        str(last.why_not("single_leg_balance_forefoot")),
    ]
    return "\n".join(blocks)


def good_week(history: History, plan: Plan, start: datetime.date) -> History:
    """The history with a week in which all is done as planned and every morning is quiet."""
    days = [start + datetime.timedelta(days=day) for day in range(WEEK.days)]
    lines = [
        ExerciseLog(
            item.exercise, item.side, done=item.dose, pain=1, effort=4, form_ok=True, touches=0
        )
        for item in plan.items
    ]
    sessions = [SessionLog(on=day, lines=lines) for day in days]
    mornings = [MorningAfter(on=day + datetime.timedelta(days=1), change=0) for day in days]
    return history.with_events(plan.issued(start), *sessions, *mornings)


def _plan(history: History, day: datetime.date) -> Plan:
    return recommend(PERSON, history, request=REQUEST, on=day)


def _moves(plan: Plan) -> list[str]:
    planned = {item.exercise for item in plan.items}
    return [
        f"{standing.exercise} ({standing.side}): {standing.action}. {standing.reason}"
        for standing in plan.standings
        if standing.exercise in planned
    ]
