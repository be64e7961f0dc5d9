"""Animated pictures of exercises: the key poses and what lies between them, as SVG without script.

Each frame is a group that is shown in its share of the time. A frame between two key poses has joint
angles between theirs, so that limbs keep their length. Where an animation is not wanted
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
"""The frames from one key pose to the next, slow at both ends."""

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
    """Return an animated picture; the still one for a figure with a single pose.

    Args:
        figure: The figure.
        region: The working region, which is tinted; None for no tint.
        side: The working side: for the left one the picture is mirrored.
        seconds: The duration of one repetition (0.1 to 60).
        instead: What is read to those who cannot see the picture, as for `figure_svg`.

    Raises:
        InvalidInput: For what is no figure, and for another duration.
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
    # Pictures of one page share their styles, so that the number of frames is part of the name.
    name = f"k{len(panels)}"
    style = (
        f".{name}{{opacity:0}}.s{{opacity:1}}"
        f"@keyframes {name}{{0%{{opacity:1}}{100 / len(panels):.3f}%,100%{{opacity:0}}}}"
        f"@media (prefers-reduced-motion:reduce){{.{name}{{animation:none!important}}}}"
    )
    return svg_document(body, width, top + _MARGIN, instead or figure.doing, style)


def _groups(panels: list[Panel], place: str, seconds: float) -> Iterator[str]:
    """Yield each frame as a group that begins its turn after those before it."""
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
    """Return a pose with joint angles between those of two; what is no number changes halfway."""
    changes: dict[str, Any] = {}
    for attribute in fields(Pose):
        first, last = getattr(pose, attribute.name), getattr(following, attribute.name)
        if first == last:
            continue
        if type(first) is int and type(last) is int:
            changes[attribute.name] = round(first + (last - first) * share)
        else:
            changes[attribute.name] = first if 2 * share < 1 else last
    return evolve(pose, **changes)
