"""A person's life in the playground: each line changes it, or tells something of it."""

import datetime
import json
from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from attrs import evolve, field, frozen

from kineticchain.anatomy import Side
from kineticchain.errors import Fault, InvalidInput
from kineticchain.interop import json as documents
from kineticchain.person import (
    Complaint,
    Event,
    ExerciseLog,
    Finding,
    History,
    MorningAfter,
    Person,
    Request,
    SessionLog,
)
from kineticchain.person.screening import CLEAR, UNASKED
from kineticchain.playground import language, telling
from kineticchain.playground.language import Line, expect_only, expect_shape, read_line
from kineticchain.progression import Standing
from kineticchain.recommendation import Recommender

ONE_DAY = datetime.timedelta(days=1)
Lines: TypeAlias = tuple[str, ...]


@frozen(kw_only=True)
class Game:
    """Whom it is about, what happened, and the day it is. Every line gives a new one."""

    recommender: Recommender
    person: Person
    on: datetime.date
    request: Request = field(factory=Request)
    history: History = field(factory=History)

    def play(self, text: str) -> "tuple[Game, Lines]":
        """The game after a line, and what it tells. Raises an error of ours for a bad line."""
        if not text.strip() or text.lstrip().startswith("#"):
            return self, ()
        line = read_line(text, COMMANDS)
        if line.command in SHAPES:
            expect_shape(line, *SHAPES[line.command])
        try:
            return COMMANDS[line.command](self, line)
        except OverflowError:
            far = Fault("that lies outside of all calendars", line.command, "give earlier days")
            raise InvalidInput(far) from None

    @property
    def standings(self) -> tuple[Standing, ...]:
        """Where the person stands on the day."""
        return self.recommender.assess(
            self.person, self.history, request=self.request, on=self.on
        ).standings

    def with_events(self, *events: Event) -> "Game":
        """The game once more has happened; the day is that of the last event, if that is later."""
        latest = max([self.on, *(event.on for event in events)])
        return evolve(self, history=self.history.with_events(*events), on=latest)


def _person(game: Game, line: Line) -> tuple[Game, Lines]:
    """`person {…}`: who it is, as JSON."""
    return evolve(game, person=documents.loads(line.rest, Person, "person")), ()


def _on(game: Game, line: Line) -> tuple[Game, Lines]:
    """`on 2026-11-21`: the day it is; never earlier than before."""
    day = language.day(line.rest)
    if day < game.on and game.history:
        raise InvalidInput(Fault("days do not run backwards", "on", "begin a new game"))
    return evolve(game, on=day), ()


def _gap(game: Game, line: Line) -> tuple[Game, Lines]:
    """`gap 10d`: so many days pass, and nothing is done; what a break does is told."""
    later = evolve(game, on=game.on + datetime.timedelta(days=language.span(line.rest)))
    return later, telling.changed(game.standings, later.standings, trained_on(game))


def _request(game: Game, line: Line) -> tuple[Game, Lines]:
    """`request minutes=10 sessions=1 days=7 goal=balance`: what is asked for."""
    expect_only(line, ("minutes", "sessions", "days", "goal"))
    names = {"sessions": "sessions_per_day", "days": "days_per_week"}
    given: dict[str, object] = {
        names.get(name, name): value if name == "goal" else language.whole(value, name)
        for name, value in line.values.items()
    }
    table = {**json.loads(documents.dumps(game.request)), **given}
    request = documents.loads(json.dumps(table), Request, "request")
    game.recommender.situation(game.person, game.history, request=request, on=game.on)
    return evolve(game, request=request), ()


_NOTED = ("done", "pain", "effort", "form", "touches", "hold", "skipped", "instead")


def _session(game: Game, line: Line) -> tuple[Game, Lines]:
    """`session [DAY] EXERCISE [SIDE] done=3x12 pain=2 effort=4 form=ok touches=0 hold=15`.

    What is not said of the dose is taken to be the dose asked for; `done=nothing` says that
    none was noted. `skipped=WHY` and `instead=EXERCISE` are there, too.
    """
    expect_only(line, _NOTED)
    day, words = _dated(line, game)
    if not 1 <= len(words) <= 2:  # noqa: PLR2004 - an exercise, perhaps a side
        remedy = "write session single_leg_balance right pain=2"
        raise InvalidInput(Fault("a session of no exercise", "session", remedy))
    exercise = game.recommender.knowledge.exercise(words[0])
    side = language.side(words[1]) if len(words) > 1 else Side.BOTH
    before = evolve(game, on=max(day, game.on)).standings
    log = _log(exercise.id, side, line.values, before, game)
    after = game.with_events(SessionLog(on=day, slot=_next_slot(game, day), lines=[log]))
    done = log.substituted_by or exercise.id
    return after, telling.told(after.standings, done, side, game.recommender.knowledge)


def _log(
    exercise: str,
    side: Side,
    values: Mapping[str, str],
    standings: tuple[Standing, ...],
    game: Game,
) -> ExerciseLog:
    instead = values.get("instead")
    if instead is not None:
        game.recommender.knowledge.exercise(instead)
    like = game.recommender.knowledge.ladderbook.steps[instead or exercise][0].dose
    doses = [
        one.dose
        for one in standings
        if one.exercise == (instead or exercise) and one.side.meets(side) and one.dose is not None
    ]
    asked = min(doses, key=lambda one: one.volume) if doses else like
    done = values.get("done", "")
    numbers = {
        name: language.whole(values[word], word)
        for word, name in (
            ("pain", "pain"),
            ("effort", "effort"),
            ("touches", "touches"),
            ("hold", "best_hold_s"),
        )
        if word in values
    }
    return ExerciseLog(
        exercise,
        side,
        done=None if done == "nothing" else language.dose(done, like) if done else asked,
        form_ok=language.flag(values["form"]) if "form" in values else None,
        skipped=values.get("skipped"),
        substituted_by=instead,
        **numbers,
    )


def _next_slot(game: Game, day: datetime.date) -> int:
    return 1 + max((one.slot for one in game.history.sessions if one.on == day), default=0)


def _dated(line: Line, game: Game) -> tuple[datetime.date, tuple[str, ...]]:
    """The day that a line names, else the day it is; and its other words."""
    if line.words and language.is_day(line.words[0]):
        return language.day(line.words[0]), line.words[1:]
    return game.on, line.words


def _morning(game: Game, line: Line) -> tuple[Game, Lines]:
    """`morning [DAY] pain=+1 [REGION] [SIDE]`: the change of pain on the morning after.

    Without a day it is the morning after the last session.
    """
    expect_only(line, ("pain",))
    if "pain" not in line.values:
        raise InvalidInput(Fault("how much it changed is missing", "morning", "write pain=+1"))
    day, words = _dated(line, game)
    if not (line.words and language.is_day(line.words[0])) and game.history.sessions:
        day = max(game.on, game.history.sessions[-1].on + ONE_DAY)
    region = language.region(words[0]) if words else None
    side = language.side(words[1]) if len(words) > 1 else Side.BOTH
    change = language.whole(line.values["pain"], "pain")
    heard = trained_on(evolve(game, on=day))
    after = game.with_events(MorningAfter(on=day, change=change, region=region, side=side))
    return after, telling.heard(after.standings, heard)


def trained_on(game: Game) -> frozenset[str]:
    """The exercises of the last training day."""
    sessions = [one for one in game.history.sessions if one.on <= game.on]
    last = [one for one in sessions if one.on == sessions[-1].on]
    lines = [line for session in last for line in session.lines if line.skipped is None]
    ladders = game.recommender.knowledge.ladderbook.rung_of
    return frozenset(ladders[line.substituted_by or line.exercise][0].id for line in lines)


def _train(game: Game, line: Line) -> tuple[Game, Lines]:
    """`train 3w every=2d EXERCISE [SIDE] morning=0 pain=1 …`: the same, again and again.

    Each session is followed by its next morning, quiet unless said otherwise. Only what
    moves is told.
    """
    expect_only(line, ("every", "morning", *_NOTED))
    if len(line.words) < 2:  # noqa: PLR2004 - a span and an exercise
        raise InvalidInput(Fault("for how long, and what", "train", "write train 3w EXERCISE"))
    values = dict(line.values)
    every = language.span(values.pop("every", "2d"))
    change = values.pop("morning", "+0")
    told: list[str] = []
    end = game.on + datetime.timedelta(days=language.span(line.words[0]))
    while game.on < end:
        day, before = game.on, game.standings
        game, _ = _session(game, Line("session", line.words[1:], values))
        if change != "unknown":
            game, _ = _morning(game, Line("morning", (str(day + ONE_DAY),), {"pain": change}))
        news = telling.moved(before, game.standings, trained_on(game))
        told += [f"{game.on} {one}" for one in news]
        game = evolve(game, on=day + datetime.timedelta(days=max(1, every)))
    return game, tuple(told)


def _fall(game: Game, _: Line) -> tuple[Game, Lines]:
    """`fall`: the person fell."""
    return _found(game, Finding(on=game.on, facts={"fall_last_12m": True}))


def _finding(game: Game, line: Line) -> tuple[Game, Lines]:
    """`finding NAME=VALUE …`: facts that have changed; `screening=clear` asks all anew."""
    if not line.values:
        raise InvalidInput(Fault("what was found", "finding", "write finding NAME=VALUE"))
    facts = {name: language.fact_value(value) for name, value in line.values.items()}
    screening = facts.pop("screening", None)
    if screening not in {None, "clear"}:
        raise InvalidInput(Fault("a screening can be `clear` here", "finding"))
    asked = CLEAR if screening else UNASKED
    return _found(game, Finding(on=game.on, facts=facts, screening=asked))


def _pain(game: Game, line: Line) -> tuple[Game, Lines]:
    """`pain REGION [SIDE] 3`: how much it hurts today."""
    if not 2 <= len(line.words) <= 3:  # noqa: PLR2004 - a region, perhaps a side, a number
        raise InvalidInput(Fault("where, and how much", "pain", "write pain heel right 3"))
    side = language.side(line.words[1]) if len(line.words) > 2 else Side.BOTH  # noqa: PLR2004
    pain = language.whole(line.words[-1], "pain")
    told = Complaint(language.region(line.words[0]), side=side, pain=pain)
    return _found(game, Finding(on=game.on, complaints=[told]))


def _found(game: Game, finding: Finding) -> tuple[Game, Lines]:
    """The game after a finding, and what it leads to."""
    slot = 1 + max((one.slot for one in game.history.findings if one.on == game.on), default=0)
    after = game.with_events(evolve(finding, slot=slot))
    plan = after.recommender.recommend(
        after.person, after.history, request=after.request, on=after.on
    )
    return after, telling.status(plan)


def _start(game: Game, line: Line) -> tuple[Game, Lines]:
    """`start EXERCISE …`: the person names these as mastered, and begins there."""
    named = [game.recommender.knowledge.exercise(word).id for word in line.words]
    known = game.person.facts.get("mastered")
    before = sorted(known) if isinstance(known, frozenset) else []
    facts = game.person.facts.updated({"mastered": frozenset([*before, *named])})
    return evolve(game, person=evolve(game.person, facts=facts)), ()


def _plan(game: Game, line: Line) -> tuple[Game, Lines]:
    """`plan`: today's plan in short; `plan whole`: all of its text."""
    plan = game.recommender.recommend(game.person, game.history, request=game.request, on=game.on)
    if line.rest not in {"", "whole"}:
        raise InvalidInput(Fault(f"`{line.rest}` means nothing here", "plan", "say plan whole"))
    return game, tuple(str(plan).splitlines()) if line.rest else telling.plan(plan)


def _issue(game: Game, _: Line) -> tuple[Game, Lines]:
    """`issue`: today's plan is handed out, and counts as what was asked for."""
    plan = game.recommender.recommend(game.person, game.history, request=game.request, on=game.on)
    return game.with_events(plan.issued(game.on)), telling.plan(plan)


def _standing(game: Game, line: Line) -> tuple[Game, Lines]:
    """`standing EXERCISE`: where the person stands on its ladder."""
    exercise = game.recommender.knowledge.exercise(line.rest)
    return game, telling.told(game.standings, exercise.id, Side.BOTH, game.recommender.knowledge)


def _why(game: Game, line: Line) -> tuple[Game, Lines]:
    """`why EXERCISE`: why it is in today's plan."""
    plan = game.recommender.recommend(game.person, game.history, request=game.request, on=game.on)
    return game, tuple(str(plan.why(line.rest)).splitlines())


def _why_not(game: Game, line: Line) -> tuple[Game, Lines]:
    """`why_not EXERCISE`: why it is not."""
    plan = game.recommender.recommend(game.person, game.history, request=game.request, on=game.on)
    return game, tuple(str(plan.why_not(line.rest)).splitlines())


def _preview(game: Game, line: Line) -> tuple[Game, Lines]:
    """`preview EXERCISE`: where each kind of outcome would lead."""
    found = game.recommender.preview(
        game.person, game.history, line.rest, request=game.request, on=game.on
    )
    return game, tuple(str(one) for one in found)


def _help(game: Game, _: Line) -> tuple[Game, Lines]:
    """`help`: what there is to say."""
    return game, tuple(help_text())


Play: TypeAlias = Callable[[Game, Line], tuple[Game, Lines]]
COMMANDS: Mapping[str, Play] = {
    "person": _person,
    "on": _on,
    "request": _request,
    "start": _start,
    "session": _session,
    "morning": _morning,
    "train": _train,
    "gap": _gap,
    "pain": _pain,
    "finding": _finding,
    "fall": _fall,
    "plan": _plan,
    "issue": _issue,
    "standing": _standing,
    "why": _why,
    "why_not": _why_not,
    "preview": _preview,
    "help": _help,
}
"""What a line can begin with."""

SHAPES: Mapping[str, tuple[int, int, bool]] = {
    "on": (1, 1, False),
    "request": (0, 0, True),
    "start": (1, 20, False),
    "gap": (1, 1, False),
    "finding": (0, 0, True),
    "fall": (0, 0, False),
    "plan": (0, 1, False),
    "issue": (0, 0, False),
    "standing": (1, 1, False),
    "why": (1, 1, False),
    "why_not": (1, 1, False),
    "preview": (1, 1, False),
    "help": (0, 0, False),
}
"""How many plain words a command takes at least and at most, and whether it takes values."""


def help_text() -> Iterator[str]:
    """What each command says and does, a line each."""
    for play in COMMANDS.values():
        yield " ".join((play.__doc__ or "").split())
