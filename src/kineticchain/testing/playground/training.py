"""Commands that record sessions and reports of the morning after."""

import datetime
from collections.abc import Mapping
from typing import Any

from attrs import evolve

from kineticchain.domain.anatomy import Side
from kineticchain.domain.person import ExerciseLog, MorningAfter, SessionLog
from kineticchain.errors import Fault, InvalidInput
from kineticchain.progression import Standing
from kineticchain.testing.playground import language, rendering
from kineticchain.testing.playground.language import Line, expect_only
from kineticchain.testing.playground.state import ONE_DAY, Game, Script

_RECORDED = ("done", "pain", "effort", "form", "touches", "hold", "skipped", "instead")


def session(game: Game, line: Line) -> tuple[Game, Script]:
    """`session [DAY] EXERCISE [SIDE] done=3x12 pain=2 effort=4 form=ok touches=0 hold=15`.

    Without `done` the prescribed dose is recorded; `done=nothing` records no dose. Further values
    are `skipped=WHY` and `instead=EXERCISE`.
    """
    after, done, side = _with_session(game, line)
    return after, rendering.told(after.standings, done, side, game.recommender.knowledge)


def _with_session(game: Game, line: Line) -> tuple[Game, str, Side]:
    """Return the game after the session of a line, the exercise that was done, and its side."""
    expect_only(line, _RECORDED)
    day, words = _dated(line, game)
    if not 1 <= len(words) <= 2:  # noqa: PLR2004 - an exercise, perhaps a side
        remedy = "write session single_leg_balance right pain=2"
        raise InvalidInput(Fault("a session of no exercise", "session", remedy))
    exercise = game.recommender.knowledge.exercise(words[0])
    side = language.side(words[1]) if len(words) > 1 else Side.BOTH
    before = game if day <= game.on else evolve(game, on=day)
    log = _log(exercise.id, side, line.values, before.standings, game)
    after = game.with_events(SessionLog(on=day, slot=_next_slot(game, day), lines=[log]))
    return after, log.substituted_by or exercise.id, side


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
    first_dose = game.recommender.knowledge.ladder_index.steps[instead or exercise][0].dose
    doses = [
        standing.dose
        for standing in standings
        if standing.exercise == (instead or exercise)
        and standing.side.meets(side)
        and standing.dose is not None
    ]
    prescribed = min(doses, key=lambda dose: dose.volume) if doses else first_dose
    done = values.get("done", "")
    numbers: dict[str, Any] = {
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
        done=None if done == "nothing" else language.dose(done, first_dose) if done else prescribed,
        form_ok=language.flag(values["form"]) if "form" in values else None,
        skipped=values.get("skipped"),
        substituted_by=instead,
        **numbers,
    )


def _next_slot(game: Game, day: datetime.date) -> int:
    return 1 + max(
        (session.slot for session in game.history.sessions if session.on == day), default=0
    )


def _dated(line: Line, game: Game) -> tuple[datetime.date, tuple[str, ...]]:
    """Return the day that a line names, or else the current day, and the remaining words."""
    if line.words and language.is_day(line.words[0]):
        return language.day(line.words[0]), line.words[1:]
    return game.on, line.words


def morning(game: Game, line: Line) -> tuple[Game, Script]:
    """`morning [DAY] pain=+1 [REGION] [SIDE]`: the change of pain on the next morning.

    Without a day it is the morning after the last session, or today if that is later.
    """
    after, trained = _with_morning(game, line)
    return after, rendering.heard(after.standings, trained)


def _with_morning(game: Game, line: Line) -> tuple[Game, frozenset[str]]:
    """Return the game with the report of a morning, and the ladders that the report is about."""
    expect_only(line, ("pain",))
    if "pain" not in line.values:
        raise InvalidInput(Fault("how much it changed is missing", "morning", "write pain=+1"))
    day, words = _dated(line, game)
    if not (line.words and language.is_day(line.words[0])) and game.history.sessions:
        day = max(game.on, game.history.sessions[-1].on + ONE_DAY)
    region = language.region(words[0]) if words else None
    side = language.side(words[1]) if len(words) > 1 else Side.BOTH
    change = language.whole(line.values["pain"], "pain")
    trained = evolve(game, on=day).last_trained
    report = MorningAfter(on=day, change=change, region=region, side=side)
    return game.with_events(report), trained


def train(game: Game, line: Line) -> tuple[Game, Script]:
    """`train 3w every=2d EXERCISE [SIDE] morning=0 pain=1 …`: repeated equal sessions.

    Each session is followed by its next morning, without a change of pain unless stated. Only
    changes of position are shown.
    """
    expect_only(line, ("every", "morning", *_RECORDED))
    if len(line.words) < 2:  # noqa: PLR2004 - a span and an exercise
        raise InvalidInput(Fault("for how long, and what", "train", "write train 3w EXERCISE"))
    values = dict(line.values)
    every = language.span(values.pop("every", "2d"))
    change = values.pop("morning", "+0")
    lines: list[str] = []
    end = game.on + datetime.timedelta(days=language.span(line.words[0]))
    while game.on < end:
        day, before = game.on, game.standings
        game, *_ = _with_session(game, Line("session", line.words[1:], values))
        if change != "unknown":
            game, _ = _with_morning(game, Line("morning", (str(day + ONE_DAY),), {"pain": change}))
        changes = rendering.moved(before, game.standings, game.last_trained)
        lines += [f"{game.on} {change}" for change in changes]
        game = evolve(game, on=day + datetime.timedelta(days=max(1, every)))
    return game, tuple(lines)
