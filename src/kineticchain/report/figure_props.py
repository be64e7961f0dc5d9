"""The things in pictures of exercises: walls, chairs, bands, balls, and a helping hand."""

import math
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from kineticchain.domain.exercises.figure import Figure, Prop, PropKind
from kineticchain.domain.exercises.skeleton import (
    COUNTER_HEIGHT,
    COUNTER_WIDTH,
    RAIL_HEIGHT,
    SEAT_HEIGHT,
    SIDES,
    Point,
)

Bounds: TypeAlias = tuple[float, float, float]
"""The left edge, the right edge and the height of a thing, in centimetres."""

Part: TypeAlias = tuple[str, Bounds]
"""An SVG element with its bounds."""

_BAR = 52.0
"""Half the length of a bar in centimetres."""

_HAND_REACH: Point = (-20.0, 16.0)
"""The wrist of a helping hand in centimetres, relative to the point that the hand touches."""


def prop_parts(prop: Prop, points: Mapping[str, Point]) -> Iterator[Part]:
    """Yield the parts of a thing that is drawn behind the body.

    Args:
        prop: The thing.
        points: The points of the body.
    """
    x = float(prop.x)
    match prop.kind:
        case PropKind.WALL:
            yield _box(x, 0, 6, 185), (x, x + 6, 185.0)
        case PropKind.COUNTER:
            top = float(prop.height or COUNTER_HEIGHT)
            right = x + COUNTER_WIDTH
            yield _box(x, top - 5, COUNTER_WIDTH, 5), (x, right, top)
            yield _box(x + 4, 0, COUNTER_WIDTH - 6, top - 5), (x, right, top)
        case PropKind.RAIL:
            top = float(prop.height or RAIL_HEIGHT)
            yield _box(x - 1, 0, 3, top), (x - 1, x + 2, top)
            yield _box(x - 9, top - 3, 22, 4), (x - 9, x + 13, top)
        case PropKind.BAR:  # along the way, behind the person
            top = float(prop.height or COUNTER_HEIGHT)
            left, right = x - _BAR, x + _BAR
            yield _box(left, top - 4, 2 * _BAR, 4), (left, right, top)
            for post in (left + 6, right - 9):
                yield _box(post, 0, 3, top - 4), (left, right, top)
        case PropKind.CHAIR:
            yield from _chair(x, float(prop.height or SEAT_HEIGHT))
        case PropKind.STEP:
            top = float(prop.height or 15)
            yield _box(x, 0, 45, top), (x, x + 45, top)
        case PropKind.MAT:
            yield _box(x - 80, -3, 160, 3), (x - 80, x + 80, 3.0)
        case PropKind.TOWEL:
            base = float(prop.height or 0)
            yield _box(x, base, 40 if not base else 9, 2 if not base else 4), (x, x + 40, base + 4)
        case PropKind.CUSHION:
            top = float(prop.height or 10)
            cushion = f'<rect class="p" x="{x:.1f}" y="0" width="34" height="{top:.0f}" rx="4"/>'
            yield cushion, (x, x + 34, top)
        case PropKind.BAND:
            yield _band(prop, points)
        case PropKind.BALL | PropKind.WEIGHT | PropKind.HAND:
            return


def front_parts(figure: Figure, points: Mapping[str, Point]) -> Iterator[Part]:
    """Yield the things that are drawn in front of the body: balls, weights and a helping hand.

    Args:
        figure: The figure.
        points: The points of the body.
    """
    for prop in figure.props:
        if prop.kind is PropKind.BALL:
            radius = float(prop.height or 6)
            x, y = points[prop.start] if prop.start else (float(prop.x), radius)
            ball = f'<circle class="o" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>'
            yield ball, (x - radius, x + radius, y + radius)
        elif prop.kind is PropKind.WEIGHT:
            names = [prop.start] if prop.start else [f"{side}_hand" for side in reversed(SIDES)]
            for name in names:
                x, y = points[name]
                yield _box(x - 11, y - 16, 22, 15), (x - 11, x + 11, y)
        elif prop.kind is PropKind.HAND:
            x, y = points[prop.start or "own_toe"]
            wrist = x + _HAND_REACH[0], y + _HAND_REACH[1]
            path = f"M{wrist[0]:.1f} {wrist[1]:.1f}L{x - 3:.1f} {y + 2:.1f}"
            arm = f'<path class="b f" stroke-width="5" d="{path}"/>'
            path = f"M{x - 3:.1f} {y + 2:.1f}L{x + 1.5:.1f} {y + 1:.1f}L{x + 1:.1f} {y - 2.5:.1f}"
            fingers = f'<path class="b f" stroke-width="2.2" d="{path}"/>'
            yield arm + fingers, (wrist[0], x + 2, wrist[1] + 2)


def _chair(x: float, top: float) -> Iterator[Part]:
    yield _box(x - 22, top - 4, 44, 4), (x - 22, x + 22, top)
    yield _box(x - 22, 0, 3, top + 44), (x - 22, x + 22, top + 44)
    yield _box(x + 18, 0, 3, top - 4), (x - 22, x + 22, top)


def _band(prop: Prop, points: Mapping[str, Point]) -> Part:
    x0, y0 = points.get(prop.start or "own_hand", (0.0, 0.0))
    x1, y1 = points.get(prop.end or "", (float(prop.x), float(prop.height or 0)))
    band = f'<path class="w" d="M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}"/>'
    return band, (min(x0, x1), max(x0, x1), max(y0, y1))


def _box(x: float, y: float, width: float, height: float) -> str:
    return f'<rect class="p" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"/>'


def arrow(start: Point, end: Point) -> Iterator[str]:
    """Yield an arrow that bends a little to one side, so that it does not lie on the limb.

    Args:
        start: The point where the arrow begins, in centimetres.
        end: The point of the tip, in centimetres.
    """
    (x0, y0), (x1, y1) = start, end
    length = math.dist(start, end)
    bend = 0.18 * length
    mx = (x0 + x1) / 2 - bend * (y1 - y0) / length
    my = (y0 + y1) / 2 + bend * (x1 - x0) / length
    yield f'<path class="a" d="M{x0:.1f} {y0:.1f}Q{mx:.1f} {my:.1f} {x1:.1f} {y1:.1f}"/>'
    yield from _tip(end, math.atan2(y1 - my, x1 - mx), min(6.0, 0.5 * length))


def circle_arrow(centre: Point, radius: float = 9.0) -> Iterator[str]:
    """Yield an arrow that goes round a point.

    Args:
        centre: The point, in centimetres.
        radius: The radius of the arrow, in centimetres.
    """
    x, y = centre
    start, end = math.radians(60), math.radians(20)
    x0, y0 = x + radius * math.cos(start), y + radius * math.sin(start)
    x1, y1 = x + radius * math.cos(end), y + radius * math.sin(end)
    path = f"M{x0:.1f} {y0:.1f}A{radius:.1f} {radius:.1f} 0 1 1 {x1:.1f} {y1:.1f}"
    yield f'<path class="a" d="{path}"/>'
    yield from _tip((x1, y1), end + math.pi / 2)


def _tip(end: Point, angle: float, size: float = 6.0) -> Iterator[str]:
    for turn in (2.6, -2.6):
        x, y = end[0] + size * math.cos(angle + turn), end[1] + size * math.sin(angle + turn)
        yield f'<path class="a" d="M{end[0]:.1f} {end[1]:.1f}L{x:.1f} {y:.1f}"/>'
