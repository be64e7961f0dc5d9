"""A sheet as plain text, in lines that fit a phone."""

from collections.abc import Iterator

from kineticchain.recommendation.plan.view.sheet import (
    Block,
    Bullets,
    Details,
    ExerciseCard,
    Heading,
    Paragraph,
    Sheet,
    Table,
    WeekTable,
)

WIDTH = 56
MIN_WIDTH = 20


def sheet_text(sheet: Sheet, width: int = WIDTH, *, steps: bool = False) -> str:
    """Return a sheet as text. The week to tick off is left out.

    Args:
        sheet: The sheet.
        width: The largest number of characters of a line, from 20.
        steps: True to include the steps of each exercise, besides its cue and its cautions.
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
        case Heading():
            yield from _wrapped(block.text, width)
        case Paragraph():
            yield from _wrapped(f"{block.lead} {block.text}".strip(), width)
        case Bullets():
            for number, point in enumerate(block.points, 1):
                yield from _wrapped(point, width, f"{number}. " if block.ordered else "- ")
        case Table():
            for row in block.rows:
                yield from _wrapped(", ".join(cell for cell in row if cell), width, "- ")
        case Details():
            yield from _wrapped(block.summary, width)
            for inner in block.blocks:
                yield from _lines(inner, sheet, width, steps=steps)
        case ExerciseCard():
            yield from _card_lines(block, sheet, width, steps=steps)


def _card_lines(card: ExerciseCard, sheet: Sheet, width: int, *, steps: bool) -> Iterator[str]:
    number = f"{card.number}. "
    indent = " " * len(number)
    yield from _wrapped(f"{card.title}: {', '.join(card.amounts)}", width, number)
    instructions = (*card.steps, card.cue) if steps else (card.cue,)
    yield from _wrapped(" ".join(instructions).strip(), width, indent)
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
