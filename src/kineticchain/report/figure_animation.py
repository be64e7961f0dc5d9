"""Animated pictures of exercises, as SVG without script.

The frames are the key poses and poses between them. Each frame is a group that is shown for its
share of the time. The poses between two key poses have intermediate joint angles, not intermediate
points, so that limbs keep their length. Where an animation is not wanted
(`prefers-reduced-motion`) or not supported, the first key pose is shown.
"""

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from attrs import evolve, fields

from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.exercises.figure import Anchor, Figure, Pose
from kineticchain.domain.exercises.skeleton import skeleton
from kineticchain.domain.validators import repr_short, require_instance
from kineticchain.errors import Fault, InvalidInput
from kineticchain.report.figure_picture import (
    ZOOM,
    Drawing,
    Panel,
    figure_svg,
    on_side,
    svg_document,
)

_BETWEEN = 7
"""The number of frames from one key pose to the next. The motion is slow at both ends."""

_MARGIN = 8.0

_SHORTEST_S, _LONGEST_S = 0.1, 60.0
"""The shortest and the longest duration of a repetition in seconds."""


def figure_animation(
    figure: Figure,
    region: Region | None = None,
    side: Side = Side.RIGHT,
    *,
    seconds: float = 4.0,
    instead: str = "",
) -> str:
    """Return an animated picture; for a figure with a single pose, return the still picture.

    Args:
        figure: The figure.
        region: The working region, which is tinted; None for no tint.
        side: The working side. For the left side the picture is mirrored.
        seconds: The duration of one repetition (0.1 to 60).
        instead: The text for people who cannot see the picture, as for `figure_svg`.

    Raises:
        InvalidInput: If `figure` is no `Figure`, or if the duration is out of range.
    """
    require_instance(figure, Figure, "figure", "give one of `knowledge.figures`")
    stated: object = seconds
    if not isinstance(stated, (int, float)) or not _SHORTEST_S <= stated <= _LONGEST_S:
        raise InvalidInput(
            Fault(
                f"{repr_short(seconds)} is no duration of a repetition",
                where="seconds",
                remedy=f"give {_SHORTEST_S:g} to {_LONGEST_S:g} seconds",
            )
        )
    if len(figure.poses) == 1:
        return figure_svg(figure, region, side, instead=instead)
    panels = [*Drawing(evolve(figure, moves=False), region).panels([*frames(figure)])]
    zoom = ZOOM[figure.frame]
    left = min(panel.left for panel in panels)
    width = zoom * (max(panel.left + panel.width for panel in panels) - left)
    top = zoom * max(panel.top for panel in panels)
    place = f"translate({-zoom * left:.1f} {top:.1f}) scale({zoom:g} -{zoom:g})"
    body = on_side("\n".join(_groups(panels, place, seconds)), side, width)
    # Pictures of one page share their styles. So the name contains the number of frames.
    name = f"k{len(panels)}"
    style = (
        f".{name}{{opacity:0}}.s{{opacity:1}}"
        f"@keyframes {name}{{0%{{opacity:1}}{100 / len(panels):.3f}%,100%{{opacity:0}}}}"
        f"@media (prefers-reduced-motion:reduce){{.{name}{{animation:none!important}}}}"
    )
    return svg_document(body, width, top + _MARGIN, instead or figure.doing, style)


def _groups(panels: list[Panel], place: str, seconds: float) -> Iterator[str]:
    """Yield each frame as a group that is shown when the turns of all earlier frames are over."""
    name = f"k{len(panels)}"
    for number, panel in enumerate(panels):
        kind = name if number else f"{name} s"
        # A negative delay starts the animation in the past, so that no frame waits for its turn.
        delay = (number - len(panels)) * seconds / len(panels)
        motion = f"animation:{name} {seconds:g}s steps(1) {delay:.2f}s infinite"
        frame = "".join(panel.parts)
        yield f'<g class="{kind}" style="{motion}" transform="{place}">{frame}</g>'


def frames(figure: Figure) -> Iterator[Pose]:
    """Yield the poses of one repetition: from key pose to key pose, and back the same way."""
    for pose, following in pairwise((*figure.poses, *reversed(figure.poses[:-1]))):
        yield pose
        start, end = pose, following
        if Anchor.SEAT in {pose.anchor, following.anchor} and pose.anchor is not following.anchor:
            start, end = _on_feet(figure, pose), _on_feet(figure, following)
        for number in range(1, _BETWEEN):
            yield _between(start, end, (1 - math.cos(math.pi * number / _BETWEEN)) / 2)


def _on_feet(figure: Figure, pose: Pose) -> Pose:
    """Return a pose whose feet stay where they are, for somebody who sits down or stands up."""
    if pose.anchor is not Anchor.SEAT:
        return pose
    x, _ = skeleton(figure, pose).points["own_ankle"]
    return evolve(pose, anchor=Anchor.LOWEST, height=None, shift=round(x))


def _between(pose: Pose, following: Pose, share: float) -> Pose:
    """Return a pose between two poses. Whole numbers are interpolated, other values change halfway."""
    changes: dict[str, Any] = {}
    for attribute in fields(Pose):
        before, after = getattr(pose, attribute.name), getattr(following, attribute.name)
        if before == after:
            continue
        if type(before) is int and type(after) is int:
            changes[attribute.name] = round(before + (after - before) * share)
        else:
            changes[attribute.name] = before if 2 * share < 1 else after
    return evolve(pose, **changes)
