"""``recommend``: a plan for the person in a JSON file."""

import argparse
import datetime
from pathlib import Path
from typing import TypeVar

from kineticchain.cli.commands import Commands, Document, add_packs, knowledge_of
from kineticchain.domain.messages.languages import LANGUAGES
from kineticchain.domain.person import History, Person, Request
from kineticchain.interop import json
from kineticchain.interop.limits import read_file
from kineticchain.recommendation import Recommender
from kineticchain.report import handout, plan_page

T = TypeVar("T")


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser("recommend", help="a plan for the person in a JSON file")
    parser.add_argument("person", metavar="PERSON.json", help="the person, as JSON")
    parser.add_argument("--history", metavar="FILE", help="the events so far, as a JSON list")
    parser.add_argument("--minutes", type=int, help="minutes of one session (10)")
    parser.add_argument("--sessions", type=int, help="sessions a day (1)")
    days = parser.add_mutually_exclusive_group()
    days.add_argument("--days", type=int, help="days a week (7)")
    days.add_argument(
        "--every-other-day", action="store_true", default=None, help="on every second day"
    )
    parser.add_argument("--micro-sessions", type=int, help="micro-sessions on every day (0)")
    parser.add_argument("--micro-minutes", type=int, help="minutes of a micro-session (3)")
    parser.add_argument("--programme", help="a programme to follow, such as founding_balance")
    parser.add_argument("--pin", action="append", help="an exercise that a clinician chose")
    parser.add_argument("--goal", help="what it is for, such as foot_pain")
    parser.add_argument("--on", type=day_of, help="the day of the plan (today)")
    add_packs(parser)
    codes = " or ".join(LANGUAGES)
    parser.add_argument("--language", default="en", help=f"{codes} (en)")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="the plan as JSON")
    form.add_argument("--page", action="store_true", help="the plan as a page of Markdown")
    form.add_argument("--html", action="store_true", help="the patient's page as HTML")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> str:
    """Return the plan as text with its steps, as a page of Markdown or HTML, or as JSON."""
    person = read_document(options.person, Person)
    history = read_document(options.history, History) if options.history else History()
    knowledge = knowledge_of(options)
    knowledge = knowledge.speaking(options.language)
    recommender = Recommender(knowledge)
    plan = recommender.recommend(
        person, history, request=_request(options), on=options.on or today()
    )
    if options.page:
        return Document(plan_page(plan, explanation=recommender.explain(plan)).rstrip("\n"))
    if options.html:
        return Document(handout(plan, knowledge).rstrip("\n"))
    return Document(json.dumps(plan, indent=2)) if options.json else plan.text(steps=True)


def _request(options: argparse.Namespace) -> Request:
    given = {
        "minutes": options.minutes,
        "sessions_per_day": options.sessions,
        "days_per_week": options.days,
        "every_other_day": options.every_other_day,
        "micro_sessions_per_day": options.micro_sessions,
        "micro_minutes": options.micro_minutes,
        "programme": options.programme,
        "pinned": options.pin,
        "goal": options.goal,
    }
    return Request(**{name: value for name, value in given.items() if value is not None})


def read_document(path: str, cls: type[T]) -> T:
    """Return the object in a JSON file."""
    file = Path(path)
    return json.loads(read_file(path), cls, origin=file.name)


def day_of(text: str) -> datetime.date:
    """Return the date that the text of an option states."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write it as 2026-11-21") from None


def today() -> datetime.date:
    """Return the current date by the system clock."""
    return datetime.date.today()  # noqa: DTZ011, TID251 - the command line is where the clock is
