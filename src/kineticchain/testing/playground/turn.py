"""Execution of single lines of the playground."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from attrs import frozen

from kineticchain.errors import Fault, InvalidInput
from kineticchain.testing.playground import findings, living, questions, setting, training
from kineticchain.testing.playground.language import Line, expect_shape, read_line
from kineticchain.testing.playground.state import Game, Script


def play(game: Game, text: str) -> tuple[Game, Script]:
    """Execute one line.

    Args:
        game: the state before the line.
        text: the line; empty lines and comments have no effect.

    Returns:
        The state after the line, and the output.

    Raises:
        KineticChainError: if the line is invalid, for example `InvalidInput` or `UnknownName`.

    """
    if not text.strip() or text.lstrip().startswith("#"):
        return game, ()
    line = read_line(text, COMMANDS)
    command = COMMANDS[line.command]
    if command.most is not None:
        expect_shape(line, command.least, command.most, command.values)
    try:
        return command.play(game, line)
    except OverflowError:
        fault = Fault("that lies outside of all calendars", line.command, "give earlier days")
        raise InvalidInput(fault) from None


def _help(game: Game, _: Line) -> tuple[Game, Script]:
    """`help`: the list of commands."""
    return game, tuple(help_text())


Play: TypeAlias = Callable[[Game, Line], tuple[Game, Script]]


@frozen
class Command:
    """A command of the playground; the docstring of its function is the help text.

    Attributes:
        play: the function that executes the command.
        least: the smallest number of words.
        most: the largest number of words; None if the command checks its words itself.
        values: True if the command takes values.

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
    "live": Command(living.live, 1, 2),
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
"""The commands by their first word."""


def help_text() -> Iterator[str]:
    """Yield the help text of each command on one line."""
    for command in COMMANDS.values():
        yield " ".join((command.play.__doc__ or "").split())
