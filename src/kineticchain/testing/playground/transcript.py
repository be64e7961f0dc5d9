"""Scripts and what they tell: a transcript can be read back as its own script."""

from collections.abc import Iterable, Iterator

from kineticchain.errors import KineticChainError
from kineticchain.testing.playground.state import Game
from kineticchain.testing.playground.turn import play

MARK = "> "
"""What a line of the script begins with in a transcript."""

MAX_LINES = 10_000


def lines_of(text: str) -> list[str]:
    """The lines of a script; of a transcript, those that begin with its mark, and remarks."""
    lines = text.splitlines()[:MAX_LINES]
    if any(line.startswith(MARK) for line in lines):
        return [line.removeprefix(MARK) for line in lines if line.startswith((MARK, "#"))]
    return lines


def played(game: Game, lines: Iterable[str]) -> Iterator[str]:
    """The transcript of a script, line by line; a bad line tells what is wrong with it."""
    for line in lines:
        if not line.strip() or line.startswith("#"):
            yield line
            continue
        yield f"{MARK}{line}"
        try:
            game, told = play(game, line)
        except KineticChainError as error:
            told = tuple(f"! {part}" for part in str(error).splitlines())
        yield from (f"  {one}" for one in told)


def replayed_transcript(game: Game, text: str) -> str:
    """The transcript of a script or of a transcript, played anew."""
    return "\n".join(line.rstrip() for line in played(game, lines_of(text))) + "\n"
