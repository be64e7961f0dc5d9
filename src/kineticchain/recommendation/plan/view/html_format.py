"""A sheet as HTML: a fragment, or a page that needs no network and no script."""

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from types import MappingProxyType

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

STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #ffffff; --soft: #f2f5f7;
  --line: #c7d0d8; --accent: #0b5c63; --alarm: #8f1d12; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8ecef; --paper: #14181c; --soft: #1f252b; --line: #46525d;
    --accent: #7fd0d6; --alarm: #ffb4a8; } }
* { box-sizing: border-box; }
body { margin: 0; overflow-wrap: anywhere; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.5 system-ui, sans-serif; }
main { max-width: 42rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.6rem; margin: 0 0 .5rem; }
h2 { font-size: 1.2rem; margin: 1.5rem 0 .5rem; color: var(--accent); }
h3 { font-size: 1.1rem; margin: 0 0 .25rem; }
p { margin: .5rem 0; }
ol, ul { margin: .25rem 0; padding-left: 1.4rem; }
.exercise { background: var(--soft); border-left: .25rem solid var(--accent);
  border-radius: .25rem; padding: .75rem; margin: .75rem 0; break-inside: avoid; }
.picture svg { display: block; max-width: 100%; height: auto; margin: .5rem 0; }
.amounts { font-weight: 600; }
.caution { border-left: .25rem solid var(--alarm); padding-left: .5rem; }
.caution strong, .alarm { color: var(--alarm); }
.alarm { font-weight: 700; font-size: 1.15rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { border: 1px solid var(--line); padding: .3rem; text-align: center; }
th[scope=col] { white-space: nowrap; }
th[scope=row] { text-align: left; font-weight: 400; }
details { border-top: 1px solid var(--line); padding: .4rem 0; }
summary { font-weight: 600; cursor: pointer; }
input { width: 1.1rem; height: 1.1rem; }
@media print { body { font: 9.5pt/1.35 system-ui, sans-serif; }
  main { max-width: none; padding: 0; } p { margin: .25rem 0; }
  h2 { margin: .6rem 0 .3rem; break-after: avoid; } ul { break-inside: avoid; }
  .exercise { background: none; display: flow-root; padding: .25rem .6rem; margin: .4rem 0; }
  .picture { float: right; max-width: 45%; margin-left: .75rem; }
  .picture svg { max-height: 32mm; width: auto; margin: 0 0 0 auto; }
  @page { size: A4; margin: 12mm; } }
""".strip()
"""The style of a page: light and dark, from 360 px on, and printed on A4."""


def sheet_page(sheet: Sheet, pictures: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return a whole page.

    Args:
        sheet: The sheet.
        pictures: The pictures of exercises by their ids, as SVG, for the first card of each.
    """
    return (
        f'<!doctype html>\n<html lang="{escape(sheet.language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(sheet.title)}</title>\n<style>\n{STYLE}\n</style>\n</head>\n"
        f"<body>\n<main>\n{sheet_fragment(sheet, pictures)}\n</main>\n</body>\n</html>\n"
    )


def sheet_fragment(sheet: Sheet, pictures: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return the blocks of a sheet, for a page that has a style of its own.

    Args:
        sheet: The sheet.
        pictures: The pictures of exercises by their ids, as SVG, for the first card of each.
    """
    return "\n".join(line for block in sheet.blocks for line in _lines(block, sheet, pictures))


def _lines(block: Block, sheet: Sheet, pictures: Mapping[str, str]) -> Iterator[str]:
    match block:
        case Heading():
            yield f"<h{block.level}>{escape(block.text)}</h{block.level}>"
        case Paragraph():
            kind = ' class="alarm" role="alert"' if block.is_alarm else ""
            lead = f"<strong>{escape(block.lead)}</strong> " if block.lead else ""
            yield f"<p{kind}>{lead}{escape(block.text)}</p>"
        case Bullets():
            yield from _list_lines(block.points, "ol" if block.ordered else "ul")
        case Table():
            yield from _table_lines(block)
        case Details():
            yield f"<details><summary>{escape(block.summary)}</summary>"
            for inner in block.blocks:
                yield from _lines(inner, sheet, pictures)
            yield "</details>"
        case ExerciseCard():
            yield from _card_lines(block, sheet, pictures)
        case WeekTable():
            yield from _week_lines(block)


def _card_lines(card: ExerciseCard, sheet: Sheet, pictures: Mapping[str, str]) -> Iterator[str]:
    yield '<section class="exercise">'
    yield f"<h3>{card.number}. {escape(card.title)}</h3>"
    yield f'<p class="amounts">{escape(", ".join(card.amounts))}</p>'
    if card.steps and card.exercise in pictures:
        yield f'<div class="picture">{pictures[card.exercise]}</div>'
    if card.steps:
        yield from _list_lines(card.steps, "ol")
    if card.cue:
        yield f"<p><em>{escape(card.cue)}</em></p>"
    for caution in card.cautions:
        label = escape(sheet.label("caution"))
        yield f'<p class="caution"><strong>{label}</strong> {escape(caution)}</p>'
    yield "</section>"


def _list_lines(points: Iterable[str], kind: str) -> Iterator[str]:
    yield f"<{kind}>"
    yield from (f"<li>{escape(point)}</li>" for point in points)
    yield f"</{kind}>"


def _table_lines(table: Table) -> Iterator[str]:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in table.heads)
    rows = ((head, [f"<td>{escape(cell)}</td>" for cell in cells]) for head, *cells in table.rows)
    yield from _grid_lines(heads, rows)


def _week_lines(week: WeekTable) -> Iterator[str]:
    heads = "".join(f'<th scope="col">{escape(day)}</th>' for day in week.days)
    rows = (
        (
            title,
            (_box(title, day, is_due=is_due) for day, is_due in zip(week.days, due, strict=True)),
        )
        for title, due in week.rows
    )
    yield from _grid_lines(f"<td></td>{heads}", rows)


def _box(title: str, day: str, *, is_due: bool) -> str:
    label = f"{escape(title)}, {escape(day)}"
    return f'<td><input type="checkbox" aria-label="{label}"></td>' if is_due else "<td></td>"


def _grid_lines(heads: str, rows: Iterable[tuple[str, Iterable[str]]]) -> Iterator[str]:
    """Yield a table that scrolls sideways: its heads, and for each row its head and its cells."""
    yield '<div class="scroll" tabindex="0">'
    yield "<table>"
    yield f"<thead><tr>{heads}</tr></thead>"
    yield "<tbody>"
    for head, cells in rows:
        yield f'<tr><th scope="row">{escape(head)}</th>{"".join(cells)}</tr>'
    yield "</tbody>"
    yield "</table>"
    yield "</div>"
