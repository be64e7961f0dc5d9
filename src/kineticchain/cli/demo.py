"""``demo``: an example from the first plan to the first step up."""

import argparse
import datetime
from collections.abc import Iterator

from kineticchain.cli.commands import Commands
from kineticchain.domain.person import (
    Complaint,
    ExerciseLog,
    History,
    MorningAfter,
    Person,
    Request,
    SessionLog,
)
from kineticchain.knowledge import Knowledge
from kineticchain.recommendation import Explanation, Plan, Recommender
from kineticchain.recommendation.plan.model import Item
from kineticchain.recommendation.plan.text import dose_text

FIRST_DAY = datetime.date(2026, 11, 2)
DAYS = 14
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
    """Return the first plan, and the changes after two weeks with a new plan each day."""
    recommender = Recommender(Knowledge.builtin())
    first_plan = _plan(recommender, History(), FIRST_DAY)
    history = History()
    for number in range(DAYS):
        day = FIRST_DAY + datetime.timedelta(days=number)
        history = good_day(history, _plan(recommender, history, day), day)
    last_day = FIRST_DAY + datetime.timedelta(days=DAYS)
    last_plan = _plan(recommender, history, last_day)
    blocks = [
        "A person of 34 with heel pain (3 of 10, right), a counter, a towel,",
        "and two minutes three times a day. All safety questions are answered.\n",
        str(first_plan),
        f"\n=== {last_day:%d %B %Y}, after two good weeks with quiet mornings ===\n",
        *_moves(recommender.explain(first_plan), recommender.explain(last_plan)),
        "",
        str(recommender.explain(last_plan).why_not("single_leg_balance_forefoot")),
    ]
    return "\n".join(blocks)


def good_day(history: History, plan: Plan, day: datetime.date) -> History:
    """Return the history with one more day: all items done as planned, and a quiet next morning.

    Args:
        history: The history before.
        plan: The plan of the day; its issue is recorded, too.
        day: The day.
    """
    sessions = [
        SessionLog(on=day, slot=session.number, lines=[_done_well(item) for item in session.items])
        for session in plan.sessions
    ]
    morning = MorningAfter(on=day + datetime.timedelta(days=1), change=0)
    return history.with_events(plan.issued(day), *sessions, morning)


def _done_well(item: Item) -> ExerciseLog:
    return ExerciseLog(
        item.exercise, item.side, done=item.dose, pain=1, effort=4, form_ok=True, touches=0
    )


def _plan(recommender: Recommender, history: History, day: datetime.date) -> Plan:
    return recommender.recommend(PERSON, history, request=REQUEST, on=day)


def _moves(first: Explanation, last: Explanation) -> Iterator[str]:
    """Yield the first and the last standing on each ladder in the plans."""
    planned = {item.exercise for item in (*first.plan.items, *last.plan.items)}
    for before, now in zip(first.standings, last.standings, strict=True):
        if now.exercise in planned and before.dose and now.dose:
            yield f"{now.ladder} ({now.side}):"
            yield f"  then  {before.exercise}, {dose_text(before.dose)}"
            yield f"  now   {now.exercise}, {dose_text(now.dose)}. {now.reason}"
