"""The points of a body in a pose, computed by forward kinematics.

Points are in centimetres, with the floor at y = 0. The trunk starts at the hips, and the joint
angles determine each limb. The whole body is then moved so that its anchor lies at the height of
the pose. Last, each leg or arm is bent whose foot or hand has a stated position, so that the foot
or hand reaches that position.
"""

import math
from collections.abc import Mapping
from typing import TypeAlias

from attrs import frozen

from kineticchain.domain.exercises.figure import Anchor, Figure, Pose, PropKind, View
from kineticchain.errors import Fault, InvalidInput

Point: TypeAlias = tuple[float, float]

TRUNK, NECK, HEAD = 50.0, 13.0, 10.0
UPPER_ARM, FOREARM = 29.0, 31.0
THIGH, SHANK = 42.0, 42.0
HEEL, BALL, TOE = (-5.0, -5.0), (12.0, -5.0), (19.0, -5.0)
"""The heel, the ball and the tip of the toes relative to the ankle, for a foot that is flat."""

SOLE = 2.5
"""Half the thickness of a foot."""

BODY = 8.0
"""Half the thickness of trunk and thigh."""

SEAT_HEIGHT, COUNTER_HEIGHT, WALL_HEIGHT = 42.0, 92.0, 130.0
"""The usual heights of a seat, a counter, and hands on a wall."""

RAIL_HEIGHT, COUNTER_WIDTH = 110.0, 30.0
"""The usual height of a rail beside a step, and the width of a counter."""

SHOULDERS, HIPS = 17.0, 9.0
"""Half the width of shoulders and hips, seen from the front."""

MOST_PLANTAR, MOST_DORSAL = -50, 35
"""The range of ankle angles in degrees within which a foot without a stated angle is flat."""

KNEE = 5.5
"""Half the thickness of a knee, on which a body kneels."""

LYING = 60
"""The lean of the trunk in degrees above which a body counts as lying."""

SIDES = ("own", "other")


@frozen
class Skeleton:
    """The points of a body in a pose.

    Attributes:
        points: the points by name, such as ``own_knee`` or, on the trunk, ``hips``.
        reached: for each hand and each ankle with a stated position, whether the limb reaches that
            position; the keys are point names, such as ``own_hand``.
    """

    points: Mapping[str, Point]
    reached: Mapping[str, bool]


def skeleton(figure: Figure, pose: Pose) -> Skeleton:
    """Return the points of a pose of a figure.

    Args:
        figure: the figure, for its view and its props.
        pose: the pose.
    """
    points = _body(pose, figure.view)
    dx, dy = _offset(points, pose, figure)
    points = {name: (x + dx, y + dy) for name, (x, y) in points.items()}
    reached: dict[str, bool] = {}
    for side, foot_x in (("own", pose.foot_x), ("other", pose.other_foot_x)):
        if foot_x is not None:
            ankle = (float(foot_x), SOLE - HEEL[1])
            hip = points[f"{side}_hip"]
            knee, end = _two_links(hip, ankle, (THIGH, SHANK), (hip[0] + TRUNK, hip[1]))
            points[f"{side}_knee"] = knee
            points |= _flat_foot(side, end)
            reached[f"{side}_ankle"] = math.dist(end, ankle) < 1
    for side in SIDES:
        place = pose.other_hand if side == "other" and pose.other_hand else pose.hands
        if place is None or place == "free":
            continue
        target = _target(place, side, points, pose, figure)
        shoulder = points[f"{side}_shoulder"]
        outward = figure.view.outward[0 if side == "own" else 1]
        toward = points["hips"][0] + 2 * TRUNK * outward, points["hips"][1]
        elbow, hand = _two_links(shoulder, target, (UPPER_ARM, FOREARM), toward)
        points[f"{side}_elbow"], points[f"{side}_hand"] = elbow, hand
        reached[f"{side}_hand"] = math.dist(hand, target) < 1
    return Skeleton(points, reached)


def _toward(start: Point, length: float, degrees: float) -> Point:
    """Return the end of a segment; 0 degrees point down, 90 degrees to the front."""
    radians = math.radians(degrees)
    return start[0] + length * math.sin(radians), start[1] - length * math.cos(radians)


def _body(pose: Pose, view: View) -> dict[str, Point]:
    hips: Point = (0.0, 0.0)
    upward = 180.0 - pose.trunk
    shoulders = _toward(hips, TRUNK, upward)
    points = {"hips": hips, "shoulders": shoulders}
    points |= _head(shoulders, upward - pose.neck, pose, view)
    for side in SIDES:
        own = side == "own"
        outward = view.outward[0 if own else 1]
        across = math.radians(pose.trunk)
        half = outward * SHOULDERS
        shoulder = (
            shoulders[0] + half * math.cos(across),
            shoulders[1] - half * math.sin(across),
        )
        tilt = across if abs(pose.trunk) > LYING else 0.0
        hip = (
            hips[0] + outward * HIPS * math.cos(tilt),
            hips[1] - outward * HIPS * math.sin(tilt),
        )
        points[f"{side}_shoulder"], points[f"{side}_hip"] = shoulder, hip
        turn = 1.0 if view is View.SIDE else outward
        arm = -pose.trunk + turn * _angle(pose, "shoulder", own=own)
        points[f"{side}_elbow"] = _toward(shoulder, UPPER_ARM, arm)
        forearm = arm + turn * _angle(pose, "elbow", own=own)
        points[f"{side}_hand"] = _toward(points[f"{side}_elbow"], FOREARM, forearm)
        lean = pose.trunk if view is View.SIDE or abs(pose.trunk) > LYING else 0
        thigh = -lean + turn * _angle(pose, "hip", own=own)
        points[f"{side}_knee"] = _toward(hip, THIGH, thigh)
        points |= _lower_leg(points[f"{side}_knee"], thigh, pose, side, view)
    return points


def _head(shoulders: Point, upward: float, pose: Pose, view: View) -> dict[str, Point]:
    """Return the points of neck, head and nose.

    Seen from the side, the nose is in front; in other views it follows the turn of the head.
    """
    ahead = upward - 90
    neck = _toward(_toward(shoulders, NECK / 2, upward), -pose.chin / 2, ahead)
    head = _toward(_toward(shoulders, NECK + HEAD / 2, upward), -pose.chin, ahead)
    share = 1.0 if view is View.SIDE else math.sin(math.radians(pose.turn))
    return {"neck": neck, "head": head, "nose": _toward(head, 0.85 * HEAD * share, ahead)}


def _lower_leg(knee: Point, thigh: float, pose: Pose, side: str, view: View) -> dict[str, Point]:
    own = side == "own"
    bend = _angle(pose, "knee", own=own)
    if view is not View.SIDE:  # a bent knee takes the lower leg out of sight
        ankle = _toward(knee, SHANK * max(0.25, math.cos(math.radians(bend))), thigh)
        tip = _toward(ankle, 7.0, thigh)
        return {f"{side}_{name}": tip for name in ("heel", "ball", "toe", "small_toe")} | {
            f"{side}_ankle": ankle
        }
    shank = thigh - bend
    ankle = _toward(knee, SHANK, shank)
    pitch = _pitch(shank, pose.angle("ankle", own=own))
    foot = {f"{side}_ankle": ankle}
    for name, (x, y) in (("heel", HEEL), ("ball", BALL)):
        foot[f"{side}_{name}"] = _turned(ankle, x, y, pitch)
    length = TOE[0] - BALL[0]
    toes = _angle(pose, "toes", own=own)
    small = toes if pose.small_toes is None else pose.small_toes
    ball = foot[f"{side}_ball"]
    foot[f"{side}_toe"] = _turned(ball, length, 0.0, pitch + toes)
    foot[f"{side}_small_toe"] = _turned(ball, length - 2, 0.0, pitch + small)
    return foot


def _angle(pose: Pose, joint: str, *, own: bool) -> int:
    return pose.angle(joint, own=own) or 0


def _pitch(shank: float, ankle: int | None) -> float:
    """Return the upward rotation of a foot in degrees.

    Without a stated angle of the ankle, the foot is flat if the ankle can bend that far. Otherwise
    it hangs at a right angle to the shank.
    """
    if ankle is not None:
        return shank + ankle
    return 0.0 if MOST_PLANTAR <= -shank <= MOST_DORSAL else shank


def _turned(origin: Point, x: float, y: float, degrees: float) -> Point:
    radians = math.radians(degrees)
    cosine, sine = math.cos(radians), math.sin(radians)
    return origin[0] + x * cosine - y * sine, origin[1] + x * sine + y * cosine


def _offset(points: Mapping[str, Point], pose: Pose, figure: Figure) -> Point:
    """Return the shift that moves the anchor of the body to the height of the pose."""
    lies = any(abs(key_pose.trunk) > LYING for key_pose in figure.poses)
    by_hips = lies or figure.view is not View.SIDE
    seat = figure.prop(PropKind.CHAIR)
    if pose.anchor is Anchor.SEAT:
        height = pose.height if pose.height is not None else (seat and seat.height) or SEAT_HEIGHT
        return pose.shift - points["hips"][0], height + BODY - points["hips"][1]
    height = pose.height or 0
    standing = "other_ankle" if pose.anchor is Anchor.OTHER_FOOT else "own_ankle"
    x = points["hips" if by_hips else standing][0]
    lowest = _lowest(points, pose)
    return pose.shift - x, height - lowest


def _lowest(points: Mapping[str, Point], pose: Pose) -> float:
    feet = {
        Anchor.OWN_FOOT: ("own_heel", "own_ball", "own_toe"),
        Anchor.OWN_FOREFOOT: ("own_ball", "own_toe"),
        Anchor.OTHER_FOOT: ("other_heel", "other_ball", "other_toe"),
    }
    if pose.anchor in feet:
        return min(points[name][1] for name in feet[pose.anchor]) - SOLE
    thickness = {
        "hips": BODY,
        "shoulders": BODY,
        "head": BODY,
        "own_knee": KNEE,
        "other_knee": KNEE,
    }
    ignored = {"own_hand", "other_hand", "own_elbow", "other_elbow", "neck", "nose"}
    return min(
        y - thickness.get(name, SOLE) for name, (_, y) in points.items() if name not in ignored
    )


def _target(
    place: str, side: str, points: Mapping[str, Point], pose: Pose, figure: Figure
) -> Point:
    """Return the point of a hand on a prop, on the floor or on a part of the body."""
    shoulder, hips = points[f"{side}_shoulder"], points["hips"]
    prop = figure.prop(place)
    if place == "wall" and prop is not None:
        return prop.x - 2.0, float(pose.hand_height or WALL_HEIGHT)
    if place == "counter" and prop is not None:
        inward = 4.0 if prop.x > points["hips"][0] else COUNTER_WIDTH - 4
        return prop.x + inward, (prop.height or COUNTER_HEIGHT) + 2
    if place == "rail" and prop is not None:
        return float(prop.x), (prop.height or RAIL_HEIGHT) + 2
    if place == "bar" and prop is not None:
        outward = figure.view.outward[0 if side == "own" else 1]
        return shoulder[0] + (10 * outward or 8), (prop.height or COUNTER_HEIGHT) + 2.0
    if place == "chair" and prop is not None:
        return prop.x + 2.0, (pose.hand_height or SEAT_HEIGHT + 44) + 2.0
    up = tuple((b - a) / TRUNK for a, b in zip(hips, points["shoulders"], strict=True))

    def on_trunk(start: Point, along: float, ahead: float) -> Point:
        """Return the point `along` cm up the trunk from `start` and `ahead` cm in front."""
        return start[0] + along * up[0] + ahead * up[1], start[1] + along * up[1] - ahead * up[0]

    places = {
        "floor": (shoulder[0], 2.0),
        "floor_ahead": (shoulder[0] + 18, 2.0),
        "floor_far": (shoulder[0] + 46, 2.0),
        "floor_behind": (shoulder[0] - 18, 2.0),
        "seat": (hips[0] - 10, hips[1] - BODY + 2),
        "hips": on_trunk(hips, 6, 4),
        "chest": on_trunk(points["shoulders"], -14, 11),
        "head": (points["head"][0] - 4, points["head"][1] + 4),
        "forehead": (points["nose"][0] + 3, points["nose"][1] + 4),
        "belly": on_trunk(hips, 18, 9),
        "thighs": _between(points["own_hip"], points["own_knee"], 0.7),
        "knee": points["own_knee"],
        "other_knee": points["other_knee"],
        "ankle": points["own_ankle"],
        "foot": points["own_toe"],
        "behind_thigh": _between(points["own_hip"], points["own_knee"], 0.75),
    }
    if place not in places:
        remedy = "name a thing of `props`, or a part of the body"
        raise InvalidInput(Fault(f"there is no {place} in the picture", ".hands", remedy))
    return places[place]


PLACES = frozenset(
    {
        "floor",
        "floor_ahead",
        "floor_far",
        "floor_behind",
        "seat",
        "hips",
        "chest",
        "head",
        "forehead",
    }
    | {"belly", "thighs", "knee", "other_knee", "ankle", "foot", "behind_thigh", "free"}
    | {"wall", "counter", "rail", "bar", "chair"}
)
"""The valid places of a hand, for `Pose.hands` and `Pose.other_hand`."""


def _between(start: Point, end: Point, share: float) -> Point:
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _flat_foot(side: str, ankle: Point) -> dict[str, Point]:
    offsets = (("heel", HEEL), ("ball", BALL), ("toe", TOE))
    foot = {f"{side}_{name}": (ankle[0] + x, ankle[1] + y) for name, (x, y) in offsets}
    foot[f"{side}_small_toe"] = foot[f"{side}_toe"]
    return {f"{side}_ankle": ankle, **foot}


def _two_links(
    start: Point, target: Point, lengths: tuple[float, float], toward: Point
) -> tuple[Point, Point]:
    """Return the joint and the end of a limb of two links that reaches for a target.

    The joint lies where the circles round start and end intersect, by the law of cosines. Of the
    two intersections, one above the floor is chosen, then the one nearer to `toward`: elbows bend
    towards the hips, knees forward. If the target is out of reach, the straight limb points to it.
    """
    first, second = lengths
    reach = max(min(math.dist(start, target), first + second - 0.01), abs(first - second) + 0.01)
    direction = math.atan2(target[1] - start[1], target[0] - start[0])
    end = start[0] + reach * math.cos(direction), start[1] + reach * math.sin(direction)
    cosine = (first**2 + reach**2 - second**2) / (2 * first * reach)
    bend = math.acos(max(-1.0, min(1.0, cosine)))
    joints = [
        (
            start[0] + first * math.cos(direction + turn * bend),
            start[1] + first * math.sin(direction + turn * bend),
        )
        for turn in (1, -1)
    ]
    return min(joints, key=lambda joint: (joint[1] < SOLE, math.dist(joint, toward))), end
