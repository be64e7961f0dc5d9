"""Pictures of exercises as SVG: a body of rounded limbs in its key poses."""

import math
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from attrs import frozen

from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.exercises.figure import Figure, Frame, Pose
from kineticchain.domain.exercises.skeleton import BODY, HEAD, Point, skeleton
from kineticchain.domain.validators import require_instance
from kineticchain.report.figure_body import body_parts, points_shown
from kineticchain.report.figure_props import arrow, circle_arrow, front_parts, prop_parts

STYLE = (
    ".b{stroke-linecap:round;stroke-linejoin:round;fill:none}"
    ".n{stroke:#33444f}.f{stroke:#9fb0ba}.h{fill:#33444f}.e{fill:#d5dde2}.t{stroke:#d9480f}"
    ".p{fill:#d5dde2;stroke:#8fa0aa;stroke-width:1}.g{stroke:#8fa0aa;stroke-width:1.5}"
    ".a{stroke:#d9480f;stroke-width:2;fill:none}.w{stroke:#0c8599;stroke-width:2.5;fill:none}.o{fill:#0c8599}.c{fill:#5c6b75;font:600 11px sans-serif}.z .a{stroke-width:.8}.z .g{stroke-width:.6}"
    "@media (prefers-color-scheme:dark){.n{stroke:#dfe7ec}.h{fill:#dfe7ec}.e{fill:#3a464e}.f{stroke:#6d7f8a}"
    ".p{fill:#3a464e;stroke:#7d8d97}.c{fill:#b7c4cc}.t{stroke:#ff922b}.a{stroke:#ff922b}.w{stroke:#66d9e8}.o{fill:#66d9e8}}"
)
"""Near and far limbs, head, tinted part, props, ground, arrow, band, ball and caption, light and dark."""

_MARGIN = 8.0
_GAP = 14.0
_TRAVEL: Mapping[Frame, float] = {Frame.BODY: 4.0, Frame.UPPER: 3.0, Frame.FOOT: 1.5}
"""The shortest movement, in centimetres, that an arrow shows."""

_SECOND_TRAVEL = 15.0
"""The least distance in centimetres for a second arrow, which shows a point of the other side.

The point has to move this far, and its distance has to differ this much from that of the own side.
"""

ZOOM: Mapping[Frame, float] = {Frame.BODY: 1.0, Frame.UPPER: 1.4, Frame.FOOT: 3.2}
"""The scale of the drawing for each frame."""


def figure_svg(
    figure: Figure,
    region: Region | None = None,
    side: Side = Side.RIGHT,
    *,
    instead: str = "",
) -> str:
    """Return the picture of a figure.

    Args:
        figure: The figure.
        region: The working region, which is tinted; None for no tint.
        side: The working side. For the left side the picture is mirrored.
        instead: The text for people who cannot see the picture, such as the steps in the language of
            a plan; by default `Figure.doing`.

    Raises:
        InvalidInput: If `figure` is no `Figure`.
    """
    require_instance(figure, Figure, "figure", "give one of `knowledge.figures`")
    panels = [*Drawing(figure, region).panels()]
    zoom = ZOOM[figure.frame]
    width = zoom * sum(panel.width for panel in panels) + _GAP * (len(panels) - 1)
    top = zoom * max(panel.top for panel in panels)
    height = top + _MARGIN + (14 if len(panels) > 1 else 4)
    groups: list[str] = []
    captions: list[str] = []
    x = 0.0
    for number, panel in enumerate(panels, 1):
        left = x - zoom * panel.left
        kind = ' class="z"' if figure.frame is Frame.FOOT else ""
        scale = f"translate({left:.1f} {top:.1f}) scale({zoom:g} -{zoom:g})"
        groups += [f'<g{kind} transform="{scale}">', *panel.parts, "</g>"]
        if len(panels) > 1:
            middle = x + zoom * panel.width / 2
            if side is Side.LEFT:
                middle = width - middle
            captions.append(
                f'<text class="c" x="{middle:.1f}" y="{height - 2:.1f}">{number}</text>'
            )
        x += zoom * panel.width + _GAP
    body = "\n".join([on_side("\n".join(groups), side, width), "\n".join(captions)])
    return svg_document(body, width, height, instead or figure.doing)


def on_side(body: str, side: Side, width: float) -> str:
    """Return the drawn elements, mirrored for the left side.

    Args:
        body: The elements, drawn for the right side.
        side: The working side.
        width: The width of the picture in pixels.
    """
    if side is not Side.LEFT:
        return body
    return f'<g transform="translate({width:.1f} 0) scale(-1 1)">\n{body}\n</g>'


def svg_document(body: str, width: float, height: float, label: str, style: str = "") -> str:
    """Return a whole SVG document.

    Args:
        body: The elements of the document.
        width: The width in pixels.
        height: The height in pixels.
        label: The text for people who cannot see the picture.
        style: Further CSS rules.
    """
    label = escape(label)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.1f} {height:.1f}" '
        f'width="{width:.0f}" height="{height:.0f}" role="img" aria-label="{label}">\n'
        f"<title>{label}</title>\n<style>{STYLE}{style}</style>\n{body}\n</svg>"
    )


@frozen
class Panel:
    """One pose with its bounds: left edge, width, and height above its base."""

    parts: tuple[str, ...]
    left: float
    width: float
    top: float


@frozen
class Drawing:
    """A figure and its tinted region."""

    figure: Figure
    region: Region | None

    def panels(self, poses: Sequence[Pose] = ()) -> Iterator[Panel]:
        """Yield poses, each with an arrow from the pose before it.

        Args:
            poses: The poses; those of the figure by default.
        """
        figure, poses = self.figure, poses or self.figure.poses
        # A part of the body shown alone stands on the lower edge of the picture, a whole body on
        # the floor.
        point_sets = [skeleton(figure, pose).points for pose in poses]
        base = 0.0
        if figure.frame is Frame.UPPER:
            base = (
                min(y for points in point_sets for _, y in _shown(points, figure).values()) - BODY
            )
        before: Mapping[str, Point] | None = None
        for pose, all_points in zip(poses, point_sets, strict=True):
            points = _shown(all_points, figure)
            around = HEAD if figure.frame is not Frame.FOOT else 3.0
            body = BODY if figure.frame is not Frame.FOOT else 3.0
            left = min(x for x, _ in points.values()) - body
            right = max(x for x, _ in points.values()) + body
            top = max(y for _, y in points.values()) + around
            behind = [part for prop in figure.props for part in prop_parts(prop, all_points)]
            ahead = [*front_parts(figure, all_points)]
            for _, bounds in (*behind, *ahead):
                left, right = min(left, bounds[0]), max(right, bounds[1])
                top = max(top, bounds[2])
            margin = _MARGIN if figure.frame is Frame.BODY else 3.0
            left, right = left - margin, right + margin
            parts = [f'<path class="g" d="M{left:.1f} 0H{right:.1f}"/>'] if not base else []
            parts += [part for part, _ in behind]
            parts += body_parts(figure, pose, points, self.region)
            parts += [part for part, _ in ahead]
            if before is not None and figure.moves:
                parts += self._arrows(before, points)
            if figure.circle is not None and pose is poses[-1]:
                parts += circle_arrow(points[figure.circle])
            if base:
                parts = [f'<g transform="translate(0 {-base:.1f})">', *parts, "</g>"]
            yield Panel(tuple(parts), left, right - left, top - base + margin)
            before = points

    def _arrows(self, before: Mapping[str, Point], after: Mapping[str, Point]) -> Iterator[str]:
        """Yield an arrow for the point that moves most, and possibly an arrow for the other side.

        The other side gets an arrow only if its movement differs from that of the own side.
        """
        distances = {name: math.dist(before[name], after[name]) for name in after}
        travel, frame = _TRAVEL[self.figure.frame], self.figure.frame
        own_points = [
            name for name in distances if not name.startswith("other_") and _has_arrow(name, frame)
        ]
        main = max(own_points, key=lambda name: (distances[name], name))
        if distances.get("hips", 0) > 0.9 * distances[main]:  # the whole body moves
            main = "hips"
        if distances[main] < travel:  # a foot that turns about its ankle, or the other limb alone
            main = max(distances, key=lambda name: (distances[name], name))
        if distances[main] >= travel:
            yield from arrow(before[main], after[main])
        if main.startswith("other_"):
            return
        differing = [
            name
            for name in distances
            if name.startswith("other_")
            and _has_arrow(name, frame)
            and min(distances[name], abs(distances[name] - distances[name.replace("other", "own")]))
            >= _SECOND_TRAVEL
        ]
        if differing:
            other = max(differing, key=lambda name: (distances[name], name))
            yield from arrow(before[other], after[other])


def _shown(points: Mapping[str, Point], figure: Figure) -> Mapping[str, Point]:
    return points_shown(points, figure.frame)


def _has_arrow(name: str, frame: Frame) -> bool:
    """Return whether an arrow may show the movement of a point, such as a hand or the head."""
    if frame is Frame.FOOT:
        return name in {"own_toe", "own_small_toe", "own_heel"}
    if frame is Frame.UPPER:
        return name.rsplit("_", maxsplit=1)[-1] in {"hand", "head", "nose", "elbow"}
    return name.rsplit("_", maxsplit=1)[-1] in {"hand", "ankle", "knee", "head", "hips", "heel"}
