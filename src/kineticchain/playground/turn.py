"""A line of the playground, and what comes of it."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from kineticchain.errors import Fault, InvalidInput
from kineticchain.playground import findings, questions, setting, training
from kineticchain.playground.game import Game, Lines
from kineticchain.playground.language import Line, expect_shape, read_line


def play(game: Game, text: str) -> tuple[Game, Lines]:
    """The game after a line, and what it tells. Raises an error of ours for a bad line."""
    if not text.strip() or text.lstrip().startswith("#"):
        return game, ()
    line = read_line(text, COMMANDS)
    if line.command in SHAPES:
        expect_shape(line, *SHAPES[line.command])
    try:
        return COMMANDS[line.command](game, line)
    except OverflowError:
        far = Fault("that lies outside of all calendars", line.command, "give earlier days")
        raise InvalidInput(far) from None


def _help(game: Game, _: Line) -> tuple[Game, Lines]:
    """`help`: what there is to say."""
    return game, tuple(help_text())


Play: TypeAlias = Callable[[Game, Line], tuple[Game, Lines]]
COMMANDS: Mapping[str, Play] = {
    "person": setting.person,
    "on": setting.on,
    "request": setting.request,
    "start": setting.start,
    "session": training.session,
    "morning": training.morning,
    "train": training.train,
    "gap": setting.gap,
    "pain": findings.pain,
    "finding": findings.finding,
    "fall": findings.fall,
    "plan": questions.plan,
    "issue": questions.issue,
    "standing": questions.standing,
    "why": questions.why,
    "why_not": questions.why_not,
    "preview": questions.preview,
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
