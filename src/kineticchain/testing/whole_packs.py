"""Hypothesis strategy for packs with exercises, ladders, equipment, goals and rules about them."""

import datetime
from collections.abc import Mapping

from attrs import evolve
from hypothesis import strategies as st

from kineticchain.domain.anatomy import (
    BodyRegion,
    Link,
    Part,
    Region,
    RegionPoints,
    declare_region,
)
from kineticchain.domain.evidence import Grade
from kineticchain.domain.exercises import (
    Base,
    ConstantName,
    Dimension,
    Dose,
    DoseRange,
    Equipment,
    Exercise,
    Kind,
    Ladder,
    LoadClass,
    Position,
    Rung,
    Span,
    Support,
    Surface,
    Vision,
)
from kineticchain.domain.facts import Condition, FactClass, FactKind, FactType, parse_condition
from kineticchain.errors import InvalidKnowledge
from kineticchain.knowledge import Goal, Knowledge
from kineticchain.knowledge.checks.exercise_checks import MOST_HEAVY_DAYS
from kineticchain.knowledge.pack import RulePack
from kineticchain.testing.packs import loadable, odd_packs

_AMOUNTS = {"reps": 60, "hold_s": 300, "duration_s": 1800, "steps": 300}
_GROWING = frozenset(
    (order.kind, axis) for order in Knowledge.builtin().dose_orders for axis in order.order
)
_ELBOW = BodyRegion(
    id=declare_region("made_elbow", "arm", paired=True),
    part=Part.ARM,
    paired=True,
    position=(90, 300),
    title="elbow",
)
_LINKS = (
    Link(
        origin=Region.THORACIC,
        target=_ELBOW.id,
        mechanics=Grade.EXPERT,
        pain_association=Grade.NONE,
        treatment_effect=Grade.EXPERT,
        claims=("A01",),
    ),
)
_CONSTANTS: Mapping[str, st.SearchStrategy[int]] = {
    "pain_safe": st.integers(0, 2),
    "pain_ceiling": st.integers(2, 5),
    "effort_safe": st.integers(0, 6),
    "days_before_step": st.integers(0, 30),
    "days_before_step_loaded": st.integers(0, 30),
    "stop_days": st.integers(28, 60),
    "good_sessions_in_a_row": st.integers(2, 4),
    "maintenance_sets": st.integers(1, 4),
    "weekly_step": st.integers(0, 20),
}
"""Constants that a drawn ladder can override."""

_MEASURES = ("tandem_stance_s >= 10", "single_leg_s >= 5", "heel_rise_reps >= 10", "age < 70")


@st.composite
def whole_packs(draw: st.DrawFn, knowledge: Knowledge, pack: str = "made") -> RulePack:
    """Draw a pack with rows of most kinds that a knowledge accepts.

    Args:
        draw: the draw function of Hypothesis.
        knowledge: the knowledge that the pack is added to.
        pack: the id of the pack.

    """
    pieces = tuple(
        Equipment(id=f"{pack}.piece{number}", title=f"piece {number}")
        for number in range(draw(st.integers(0, 2)))
    )
    owned = [*(piece.id for piece in pieces), "towel", "fixed_support", "chair", "step"]
    exercises = [
        draw(_exercises(f"{pack}.e{number}", owned)) for number in range(draw(st.integers(1, 4)))
    ]
    if len(exercises) > 1 and draw(st.booleans()):
        first, second, *others = exercises
        pair = (evolve(first, together=(second.id,)), evolve(second, together=(first.id,)))
        exercises = [*pair, *others]
    goals = tuple(
        Goal(id=f"{pack}.goal{number}", regions=draw(_points(100)))
        for number in range(draw(st.integers(0, 1)))
    )
    facts = (
        FactType(
            id=f"{pack}.asked",
            kind=FactKind.BOOLEAN,
            fact_class=FactClass.SCREENING,
            question="Is it so?",
            reassuring=False,
            no_alarm="made for a test",
        ),
        FactType(
            id=f"{pack}.measured",
            kind=FactKind.NUMBER,
            fact_class=FactClass.MEASURE,
            question="How much?",
            high=60,
            per_side=draw(st.booleans()),
        ),
    )
    rows = RulePack(
        id=pack,
        version="1",
        facts=facts,
        equipment=pieces,
        goals=goals,
        exercises=tuple(exercises),
        ladders=tuple(draw(_ladders(pack, exercises))),
        regions=(_ELBOW,),
        links=draw(st.sampled_from([(), _LINKS])),
        valid_until=draw(st.none() | st.just(datetime.date(2026, 1, 1))),
    )
    extended = evolve(knowledge, packs=(*knowledge.packs, rows))
    odd = draw(odd_packs(extended, pack, most=3))
    whole = loadable(evolve(rows, rules=odd.rules, facts=(*facts, *odd.facts)), knowledge)
    try:
        knowledge.with_packs(whole)
    except InvalidKnowledge:
        # a ladder that does not fit, such as one whose rungs get harder in two ways, stays out
        singles = tuple(_single(pack, exercise) for exercise in exercises)
        whole = loadable(evolve(whole, ladders=singles), knowledge)
        knowledge.with_packs(whole)
    return whole


def _points(high: int) -> st.SearchStrategy[RegionPoints]:
    places = st.sampled_from([*Region, _ELBOW.id])
    regions = st.dictionaries(places, st.integers(1, high), min_size=1, max_size=3)
    return regions.map(lambda points: tuple(points.items()))


@st.composite
def _spans(draw: st.DrawFn, high: int) -> Span:
    low = draw(st.integers(1, high))
    return Span(low, draw(st.integers(low, high)))


@st.composite
def _ranges(draw: st.DrawFn, most_often: int) -> DoseRange:
    """Draw a range of doses whose lowest number of days a week is at most `most_often`."""
    names = draw(
        st.sampled_from([("reps",), ("hold_s",), ("duration_s",), ("steps",), ("reps", "hold_s")])
    )
    days_between = draw(st.sampled_from([0, 0, 1, 2, 6]))
    most_days = 1 + 6 // (1 + days_between)
    low = draw(st.integers(1, min(most_days, most_often)))
    return DoseRange(
        sets=draw(_spans(5)),
        variations=draw(st.sampled_from([1, 1, 2])),
        rest_s=draw(st.none() | st.integers(0, 600)),
        tempo_s=draw(st.none() | st.just((3, 2, 3))) if names == ("reps",) else None,
        days_a_week=Span(low, draw(st.integers(low, most_days))),
        times_a_day=draw(_spans(3)),
        days_between=days_between,
        **{name: draw(_spans(_AMOUNTS[name])) for name in names},
    )


@st.composite
def _exercises(draw: st.DrawFn, exercise_id: str, equipment: list[str]) -> Exercise:
    hand = draw(st.booleans())
    position = Position.STANDING if hand else draw(st.sampled_from(Position))
    groups = draw(
        st.lists(st.lists(st.sampled_from(equipment), min_size=1, max_size=2), max_size=2)
    )
    needs = (*((("fixed_support",),) if hand else ()), *map(tuple, groups))
    unilateral, load = draw(st.booleans()), draw(st.sampled_from(LoadClass))
    daily = draw(st.sampled_from([None, "B01"]))
    most_often = MOST_HEAVY_DAYS if load >= LoadClass.L3 and daily is None else 7
    targets, secondary = draw(_points(5)), draw(st.just(()) | _points(5))
    return Exercise(
        id=exercise_id,
        title=f"Exercise {exercise_id}",
        kind=draw(st.sampled_from(Kind)),
        load=load,
        position=position,
        support=Support.HAND if hand else Support.NONE,
        base=draw(st.sampled_from(Base)),
        surface=draw(st.sampled_from(Surface)),
        vision=draw(st.sampled_from(Vision)),
        forefoot=draw(st.booleans()),
        knee_bend=draw(st.sampled_from([0, 45, 160])),
        hip_bend=draw(st.sampled_from([0, 90, 140])),
        barefoot=draw(st.booleans()),
        unilateral=unilateral,
        alternating=unilateral and draw(st.booleans()),
        needs=needs,
        targets=targets,
        secondary=tuple(each for each in secondary if each[0] not in dict(targets)),
        dose=draw(_ranges(most_often)),
        rep_s=draw(st.sampled_from([1, 3, 60])),
        alongside=tuple(draw(st.lists(st.sampled_from(Kind), max_size=2, unique=True))),
        habit_cues=draw(st.sampled_from([(), ("before_first_step",)])),
        traits=draw(st.sampled_from([(), ("made_trait",)])),
        daily=daily,
        steps=("Do it.",),
        cues=("Slowly.",),
        sources=("SEED0",),
    )


@st.composite
def _ladders(draw: st.DrawFn, pack: str, exercises: list[Exercise]) -> list[Ladder]:
    """Draw one ladder of all exercises in the order of their load, or one for each exercise."""
    if len(exercises) == 1 or draw(st.booleans()):
        return [_single(pack, exercise) for exercise in exercises]
    ordered = sorted(exercises, key=lambda exercise: exercise.load)
    rungs: list[Rung] = []
    for number, exercise in enumerate(ordered):
        needs = draw(st.none() | st.sampled_from([*_MEASURES, *_mastered(ordered[:number])]))
        start = draw(st.none() | st.sampled_from(_MEASURES))
        rungs.append(
            Rung(
                exercise=exercise.id,
                axis=_axis(exercise),
                harder=draw(st.sampled_from(Dimension)) if number else None,
                mastery=draw(st.none() | st.just(_axis(exercise)[-1])),
                needs=_condition(needs),
                start=_condition(start),
            )
        )
    per_side = any(exercise.unilateral for exercise in exercises)
    policy = draw(st.dictionaries(st.sampled_from(sorted(_CONSTANTS)), st.just(0), max_size=3))
    constants = tuple((ConstantName(name), draw(_CONSTANTS[name])) for name in policy)
    return [
        Ladder(
            id=f"{pack}.ladder",
            title="A ladder",
            rungs=tuple(rungs),
            per_side=per_side,
            policy=constants,
            policy_evidence=("B01",) if constants else (),
        )
    ]


def _mastered(exercises: list[Exercise]) -> list[str]:
    return [f"'{exercise.id}' in mastered" for exercise in exercises]


def _condition(text: str | None) -> Condition | None:
    return None if text is None else parse_condition(text)


def _single(pack: str, exercise: Exercise) -> Ladder:
    rung = Rung(exercise=exercise.id, axis=_axis(exercise))
    name = exercise.id.removeprefix(f"{pack}.")
    return Ladder(
        id=f"{pack}.only_{name}", title="One rung", rungs=(rung,), per_side=exercise.unilateral
    )


def _axis(exercise: Exercise) -> tuple[Dose, ...]:
    """Return the start dose of an exercise, and a larger one if the exercise's kind can grow.

    The doses of its kind must grow along the main axis of the start dose.
    """
    first = exercise.dose.start
    axis = first.main_axis
    larger = evolve(first, **{axis: getattr(exercise.dose.top, axis)})
    grows = larger != first and (exercise.kind, axis) in _GROWING
    return (first, larger) if grows else (first,)
