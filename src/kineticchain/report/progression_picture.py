"""The transition table as a state diagram, in SVG and Mermaid.

In the middle stands the place where somebody trains; each action leads from it to where it
lands, the most cautious at the top. The arrows carry the transitions that ask for it.
"""

from collections.abc import Iterable, Iterator
from html import escape

from kineticchain.progression import Action, Transition, Trigger

_ROW, _LINE, _TOP = 34, 17, 96
_FROM, _TEXT, _TO, _BOX = 190, 232, 560, 270
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
_FILL = {True: "#fbe9e3", False: "#eef1f4"}
_UP = "#e4f2e8"
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
    """The diagram as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", '    state "at a rung and a dose" as place']
    for action, rows in _by_action(transitions):
        lines.append(f'    state "{LANDS[action]}" as {action}')
        lines += [f"    place --> {action}: {row.id}" for row in rows]
    return "\n".join(lines)


def svg(transitions: Iterable[Transition]) -> str:
    """The diagram as an SVG document."""
    groups = list(_by_action(transitions))
    heights = [max(_ROW + 6, _LINE * len(rows) + 14) for _, rows in groups]
    tops = [_TOP + sum(heights[:at]) for at in range(len(groups))]
    height = _TOP + sum(heights) + 16
    middle = _TOP + sum(heights) // 2
    return "\n".join(
        [
            _OPENING.format(height=height),
            *_legend(),
            *(
                line
                for (action, rows), top, tall in zip(groups, tops, heights, strict=True)
                for line in _group(action, rows, top + tall // 2, middle)
            ),
            *_box(16, middle - 30, _FROM - 16, 60, "#fff7d6", ["at a rung", "and a dose"]),
            "</svg>",
        ]
    )


def _by_action(
    transitions: Iterable[Transition],
) -> Iterator[tuple[Action, list[Transition]]]:
    """The transitions of each action, the most cautious action first."""
    rows = list(transitions)
    for action in sorted(Action, key=lambda one: -one.caution):
        found = [row for row in rows if row.action is action]
        if found:
            yield action, found


def _legend() -> Iterator[str]:
    yield f'<text x="16" y="28" font-size="17" fill="{_INK[Trigger.AFTER_SESSION]}">'
    yield "Of all transitions that match, the topmost action wins</text>"
    for at, (moment, words) in enumerate(_MOMENTS.items()):
        x = 16 + at * 280
        yield f'<circle cx="{x + 6}" cy="54" r="5" fill="{_INK[moment]}"/>'
        yield f'<text x="{x + 18}" y="58" fill="{_INK[moment]}">{escape(words)}</text>'


def _group(action: Action, rows: list[Transition], centre: int, middle: int) -> Iterator[str]:
    """One action: its transitions on an arrow from the middle to where it lands."""
    yield (
        f'<path d="M {_FROM} {middle} C {_FROM + 30} {middle}, {_FROM} {centre}, '
        f'{_TEXT - 8} {centre}" fill="none" stroke="#9aa5b1"/>'
    )
    first = centre - _LINE * (len(rows) - 1) // 2 + 4
    for at, row in enumerate(rows):
        y, ink = first + at * _LINE, _INK[row.trigger]
        yield f'<text x="{_TEXT}" y="{y}" fill="{ink}">{row.id}</text>'
    longest = max(len(row.id) for row in rows)
    start = _TEXT + 8 * longest + 12
    yield f'<path d="M {start} {centre} H {_TO - 9}" stroke="#9aa5b1"/>'
    yield f'<path d="M {_TO - 9} {centre - 5} l 9 5 l -9 5 z" fill="#9aa5b1"/>'
    fill = _UP if action.steps_up else _FILL[action.steps_down]
    yield from _box(_TO, centre - 19, _BOX, 38, fill, [action.value, LANDS[action]])


def _box(x: int, y: int, wide: int, tall: int, fill: str, words: list[str]) -> Iterator[str]:
    yield (
        f'<rect x="{x}" y="{y}" width="{wide}" height="{tall}" rx="7" fill="{fill}" '
        'stroke="#9aa5b1"/>'
    )
    centre, first = x + wide // 2, y + tall // 2 - 8 * (len(words) - 1) + 4
    for at, line in enumerate(words):
        weight = ' font-weight="bold"' if at == 0 else ""
        yield (
            f'<text x="{centre}" y="{first + 16 * at}" text-anchor="middle"{weight}>'
            f"{escape(line)}</text>"
        )
