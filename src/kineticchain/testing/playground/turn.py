"""A line of the playground, and what comes of it."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from attrs import frozen

from kineticchain.errors import Fault, InvalidInput
from kineticchain.testing.playground import findings, questions, setting, training
from kineticchain.testing.playground.language import Line, expect_shape, read_line
from kineticchain.testing.playground.state import Game, Script


def play(game: Game, text: str) -> tuple[Game, Script]:
    """The game after a line, and what it tells. Raises an error of ours for a bad line."""
    if not text.strip() or text.lstrip().startswith("#"):
        return game, ()
    line = read_line(text, COMMANDS)
    command = COMMANDS[line.command]
    if command.most is not None:
        expect_shape(line, command.least, command.most, command.values)
    try:
        return command.play(game, line)
    except OverflowError:
        far = Fault("that lies outside of all calendars", line.command, "give earlier days")
        raise InvalidInput(far) from None


def _help(game: Game, _: Line) -> tuple[Game, Script]:
    """`help`: what there is to say."""
    return game, tuple(help_text())


Play: TypeAlias = Callable[[Game, Line], tuple[Game, Script]]


@frozen
class Command:
    """What a line does, how many plain words it takes, and whether it takes values.

    Where `most` is None the command counts its words by itself.
    """

    play: Play
    least: int = 0
    most: int | None = 0
    values: bool = False


COMMANDS: Mapping[str, Command] = {
    "person": Command(setting.person, most=None),
    "on": Command(setting.on, 1, 1),
    "request": Command(setting.request, values=True),
    "start": Command(setting.start, 1, 20),
    "session": Command(training.session, most=None),
    "morning": Command(training.morning, most=None),
    "train": Command(training.train, most=None),
    "gap": Command(setting.gap, 1, 1),
    "pain": Command(findings.pain, most=None),
    "finding": Command(findings.finding, values=True),
    "fall": Command(findings.fall),
    "plan": Command(questions.plan, 0, 1),
    "issue": Command(questions.issue),
    "standing": Command(questions.standing, 1, 1),
    "why": Command(questions.why, 1, 1),
    "why_not": Command(questions.why_not, 1, 1),
    "preview": Command(questions.preview, 1, 1),
    "help": Command(_help),
}
"""What a line can begin with."""


def help_text() -> Iterator[str]:
    """What each command says and does, a line each."""
    for command in COMMANDS.values():
        yield " ".join((command.play.__doc__ or "").split())
