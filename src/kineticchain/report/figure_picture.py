"""Pictures of exercises as SVG: a body of rounded limbs in its key poses."""

import math
from collections.abc import Iterator, Mapping
from html import escape

from attrs import frozen

from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.exercises.figure import Figure, Prop, PropKind, View
from kineticchain.domain.exercises.skeleton import (
    BODY,
    COUNTER_HEIGHT,
    COUNTER_WIDTH,
    HEAD,
    RAIL_HEIGHT,
    SEAT_HEIGHT,
    SIDES,
    Point,
    skeleton,
)

STYLE = (
    ".b{stroke-linecap:round;stroke-linejoin:round;fill:none}"
    ".n{stroke:#33444f}.f{stroke:#9fb0ba}.h{fill:#33444f}.t{stroke:#d9480f}"
    ".p{fill:#d5dde2;stroke:#8fa0aa;stroke-width:1}.g{stroke:#8fa0aa;stroke-width:1.5}"
    ".a{stroke:#d9480f;stroke-width:2;fill:none}.w{stroke:#0c8599;stroke-width:2.5;fill:none}.o{fill:#0c8599}.c{fill:#5c6b75;font:600 11px sans-serif}"
    "@media (prefers-color-scheme:dark){.n{stroke:#dfe7ec}.h{fill:#dfe7ec}.f{stroke:#6d7f8a}"
    ".p{fill:#3a464e;stroke:#7d8d97}.c{fill:#b7c4cc}.t{stroke:#ff922b}.a{stroke:#ff922b}.w{stroke:#66d9e8}.o{fill:#66d9e8}}"
)
"""Near and far limbs, head, tinted part, props, ground, arrow, band, ball and caption, light and dark."""

_MARGIN = 8.0
_GAP = 14.0
_TRAVEL = 4.0
"""The least way in centimetres of a part of the body that an arrow shows."""

_FAR = 15.0
"""By how many centimetres the other side moves otherwise where it has an arrow of its own."""

_WIDTHS: tuple[tuple[str, str, float], ...] = (
    ("hip", "knee", 13),
    ("knee", "ankle", 10),
    ("heel", "ball", 5),
    ("ball", "toe", 4),
    ("shoulder", "elbow", 8),
    ("elbow", "hand", 7),
)
"""The limbs of a side: the points that they join, and their thickness in centimetres."""

_TINTED: Mapping[Region, tuple[tuple[str, str], ...]] = {
    Region.TOES: (("ball", "toe"),),
    Region.PLANTAR_FASCIA: (("heel", "ball"),),
    Region.HEEL: (("ankle", "heel"),),
    Region.ANKLE: (("ankle", "ankle"),),
    Region.CALF_ACHILLES: (("knee", "ankle"),),
    Region.SHIN: (("knee", "ankle"),),
    Region.KNEE: (("knee", "knee"),),
    Region.THIGH: (("hip", "knee"),),
    Region.HIP: (("hip", "hip"),),
    Region.PELVIS: (("hips", "hips"),),
    Region.SACRUM_SI: (("hips", "hips"),),
    Region.CORE: (("hips", "shoulders"),),
    Region.LUMBAR: (("hips", "shoulders"),),
    Region.THORACIC: (("hips", "shoulders"),),
    Region.NECK: (("shoulders", "head"),),
}
"""The parts of the body that stand for a region; points of a side without their side."""


def figure_svg(figure: Figure, region: Region | None = None, side: Side = Side.RIGHT) -> str:
    """Return the picture of a figure.

    Args:
        figure: The figure.
        region: The working region, which is tinted; None for no tint.
        side: The working side: for the left one the picture is mirrored.
    """
    drawing = _Drawing(figure, region)
    panels = [*drawing.panels()]
    width = sum(panel.width for panel in panels) + _GAP * (len(panels) - 1)
    top = max(panel.top for panel in panels)
    height = top + _MARGIN + (14 if len(panels) > 1 else 4)
    parts: list[str] = []
    x = 0.0
    for number, panel in enumerate(panels, 1):
        parts.append(f'<g transform="translate({x - panel.left:.1f} {top:.1f}) scale(1 -1)">')
        parts += [*panel.parts, "</g>"]
        if len(panels) > 1:
            middle = x + panel.width / 2
            if side is Side.LEFT:
                middle = width - middle
            parts.append(f'<text class="c" x="{middle:.1f}" y="{height - 2:.1f}">{number}</text>')
        x += panel.width + _GAP
    body = "\n".join(part for part in parts if not part.startswith("<text"))
    captions = "\n".join(part for part in parts if part.startswith("<text"))
    if side is Side.LEFT:
        body = f'<g transform="translate({width:.1f} 0) scale(-1 1)">\n{body}\n</g>'
    label = escape(figure.doing)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.1f} {height:.1f}" '
        f'width="{width:.0f}" height="{height:.0f}" '
        f'role="img" aria-label="{label}">\n<title>{label}</title>\n<style>{STYLE}</style>\n'
        f"{body}\n{captions}\n</svg>"
    )


@frozen
class _Panel:
    """One pose with its bounds: left edge, width, and height above the floor."""

    parts: tuple[str, ...]
    left: float
    width: float
    top: float


@frozen
class _Drawing:
    """A figure and its tinted region."""

    figure: Figure
    region: Region | None

    def panels(self) -> Iterator[_Panel]:
        """Yield the poses, each with an arrow from the pose before it."""
        before: Mapping[str, Point] | None = None
        for pose in self.figure.poses:
            points = skeleton(self.figure, pose).points
            xs = [x for x, _ in points.values()]
            ys = [y for _, y in points.values()]
            left, right, top = min(xs) - BODY, max(xs) + BODY, max(ys) + HEAD
            props = [*self._props(points)]
            for _, bounds in props:
                left, right = min(left, bounds[0]), max(right, bounds[1])
                top = max(top, bounds[2])
            left, right = left - _MARGIN, right + _MARGIN
            ground = f'<path class="g" d="M{left:.1f} 0H{right:.1f}"/>'
            parts = [ground, *(part for part, _ in props), *self._body(points)]
            if self.figure.prop(PropKind.WEIGHT) is not None:
                parts += _weights(points)
            if before is not None and self.figure.moves:
                parts += self._arrows(before, points)
            yield _Panel(tuple(parts), left, right - left, top + _MARGIN)
            before = points

    def _body(self, points: Mapping[str, Point]) -> Iterator[str]:
        """Yield the far limbs, the trunk, the head and the near limbs, with the tinted part."""
        front = self.figure.view is View.FRONT
        yield from self._limbs("other", points, "n" if front else "f")
        yield _limb(points["hips"], points["shoulders"], 16 if not front else 20, "n")
        if front:
            yield _limb(points["own_hip"], points["other_hip"], 16, "n")
            yield _limb(points["own_shoulder"], points["other_shoulder"], 12, "n")
        yield _limb(points["shoulders"], points["neck"], 8, "n")
        x, y = points["head"]
        yield f'<circle class="h" cx="{x:.1f}" cy="{y:.1f}" r="{HEAD:.0f}"/>'
        yield from self._limbs("own", points, "n")
        yield from self._tint(points)

    @staticmethod
    def _limbs(side: str, points: Mapping[str, Point], kind: str) -> Iterator[str]:
        yield _limb(points[f"{side}_ankle"], points[f"{side}_heel"], 6, kind)
        yield _limb(points[f"{side}_ankle"], points[f"{side}_ball"], 5, kind)
        for start, end, width in _WIDTHS:
            yield _limb(points[f"{side}_{start}"], points[f"{side}_{end}"], width, kind)

    def _tint(self, points: Mapping[str, Point]) -> Iterator[str]:
        for start, end in _TINTED.get(self.region, ()) if self.region is not None else ():
            first = points.get(f"own_{start}", points.get(start, (0.0, 0.0)))
            last = points.get(f"own_{end}", points.get(end, (0.0, 0.0)))
            yield _limb(first, last, 7 if start == end else 4, "t")

    def _arrows(self, before: Mapping[str, Point], after: Mapping[str, Point]) -> Iterator[str]:
        """Yield an arrow along the way of what moves most, and one for the other side's limb.

        The other side has an arrow of its own only where it moves otherwise than the own side.
        """
        ways = {name: math.dist(before[name], after[name]) for name in after}
        own = [name for name in ways if not name.startswith("other_") and _is_shown(name)]
        first = max(own, key=lambda name: (ways[name], name))
        if ways[first] < _TRAVEL:  # a foot that turns about its ankle, or the other limb alone
            first = max(ways, key=lambda name: (ways[name], name))
        if ways[first] >= _TRAVEL:
            yield from _arrow(before[first], after[first])
        if first.startswith("other_"):
            return
        differing = [
            name
            for name in ways
            if name.startswith("other_")
            and _is_shown(name)
            and min(ways[name], abs(ways[name] - ways[name.replace("other", "own")])) >= _FAR
        ]
        if differing:
            second = max(differing, key=lambda name: (ways[name], name))
            yield from _arrow(before[second], after[second])

    def _props(
        self, points: Mapping[str, Point]
    ) -> Iterator[tuple[str, tuple[float, float, float]]]:
        for prop in self.figure.props:
            yield from _prop(prop, points)


def _is_shown(name: str) -> bool:
    """Return whether an arrow may show the way of a point: an end of a limb, the head, the hips."""
    return name.rsplit("_", maxsplit=1)[-1] in {"hand", "ankle", "knee", "head", "hips", "heel"}


def _arrow(start: Point, end: Point) -> Iterator[str]:
    """Yield an arrow that bends a little to one side, so that it does not lie on the limb."""
    (x0, y0), (x1, y1) = start, end
    length = math.dist(start, end)
    bend = 0.18 * length
    mx = (x0 + x1) / 2 - bend * (y1 - y0) / length
    my = (y0 + y1) / 2 + bend * (x1 - x0) / length
    yield f'<path class="a" d="M{x0:.1f} {y0:.1f}Q{mx:.1f} {my:.1f} {x1:.1f} {y1:.1f}"/>'
    angle = math.atan2(y1 - my, x1 - mx)
    for turn in (2.6, -2.6):
        tip = (x1 + 6 * math.cos(angle + turn), y1 + 6 * math.sin(angle + turn))
        yield f'<path class="a" d="M{x1:.1f} {y1:.1f}L{tip[0]:.1f} {tip[1]:.1f}"/>'


def _limb(start: Point, end: Point, width: float, kind: str) -> str:
    (x0, y0), (x1, y1) = start, end
    return (
        f'<path class="b {kind}" stroke-width="{width:g}" '
        f'd="M{x0:.1f} {y0:.1f}L{x1:.1f} {y1 + 0.01:.2f}"/>'
    )


def _box(x: float, y: float, width: float, height: float) -> str:
    return f'<rect class="p" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"/>'


def _prop(
    prop: Prop, points: Mapping[str, Point]
) -> Iterator[tuple[str, tuple[float, float, float]]]:
    """Yield the parts of a thing, each with its bounds: left, right and top."""
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
        case PropKind.CHAIR:
            top = float(prop.height or SEAT_HEIGHT)
            yield _box(x - 22, top - 4, 44, 4), (x - 22, x + 22, top)
            yield _box(x - 22, 0, 3, top + 44), (x - 22, x + 22, top + 44)
            yield _box(x + 18, 0, 3, top - 4), (x - 22, x + 22, top)
        case PropKind.STEP:
            top = float(prop.height or 15)
            yield _box(x, 0, 45, top), (x, x + 45, top)
        case PropKind.MAT:
            yield _box(x - 80, -3, 160, 3), (x - 80, x + 80, 3.0)
        case PropKind.BALL:
            r = float(prop.height or 6)
            yield (
                f'<circle class="o" cx="{x:.1f}" cy="{r:.1f}" r="{r:.1f}"/>',
                (x - r, x + r, 2 * r),
            )
        case PropKind.TOWEL:
            yield _box(x, 0, 40, 2), (x, x + 40, 2.0)
        case PropKind.CUSHION:
            top = float(prop.height or 10)
            yield (
                f'<rect class="p" x="{x:.1f}" y="0" width="34" height="{top:.0f}" rx="4"/>',
                (
                    x,
                    x + 34,
                    top,
                ),
            )
        case PropKind.BAND:
            yield from _band(prop, points)
        case PropKind.WEIGHT:  # drawn in front of the body
            return


def _band(
    prop: Prop, points: Mapping[str, Point]
) -> Iterator[tuple[str, tuple[float, float, float]]]:
    start = points.get(prop.start or "own_hand", (0.0, 0.0))
    end = points.get(prop.end or "", (float(prop.x), float(prop.height or 0)))
    (x0, y0), (x1, y1) = start, end
    yield (
        f'<path class="w" d="M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}"/>',
        (min(x0, x1), max(x0, x1), max(y0, y1)),
    )


def _weights(points: Mapping[str, Point]) -> Iterator[str]:
    for side in reversed(SIDES):
        x, y = points[f"{side}_hand"]
        yield _box(x - 11, y - 16, 22, 15)
