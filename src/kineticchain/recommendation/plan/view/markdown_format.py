"""A sheet as Markdown."""

import re
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

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~])")


def plain(text: str) -> str:
    """Return text on one line, with Markdown characters escaped: no text becomes markup."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def sheet_markdown(sheet: Sheet) -> str:
    """Return a sheet as Markdown.

    Args:
        sheet: The sheet.
    """
    return "\n\n".join("\n".join(_lines(block, sheet)) for block in sheet.blocks) + "\n"


def _lines(block: Block, sheet: Sheet) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * block.level} {plain(block.text)}"
        case Paragraph():
            lead = f"**{plain(block.lead)}** " if block.lead else ""
            yield lead + (f"**{plain(block.text)}**" if block.is_alarm else plain(block.text))
        case Bullets():
            for number, point in enumerate(block.points, 1):
                yield f"{number}. {plain(point)}" if block.ordered else f"- {plain(point)}"
        case Table():
            yield f"| {' | '.join(map(plain, block.heads))} |"
            yield f"| {' | '.join('---' for _ in block.heads)} |"
            yield from (f"| {' | '.join(map(plain, row))} |" for row in block.rows)
        case Details():
            yield f"{'#' * block.level} {plain(block.summary)}"
            for inner in block.blocks:
                yield ""
                yield from _lines(inner, sheet)
        case ExerciseCard():
            yield from _card_lines(block, sheet)
        case WeekTable():
            yield f"| | {' | '.join(map(plain, block.days))} |"
            yield f"| --- |{' --- |' * len(block.days)}"
            for title, due in block.rows:
                boxes = " | ".join("☐" if is_due else "" for is_due in due)
                yield f"| {plain(title)} | {boxes} |"


def _card_lines(card: ExerciseCard, sheet: Sheet) -> Iterator[str]:
    yield f"### {card.number}. {plain(card.title)}"
    yield ""
    yield f"**{plain(', '.join(card.amounts))}**"
    if card.steps:
        yield ""
    yield from (f"{number}. {plain(step)}" for number, step in enumerate(card.steps, 1))
    if card.cue:
        yield ""
        yield f"*{plain(card.cue)}*"
    for caution in card.cautions:
        yield ""
        yield f"**{plain(sheet.label('caution'))}** {plain(caution)}"
