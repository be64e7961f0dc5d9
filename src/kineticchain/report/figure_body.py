"""The body in pictures of exercises: limbs, trunk, head, the close-up of a foot, and the tint."""

from collections.abc import Iterator, Mapping

from kineticchain.domain.anatomy import Region
from kineticchain.domain.exercises.figure import Figure, Frame, Pose, View
from kineticchain.domain.exercises.skeleton import HEAD, Point

_WIDTHS: tuple[tuple[str, str, float], ...] = (
    ("hip", "knee", 13),
    ("knee", "ankle", 10),
    ("heel", "ball", 5),
    ("ball", "toe", 4),
)
"""The limbs of a leg: their two end points, and their thickness in centimetres."""

_ARMS: tuple[tuple[str, str, float], ...] = (("shoulder", "elbow", 8), ("elbow", "hand", 7))

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
    Region.NECK: (("shoulders", "neck"),),
}
"""The lines between two points that are tinted for a region; names of points lack their side."""

_UPPER = frozenset({"hips", "shoulders", "neck", "head", "nose"})
_FOOT = frozenset({"own_ankle", "own_heel", "own_ball", "own_toe", "own_small_toe", "own_shin"})

_EYE = 3.2
"""The distance of an eye from the middle of the face in centimetres."""

_SHIN = 0.55
"""The share of the lower leg, from the knee, that a close-up of the foot leaves out."""


def points_shown(points: Mapping[str, Point], frame: Frame) -> Mapping[str, Point]:
    """Return the points of the body that a frame shows.

    Args:
        points: The points of the body.
        frame: How much of the body is shown.
    """
    if frame is Frame.BODY:
        return points
    if frame is Frame.FOOT:
        (x0, y0), (x1, y1) = points["own_knee"], points["own_ankle"]
        shin = x0 + (x1 - x0) * _SHIN, y0 + (y1 - y0) * _SHIN
        return {name: point for name, point in points.items() if name in _FOOT} | {"own_shin": shin}
    arms = tuple(name for pair in _ARMS for name in pair[:2])
    return {name: point for name, point in points.items() if name in _UPPER or name.endswith(arms)}


def body_parts(
    figure: Figure, pose: Pose, points: Mapping[str, Point], region: Region | None
) -> Iterator[str]:
    """Yield the body as SVG: far limbs, trunk, head and near limbs, then the tinted part.

    Args:
        figure: The figure.
        pose: The pose.
        points: The points that are shown.
        region: The working region; None for no tint.
    """
    if figure.frame is Frame.FOOT:
        yield from _foot(pose, points)
    else:
        front, legs = figure.view is not View.SIDE, figure.frame is Frame.BODY
        yield from _limbs("other", points, "n" if front else "f", legs=legs)
        yield _trunk(pose, points, 20 if front else 16, "n")
        if front:
            yield limb(points["own_shoulder"], points["other_shoulder"], 12, "n")
        if front and legs:
            yield limb(points["own_hip"], points["other_hip"], 16, "n")
        yield limb(points["shoulders"], points["neck"], 8, "n")
        yield limb(points["neck"], points["head"], 8, "n")
        x, y = points["head"]
        yield f'<circle class="h" cx="{x:.1f}" cy="{y:.1f}" r="{HEAD:.0f}"/>'
        if figure.view is not View.BACK:
            yield from _face(points, front=front)
        yield from _limbs("own", points, "n", legs=legs)
    yield from _tint(pose, points, region)


def _face(points: Mapping[str, Point], *, front: bool) -> Iterator[str]:
    """Yield the nose, seen from the side, or the visible eyes, seen from the front."""
    (x0, y0), (x, y) = points["head"], points["nose"]
    if not front:
        yield f'<circle class="h" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>'
        return
    up = (x0 - points["neck"][0]) / HEAD, (y0 - points["neck"][1]) / HEAD
    for offset in (-_EYE, _EYE):
        ex, ey = x + offset * up[1] + 2 * up[0], y - offset * up[0] + 2 * up[1]
        if (ex - x0) ** 2 + (ey - y0) ** 2 < (HEAD - 1) ** 2:  # an eye that can be seen
            yield f'<circle class="e" cx="{ex:.1f}" cy="{ey:.1f}" r="1.5"/>'


def _limbs(side: str, points: Mapping[str, Point], kind: str, *, legs: bool) -> Iterator[str]:
    if legs:
        yield limb(points[f"{side}_ankle"], points[f"{side}_heel"], 6, kind)
        yield limb(points[f"{side}_ankle"], points[f"{side}_ball"], 5, kind)
    for start, end, width in (*(_WIDTHS if legs else ()), *_ARMS):
        yield limb(points[f"{side}_{start}"], points[f"{side}_{end}"], width, kind)


def _trunk(pose: Pose, points: Mapping[str, Point], width: float, kind: str) -> str:
    """Return the trunk, bent where the back is rounded or hollow."""
    (x0, y0), (x1, y1) = points["hips"], points["shoulders"]
    length = max(1.0, ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5)
    # Seen from the hips to the shoulders, the back is on the left. The control point of the curve
    # lies twice as far out as the middle of the curve.
    mx = (x0 + x1) / 2 - 2 * pose.curve * (y1 - y0) / length
    my = (y0 + y1) / 2 + 2 * pose.curve * (x1 - x0) / length
    return (
        f'<path class="b {kind}" stroke-width="{width:g}" '
        f'd="M{x0:.1f} {y0:.1f}Q{mx:.1f} {my:.1f} {x1:.1f} {y1 + 0.01:.2f}"/>'
    )


def _foot(pose: Pose, points: Mapping[str, Point]) -> Iterator[str]:
    """Yield the close-up of a foot, with the arch of the sole, and small toes behind the big toe."""
    shin, ankle, ball = points["own_shin"], points["own_ankle"], points["own_ball"]
    yield limb(ball, points["own_small_toe"], 2.6, "n")
    yield limb(shin, ankle, 8, "n")
    yield limb(ankle, points["own_heel"], 5.5, "n")
    yield _sole(pose, points, 3.4, "n")
    yield limb(ankle, ball, 4.5, "n")
    yield limb(ball, points["own_toe"], 3.2, "n")


def _sole(pose: Pose, points: Mapping[str, Point], width: float, kind: str) -> str:
    """Return the sole from heel to ball, with its arch."""
    (x0, y0), (x1, y1) = points["own_heel"], points["own_ball"]
    rise = 1.2 + 2 * pose.arch / 10
    length = max(1.0, ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5)
    mx, my = (x0 + x1) / 2 - rise * (y1 - y0) / length, (y0 + y1) / 2 + rise * (x1 - x0) / length
    return (
        f'<path class="b {kind}" stroke-width="{width:g}" '
        f'd="M{x0:.1f} {y0:.1f}Q{mx:.1f} {my:.1f} {x1:.1f} {y1 + 0.01:.2f}"/>'
    )


def _tint(pose: Pose, points: Mapping[str, Point], region: Region | None) -> Iterator[str]:
    for start, end in _TINTED.get(region, ()) if region is not None else ():
        start_point = points.get(f"own_{start}", points.get(start))
        end_point = points.get(f"own_{end}", points.get(end))
        if start_point is None or end_point is None:
            continue
        if (start, end) == ("hips", "shoulders") and pose.curve:
            yield _trunk(pose, points, 4, "t")
        elif "own_shin" in points and (start, end) == ("heel", "ball"):
            yield _sole(pose, points, 1.6, "t")
        elif "own_shin" in points:
            yield limb(start_point, end_point, 1.6, "t")
        else:
            yield limb(start_point, end_point, 7 if start == end else 4, "t")


def limb(start: Point, end: Point, width: float, kind: str) -> str:
    """Return a rounded limb as SVG.

    Args:
        start: The point where the limb begins, in centimetres.
        end: The point where the limb ends, in centimetres.
        width: The thickness in centimetres.
        kind: The CSS class of the colour.
    """
    (x0, y0), (x1, y1) = start, end
    return (
        f'<path class="b {kind}" stroke-width="{width:g}" '
        f'd="M{x0:.1f} {y0:.1f}L{x1:.1f} {y1 + 0.01:.2f}"/>'
    )
