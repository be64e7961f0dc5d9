"""Figures keep the laws of bodies: limbs of constant length, joints in range, contact where shown."""

import math
from collections.abc import Callable
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kineticchain as kc
from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.exercises import Anchor, Figure, Frame, Pose, Prop, PropKind, View
from kineticchain.domain.exercises.skeleton import (
    FOREARM,
    SHANK,
    SOLE,
    THIGH,
    TRUNK,
    UPPER_ARM,
    skeleton,
)
from kineticchain.errors import InvalidInput
from kineticchain.interop import toml
from kineticchain.report import handout
from kineticchain.report.figure_animation import figure_animation, frames
from kineticchain.report.figure_picture import figure_svg

FIGURES = kc.Knowledge.builtin().figures
POSES = [
    pytest.param(figure, pose, id=f"{figure.exercise}-{number}")
    for figure in FIGURES.values()
    for number, pose in enumerate(figure.poses, 1)
]
LENGTHS = {
    ("shoulder", "elbow"): UPPER_ARM,
    ("elbow", "hand"): FOREARM,
    ("hip", "knee"): THIGH,
    ("knee", "ankle"): SHANK,
}
STANDING = frozenset({Anchor.OWN_FOOT, Anchor.OTHER_FOOT, Anchor.LOWEST})


def poses() -> st.SearchStrategy[Pose]:
    """Any pose within the range of human joints."""
    angles = {
        "trunk": st.integers(-110, 130),
        "hip": st.integers(-40, 130),
        "knee": st.integers(0, 150),
        "ankle": st.none() | st.integers(-60, 40),
        "shoulder": st.integers(-60, 185),
        "elbow": st.integers(0, 150),
        "other_hip": st.none() | st.integers(-40, 130),
        "other_knee": st.none() | st.integers(0, 150),
        "hands": st.sampled_from([None, "floor", "hips", "chest", "thighs", "counter"]),
    }
    return st.builds(Pose, **angles)


@given(pose=poses())
def test_limbs_keep_their_length(pose: Pose) -> None:
    figure = Figure(exercise="any", poses=(pose,), props=(Prop(kind=PropKind.COUNTER, x=40),))
    points = skeleton(figure, pose).points
    for side in ("own", "other"):
        for (start, end), length in LENGTHS.items():
            distance = math.dist(points[f"{side}_{start}"], points[f"{side}_{end}"])
            assert distance == pytest.approx(length, abs=0.1)
    assert math.dist(points["hips"], points["shoulders"]) == pytest.approx(TRUNK)


@pytest.mark.parametrize(("figure", "pose"), POSES)
def test_nothing_is_below_the_floor(figure: Figure, pose: Pose) -> None:
    points = skeleton(figure, pose).points
    assert min(y for _, y in points.values()) >= -1


@pytest.mark.parametrize(("figure", "pose"), POSES)
def test_hands_and_feet_are_where_they_are_said_to_be(figure: Figure, pose: Pose) -> None:
    assert all(skeleton(figure, pose).reached.values())


@pytest.mark.parametrize(("figure", "pose"), POSES)
def test_something_carries_the_body(figure: Figure, pose: Pose) -> None:
    if pose.anchor not in STANDING:
        return
    height = pose.height or 0
    points = skeleton(figure, pose).points
    assert min(abs(y - SOLE - height) for _, y in points.values()) < 8


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
def test_mirrored_twice_is_the_same(figure: Figure) -> None:
    right, left = figure_svg(figure), figure_svg(figure, side=Side.LEFT)
    assert ("scale(-1 1)" in left, "scale(-1 1)" in right) == (True, False)
    body = right.split("</style>")[1].split("<text")[0].strip().removesuffix("</svg>").strip()
    assert body in left


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
def test_a_figure_says_what_the_person_does(figure: Figure) -> None:
    assert f"<title>{figure.doing}</title>" in figure_svg(figure).replace("&#x27;", "'")
    assert figure.doing.endswith(".")


def test_a_picture_tints_the_working_region() -> None:
    figure = FIGURES["knee_extension_seated"]
    assert 'class="b t"' in figure_svg(figure, Region.THIGH)
    assert 'class="b t"' not in figure_svg(figure)


def test_what_is_said_does_not_become_markup() -> None:
    figure = Figure(exercise="any", poses=(Pose(),), doing="<script>")
    assert "<script>" not in figure_svg(figure)


def test_a_foot_close_up_shows_no_head_and_larger_limbs() -> None:
    foot = Figure(exercise="any", poses=(Pose(),), frame=Frame.FOOT)
    picture = figure_svg(foot)
    assert 'class="h"' not in picture
    assert "scale(3.2 -3.2)" in picture


def test_an_upper_body_stands_on_the_lower_edge_without_a_floor() -> None:
    picture = figure_svg(Figure(exercise="any", poses=(Pose(),), frame=Frame.UPPER))
    assert 'class="g"' not in picture
    assert 'class="h"' in picture


@pytest.mark.parametrize(("turn", "eyes"), [(0, 2), (70, 1), (-70, 1)])
def test_a_head_that_turns_shows_one_eye(turn: int, eyes: int) -> None:
    figure = Figure(exercise="any", poses=(Pose(turn=turn),), view=View.FRONT)
    assert figure_svg(figure).count('class="e"') == eyes


@given(curve=st.integers(-14, 14), trunk=st.integers(-90, 90))
def test_a_round_back_moves_no_joint(curve: int, trunk: int) -> None:
    straight, bent = Pose(trunk=trunk), Pose(trunk=trunk, curve=curve)
    figure = Figure(exercise="any", poses=(straight,))
    assert skeleton(figure, straight).points == skeleton(figure, bent).points


def test_what_draws_circles_has_an_arrow_round_it() -> None:
    figure = Figure(exercise="any", poses=(Pose(),), circle="own_toe")
    assert "A9.0 9.0" in figure_svg(figure)


def test_from_the_front_the_sides_stand_apart() -> None:
    figure = Figure(exercise="any", poses=(Pose(),), view=View.FRONT)
    points = skeleton(figure, figure.poses[0]).points
    assert points["own_hip"][0] < 0 < points["other_hip"][0]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ('exercise = "wakling"\nposes = [{}]', "did you mean `walking`"),
        ('exercise = "walking"\nposes = [{ knee = 200 }]', "0 to 150"),
        ('exercise = "walking"\nposes = []', "0 poses"),
        ('exercise = "walking"\nposes = [{ hands = "conter" }]', "did you mean `counter`"),
        ('exercise = "walking"\nposes = [{ hands = "counter" }]', "no counter in the picture"),
        (
            'exercise = "walking"\nprops = [{ kind = "wall", x = 140 }]\nposes = [{ hands = "wall" }]',
            "does not reach it",
        ),
        ('exercise = "walking"\nposes = [{}]\nprops = [{ kind = "tabel" }]', "tabel"),
    ],
)
def test_a_wrong_figure_is_refused_with_the_remedy(row: str, told: str) -> None:
    text = f'schema = 1\nid = "clinic"\nversion = "1"\n[[figure]]\n{row}\n'
    with pytest.raises(kc.InvalidInput, match=told):
        kc.Knowledge.builtin().with_packs(toml.loads(text))


def test_a_pack_brings_a_figure_of_its_own() -> None:
    text = 'schema = 1\nid = "clinic"\nversion = "1"\n[[figure]]\nexercise = "toe_spread"\nposes = [{}]\n'
    knowledge = kc.Knowledge.builtin().with_packs(toml.loads(text))
    assert knowledge.figures["toe_spread"].poses == (Pose(),)


def test_those_who_cannot_see_a_picture_are_told_the_steps_in_the_language_of_the_plan() -> None:
    german = kc.Recommender(kc.Knowledge.builtin().speaking("de"))
    person = kc.Person(
        age=45,
        complaints=[kc.Complaint("knee", side="right", pain=3, weeks=30)],
        equipment=["chair", "fixed_support"],
        screening="clear",
    )
    plan = german.recommend(person)
    page = handout(plan, german.knowledge)
    pictured = [item for item in plan.items if item.exercise in FIGURES]
    assert pictured
    for item in pictured:
        assert f"<title>{escape(' '.join(item.steps))}</title>" in page
        assert FIGURES[item.exercise].doing not in page


MOVING = [figure for figure in FIGURES.values() if len(figure.poses) > 1]


@pytest.mark.parametrize("figure", MOVING, ids=lambda figure: figure.exercise)
def test_between_key_poses_nothing_sinks_below_the_floor(figure: Figure) -> None:
    for pose in frames(figure):
        assert min(y for _, y in skeleton(figure, pose).points.values()) >= -1


def test_an_animation_begins_at_the_first_pose_and_comes_back_the_way_it_went() -> None:
    poses = [*frames(FIGURES["sit_to_stand"])]
    assert poses[0] == FIGURES["sit_to_stand"].poses[0]
    assert FIGURES["sit_to_stand"].poses[2] in poses
    assert poses.count(FIGURES["sit_to_stand"].poses[1]) == 2


def test_an_animation_needs_no_script_and_stops_where_no_motion_is_wanted() -> None:
    picture = figure_animation(FIGURES["heel_raise_single"])
    assert "<script" not in picture
    assert "@media (prefers-reduced-motion:reduce){.k14{animation:none!important}}" in picture
    assert picture.count('class="k14') == 14
    assert picture.count('class="k14 s"') == 1


def test_what_is_held_is_not_animated() -> None:
    held = FIGURES["plank"]
    assert figure_animation(held) == figure_svg(held)


@pytest.mark.parametrize("draw", [figure_svg, figure_animation])
def test_what_is_no_figure_is_told(draw: Callable[[Figure], str]) -> None:
    with pytest.raises(InvalidInput, match="figure"):
        draw("heel_raise_single")  # type: ignore[arg-type]


@pytest.mark.parametrize("seconds", [0, -1, math.nan, math.inf, "4", None])
def test_a_repetition_has_a_duration(seconds: float) -> None:
    figure = FIGURES["heel_raise_single"]
    with pytest.raises(InvalidInput, match="seconds"):
        figure_animation(figure, seconds=seconds)
