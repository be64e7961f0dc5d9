"""Diagrams of the transition table in SVG and Mermaid.

The state at the left is the current rung and dose. An arrow leads from it to the result of each
action; the most cautious action is at the top. Each arrow is labelled with the transitions that
request its action.
"""

from collections.abc import Iterable, Iterator
from html import escape

from kineticchain.progression import Action, Transition, Trigger

_ROW, _LINE, _TOP = 34, 17, 96
"""The least height of an action, the height of a line, and the top of the first action."""

_FROM, _TEXT, _TO, _BOX = 190, 232, 560, 270
"""The x positions where arrows start, labels start and results start, and the width of a result."""

LANDS: dict[Action, str] = {
    Action.STOP_AND_REFER: "one exercise easier, and see somebody",
    Action.RESTART_BASELINE: "the baseline, a little at a time",
    Action.REGRESS_VARIANT: "one exercise easier",
    Action.REDUCE_DOSE: "the same exercise, a smaller dose",
    Action.DELOAD: "an easy week",
    Action.MAINTAIN: "kept up: less often, the same load",
    Action.HOLD: "the same dose",
    Action.INCREASE_DOSE: "the next named dose",
    Action.ADVANCE_VARIANT: "the next exercise, at its first dose",
}
"""The result of each action, as text for people."""

_FILL = {True: "#fbe9e3", False: "#eef1f4"}
"""The fill of a result that is no step up, by whether the action steps down."""

_FILL_UP = "#e4f2e8"
_INK = {
    Trigger.AFTER_SESSION: "#1f2933",
    Trigger.AFTER_BREAK: "#1d4f91",
    Trigger.AFTER_CLEARANCE: "#7a3e9d",
}
_MOMENTS = {
    Trigger.AFTER_SESSION: "after a session or a next morning",
    Trigger.AFTER_BREAK: "on the return from a break",
    Trigger.AFTER_CLEARANCE: "when a clinician's result is told",
}


_OPENING = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 860 {height}" width="860" height="{height}" \
font-family="sans-serif" font-size="13">
<title>What leads where in a progression</title>
<rect width="860" height="{height}" fill="white"/>"""


def mermaid(transitions: Iterable[Transition]) -> str:
    """Return the transitions as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", '    state "at a rung and a dose" as place']
    for action, rows in _by_action(transitions):
        lines.append(f'    state "{LANDS[action]}" as {action}')
        lines += [f"    place --> {action}: {row.id}" for row in rows]
    return "\n".join(lines)


def svg(transitions: Iterable[Transition]) -> str:
    """Return the transitions as an SVG document."""
    groups = list(_by_action(transitions))
    heights = [max(_ROW + 6, _LINE * len(rows) + 14) for _, rows in groups]
    tops = [_TOP + sum(heights[:index]) for index in range(len(groups))]
    height = _TOP + sum(heights) + 16
    middle = _TOP + sum(heights) // 2
    return "\n".join(
        [
            _OPENING.format(height=height),
            *_legend(),
            *(
                line
                for (action, rows), top, group_height in zip(groups, tops, heights, strict=True)
                for line in _group(action, rows, top + group_height // 2, middle)
            ),
            *_box(16, middle - 30, _FROM - 16, 60, "#fff7d6", ["at a rung", "and a dose"]),
            "</svg>",
        ]
    )


def _by_action(
    transitions: Iterable[Transition],
) -> Iterator[tuple[Action, list[Transition]]]:
    """Yield each action with its transitions, the most cautious action first.

    Actions without transitions are left out.
    """
    rows = list(transitions)
    for action in sorted(Action, key=lambda action: -action.caution):
        matching_rows = [row for row in rows if row.action is action]
        if matching_rows:
            yield action, matching_rows


def _legend() -> Iterator[str]:
    yield f'<text x="16" y="28" font-size="17" fill="{_INK[Trigger.AFTER_SESSION]}">'
    yield "Of all transitions that match, the topmost action wins</text>"
    for column, (trigger, words) in enumerate(_MOMENTS.items()):
        x = 16 + column * 280
        yield f'<circle cx="{x + 6}" cy="54" r="5" fill="{_INK[trigger]}"/>'
        yield f'<text x="{x + 18}" y="58" fill="{_INK[trigger]}">{escape(words)}</text>'


def _group(action: Action, rows: list[Transition], centre: int, middle: int) -> Iterator[str]:
    """Yield the drawing of one action: an arrow from the state, the transitions, and the result.

    Args:
        action: the action.
        rows: the transitions that request the action.
        centre: the y position of the action.
        middle: the y position of the state.

    """
    yield (
        f'<path d="M {_FROM} {middle} C {_FROM + 30} {middle}, {_FROM} {centre}, '
        f'{_TEXT - 8} {centre}" fill="none" stroke="#9aa5b1"/>'
    )
    top = centre - _LINE * (len(rows) - 1) // 2 + 4
    for index, row in enumerate(rows):
        y, ink = top + index * _LINE, _INK[row.trigger]
        yield f'<text x="{_TEXT}" y="{y}" fill="{ink}">{row.id}</text>'
    longest = max(len(row.id) for row in rows)
    start = _TEXT + 8 * longest + 12
    yield f'<path d="M {start} {centre} H {_TO - 9}" stroke="#9aa5b1"/>'
    yield f'<path d="M {_TO - 9} {centre - 5} l 9 5 l -9 5 z" fill="#9aa5b1"/>'
    fill = _FILL_UP if action.steps_up else _FILL[action.steps_down]
    yield from _box(_TO, centre - 19, _BOX, 38, fill, [action.value, LANDS[action]])


def _box(x: int, y: int, width: int, height: int, fill: str, words: list[str]) -> Iterator[str]:
    """Yield a rounded rectangle with centred lines of text, the first line in bold."""
    yield (
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="7" fill="{fill}" '
        'stroke="#9aa5b1"/>'
    )
    centre, top = x + width // 2, y + height // 2 - 8 * (len(words) - 1) + 4
    for index, line in enumerate(words):
        weight = ' font-weight="bold"' if index == 0 else ""
        yield (
            f'<text x="{centre}" y="{top + 16 * index}" text-anchor="middle"{weight}>'
            f"{escape(line)}</text>"
        )
