"""Commands that set the person, the day and the request."""

import datetime
import json

from attrs import evolve

from kineticchain.domain.person import Person, Request
from kineticchain.domain.person.request import DAYS_A_WEEK
from kineticchain.errors import Fault, InvalidInput
from kineticchain.interop import json as documents
from kineticchain.testing.playground import language, rendering
from kineticchain.testing.playground.language import Line, expect_only
from kineticchain.testing.playground.state import Game, Script

EVERY_OTHER = "every_other"
"""The value of `days` for training on every second day."""


def person(game: Game, line: Line) -> tuple[Game, Script]:
    """`person {…}`: the person, as JSON."""
    return evolve(game, person=documents.loads(line.rest, Person, "person")), ()


def on(game: Game, line: Line) -> tuple[Game, Script]:
    """`on 2026-11-21`: the current day; it cannot move back once the history has events."""
    day = language.day(line.rest)
    if day < game.on and game.history:
        raise InvalidInput(Fault("days do not run backwards", "on", "begin a new game"))
    return evolve(game, on=day), ()


def gap(game: Game, line: Line) -> tuple[Game, Script]:
    """`gap 10d`: a break of some days; shows its effect on the ladders trained last."""
    later = evolve(game, on=game.on + datetime.timedelta(days=language.span(line.rest)))
    return later, rendering.changed(game.standings, later.standings, game.last_trained)


def request(game: Game, line: Line) -> tuple[Game, Script]:
    """`request minutes=10 sessions=1 days=7 micro=2 goal=balance programme=ID`: the request.

    For training on every second day write `days=every_other`.
    """
    expect_only(
        line, ("minutes", "sessions", "days", "micro", "micro_minutes", "goal", "programme")
    )
    names = {"sessions": "sessions_per_day", "micro": "micro_sessions_per_day"}
    given: dict[str, object] = {}
    for name, value in line.values.items():
        if name == "days":
            given |= _days(value)
        else:
            is_id = name in {"goal", "programme"}
            given[names.get(name, name)] = value if is_id else language.whole(value, name)
    table = {**json.loads(documents.dumps(game.request)), **given}
    request = documents.loads(json.dumps(table), Request, "request")
    game.recommender.situation(game.person, game.history, request=request, on=game.on)
    return evolve(game, request=request), ()


def _days(value: str) -> dict[str, object]:
    if value == EVERY_OTHER:
        return {"every_other_day": True, "days_per_week": DAYS_A_WEEK}
    return {"every_other_day": False, "days_per_week": language.whole(value, "days")}


def start(game: Game, line: Line) -> tuple[Game, Script]:
    """`start EXERCISE …`: the exercises that the person has mastered and starts from."""
    stated = [game.recommender.knowledge.exercise(word).id for word in line.words]
    mastered = game.person.facts.get("mastered")
    mastered_before = sorted(mastered) if isinstance(mastered, frozenset) else []
    facts = game.person.facts.updated({"mastered": frozenset([*mastered_before, *stated])})
    return evolve(game, person=evolve(game.person, facts=facts)), ()
