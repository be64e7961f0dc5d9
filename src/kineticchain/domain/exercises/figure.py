"""Figures of exercises: key poses as joint angles, seen from the side or from the front."""

from enum import StrEnum
from typing import Any

from attrs import field, frozen

from kineticchain.domain.validators import boolean, identifier, optional, passage, whole
from kineticchain.errors import Fault, InvalidInput


class View(StrEnum):
    """The direction from which a figure is seen. Seen from the side, the person faces right."""

    SIDE = "side"
    FRONT = "front"
    BACK = "back"

    @property
    def outward(self) -> tuple[float, float]:
        """The direction of the own and the other side in a picture: -1 left, 1 right, 0 neither."""
        return {View.SIDE: (0.0, 0.0), View.FRONT: (-1.0, 1.0), View.BACK: (1.0, -1.0)}[self]


class Frame(StrEnum):
    """The part of the body that a picture shows."""

    BODY = "body"
    UPPER = "upper"
    FOOT = "foot"


class PropKind(StrEnum):
    """The things that a picture can show besides the person."""

    WALL = "wall"
    COUNTER = "counter"
    RAIL = "rail"
    BAR = "bar"
    CHAIR = "chair"
    STEP = "step"
    MAT = "mat"
    BALL = "ball"
    TOWEL = "towel"
    CUSHION = "cushion"
    BAND = "band"
    WEIGHT = "weight"
    HAND = "hand"


class Anchor(StrEnum):
    """The body part of a pose that is placed at the height `Pose.height`."""

    LOWEST = "lowest"
    SEAT = "seat"
    OWN_FOOT = "own_foot"
    OWN_FOREFOOT = "own_forefoot"
    OTHER_FOOT = "other_foot"


def _angle(low: int, high: int, default: int | None = 0) -> Any:  # noqa: ANN401 - as attrs' field
    """Return the field of an angle in degrees within the range of human joints."""
    check = whole(low, high, "degrees")
    return field(default=default, validator=check if default is not None else optional(check))


@frozen(kw_only=True)
class Prop:
    """A thing in a picture.

    Attributes:
        kind: the kind of thing.
        x: the near edge, in centimetres to the right of the origin (-150 to 150).
        height: the height or radius in centimetres (0 to 200); None for the usual height.
        start: the point of the body, such as ``own_hand``, where a band begins (by default the own
            hand), where a ball lies (by default the floor), that a hand grips (by default the own
            toes), or that alone carries a weight (by default both hands).
        end: the point of the body where a band ends; None for the point at `x` and `height`.

    """

    kind: PropKind
    x: int = field(default=0, validator=whole(-150, 150, "centimetres"))
    height: int | None = field(default=None, validator=optional(whole(0, 200, "centimetres")))
    start: str | None = field(default=None, validator=optional(identifier()))
    end: str | None = field(default=None, validator=optional(identifier()))


@frozen(kw_only=True)
class Pose:
    """The joint angles of a pose, in degrees. All zero is upright with hanging arms.

    The working side is *own*, the opposite side *other*. An angle that is not given for the other
    side equals the angle of the own side. Seen from the front, `hip` and `shoulder` are abduction.

    Attributes:
        trunk: lean of the trunk, forward (from the front: to the other side); -90 on the back.
        neck: flexion of the neck, forward.
        hip: flexion of the hip; negative behind the body.
        knee: flexion of the knee.
        ankle: dorsiflexion of the ankle; negative on the ball of the foot. None for a flat foot.
        toes: extension of the toes.
        small_toes: extension of the four small toes; None if it equals that of the big toe.
        arch: the rise of the arch of the foot, in millimetres (0 to 30).
        turn: turn of the head, seen from the front, to the other side; negative to the own side.
        chin: the distance by which the head glides back, in centimetres (0 to 6).
        curve: the distance of the middle of the trunk behind that of a straight trunk, in
            centimetres; negative for a hollow back.
        shoulder: flexion of the shoulder.
        elbow: flexion of the elbow.
        other_hip: flexion of the other hip. The prefix ``other_`` marks all angles of the other
            side.
        foot_x: the position of the own foot, flat on the floor, in centimetres to the right of the
            origin. The leg is bent to reach the position. None if the angles of the leg determine
            the position.
        other_foot_x: the position of the other foot, as for `foot_x`.
        hands: the place of the hands: a prop such as ``counter``, or a part of the body such as
            ``hips``; None if the angles of the arms determine the place.
        other_hand: the place of the other hand, if it differs from `hands`; ``free`` if the angles
            of the arm determine the place.
        hand_height: height of the hands on a wall or a chair in centimetres.
        anchor: the part of the body that is placed at `height`.
        height: the height in centimetres; None for the height of the seat or the floor.
        shift: the position of the own foot, in centimetres to the right of the origin; the position
            of the other foot for the anchor `OTHER_FOOT`; the position of the hips for a body that
            sits, lies or is not seen from the side.

    """

    trunk: int = _angle(-110, 130)
    neck: int = _angle(-50, 60)
    hip: int = _angle(-40, 130)
    knee: int = _angle(0, 150)
    ankle: int | None = _angle(-60, 40, None)
    toes: int = _angle(-30, 75)
    small_toes: int | None = _angle(-30, 75, None)
    arch: int = field(default=0, validator=whole(0, 30, "millimetres"))
    turn: int = _angle(-80, 80)
    chin: int = field(default=0, validator=whole(0, 6, "centimetres"))
    curve: int = field(default=0, validator=whole(-14, 14, "centimetres"))
    shoulder: int = _angle(-60, 185)
    elbow: int = _angle(0, 150)
    other_hip: int | None = _angle(-40, 130, None)
    other_knee: int | None = _angle(0, 150, None)
    other_ankle: int | None = _angle(-60, 40, None)
    other_toes: int | None = _angle(-30, 75, None)
    other_shoulder: int | None = _angle(-60, 185, None)
    other_elbow: int | None = _angle(0, 150, None)
    foot_x: int | None = field(default=None, validator=optional(whole(-150, 150, "centimetres")))
    other_foot_x: int | None = field(
        default=None, validator=optional(whole(-150, 150, "centimetres"))
    )
    hands: str | None = field(default=None, validator=optional(identifier()))
    other_hand: str | None = field(default=None, validator=optional(identifier()))
    hand_height: int | None = field(default=None, validator=optional(whole(0, 220, "centimetres")))
    anchor: Anchor = Anchor.LOWEST
    height: int | None = field(default=None, validator=optional(whole(0, 120, "centimetres")))
    shift: int = field(default=0, validator=whole(-100, 100, "centimetres"))

    def angle(self, joint: str, *, own: bool) -> int | None:
        """Return the angle of a joint in degrees; None for an ankle that keeps the foot flat.

        Args:
            joint: the name of the joint, such as ``knee``.
            own: True for the working side.

        """
        angle: int | None = getattr(self, joint)
        other: int | None = None if own else getattr(self, f"other_{joint}")
        return angle if other is None else other


@frozen(kw_only=True)
class Figure:
    """The picture of an exercise: two to four key poses, or one pose that is held.

    Attributes:
        exercise: the id of the exercise.
        poses: the poses in order.
        view: the direction from which the figure is seen.
        props: the things in the picture besides the person.
        frame: how much of the body is shown.
        circle: the point of the body that draws circles in the last pose; None if no point does.
        moves: True to show an arrow from each pose to the next one.
        doing: a short description of the movement for people who cannot see the picture.

    """

    exercise: str = field(validator=identifier())
    poses: tuple[Pose, ...]
    view: View = View.SIDE
    props: tuple[Prop, ...] = ()
    frame: Frame = Frame.BODY
    circle: str | None = field(default=None, validator=optional(identifier()))
    moves: bool = field(default=True, validator=boolean())
    doing: str = field(default="", validator=passage(0))

    def __attrs_post_init__(self) -> None:
        """Reject a figure without poses or with more than four."""
        if not 1 <= len(self.poses) <= 4:  # noqa: PLR2004 - as the class says
            remedy = "give one to four key poses"
            raise InvalidInput(Fault(f"{len(self.poses)} poses", ".poses", remedy))

    def prop(self, kind: str) -> Prop | None:
        """Return the first thing of a kind in the picture; None if there is none."""
        return next((prop for prop in self.props if prop.kind == kind), None)
