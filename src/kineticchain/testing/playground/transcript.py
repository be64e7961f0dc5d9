"""Scripts and transcripts; a transcript can be replayed as a script."""

from collections.abc import Iterable, Iterator

from kineticchain.errors import KineticChainError
from kineticchain.testing.playground.state import Game
from kineticchain.testing.playground.turn import play

MARK = "> "
"""The prefix of script lines in a transcript."""

MAX_LINES = 10_000
"""The largest number of lines that are read; further lines are ignored."""


def lines_of(text: str) -> list[str]:
    """Return the lines of a script, or the script lines and comments of a transcript."""
    lines = text.splitlines()[:MAX_LINES]
    if any(line.startswith(MARK) for line in lines):
        return [line.removeprefix(MARK) for line in lines if line.startswith((MARK, "#"))]
    return lines


def played(game: Game, lines: Iterable[str]) -> Iterator[str]:
    """Play a script and yield its transcript line by line; an invalid line yields its errors.

    Args:
        game: the state at the start.
        lines: the lines of the script.

    """
    for line in lines:
        if not line.strip() or line.startswith("#"):
            yield line
            continue
        yield f"{MARK}{line}"
        try:
            game, output = play(game, line)
        except KineticChainError as error:
            output = tuple(f"! {part}" for part in str(error).splitlines())
        yield from (f"  {part}" for part in output)


def replayed_transcript(game: Game, text: str) -> str:
    """Play a script or replay a transcript, and return the new transcript.

    Args:
        game: the state at the start.
        text: the text of the script or transcript.

    """
    return "\n".join(line.rstrip() for line in played(game, lines_of(text))) + "\n"
