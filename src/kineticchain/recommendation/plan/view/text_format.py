"""A sheet as plain text, in lines that fit a phone."""

from collections.abc import Iterator

from kineticchain.recommendation.plan.view.sheet import (
    Block,
    Bullets,
    ExerciseCard,
    Heading,
    Paragraph,
    Sheet,
    WeekTable,
)

WIDTH = 56
MIN_WIDTH = 20


def sheet_text(sheet: Sheet, width: int = WIDTH, *, steps: bool = False) -> str:
    """Return a sheet as text. The week to tick off is left out.

    Args:
        sheet: The sheet.
        width: The largest number of characters of a line, from 20.
        steps: True to say how each exercise is done; else its cue and its cautions stand alone.
    """
    lines: list[str] = []
    before: Block | None = None
    for block in sheet.blocks:
        if isinstance(block, WeekTable):
            continue
        if before is not None and isinstance(block, Heading) and not isinstance(before, Heading):
            lines.append("")
        lines += _lines(block, sheet, width, steps=steps)
        before = block
    return "\n".join(lines)


def _lines(block: Block, sheet: Sheet, width: int, *, steps: bool) -> Iterator[str]:
    match block:
        case Heading() | Paragraph():
            yield from _wrapped(block.text, width)
        case Bullets():
            for point in block.points:
                yield from _wrapped(point, width, "- ")
        case ExerciseCard():
            yield from _card_lines(block, sheet, width, steps=steps)


def _card_lines(card: ExerciseCard, sheet: Sheet, width: int, *, steps: bool) -> Iterator[str]:
    number = f"{card.number}. "
    indent = " " * len(number)
    yield from _wrapped(f"{card.title}: {', '.join(card.amounts)}", width, number)
    how = (*card.steps, card.cue) if steps else (card.cue,)
    yield from _wrapped(" ".join(how).strip(), width, indent)
    for caution in card.cautions:
        yield from _wrapped(f"{sheet.label('caution')} {caution}", width, indent)


def _wrapped(text: str, width: int, start: str = "") -> list[str]:
    """Return the lines of a text; `start` precedes the first line and indents the others."""
    import textwrap  # noqa: PLC0415 - plans are made without it

    return textwrap.wrap(
        text,
        width,
        initial_indent=start,
        subsequent_indent=" " * len(start),
        break_long_words=False,
        break_on_hyphens=False,
    )
