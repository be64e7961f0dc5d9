"""Checks of exercises and figures: references, equipment, doses, and hands within reach."""

from collections.abc import Iterator

from attrs import evolve

from kineticchain.domain.exercises import Exercise, LoadClass, Support
from kineticchain.domain.exercises.skeleton import PLACES, skeleton
from kineticchain.domain.facts.condition import Contains, walk
from kineticchain.errors import Fault, likely
from kineticchain.knowledge.checks.references import place_of, unknown_ids
from kineticchain.knowledge.contents import Contents
from kineticchain.knowledge.pack import RulePack
from kineticchain.rules.model.rule import Rule

MOST_HEAVY_DAYS = 4
"""The largest number of training days in a week with a rest day between any two of them."""


def exercise_faults(pack: RulePack, knowledge: Contents) -> Iterator[Fault]:
    """Yield the faults of the exercises of a pack.

    Args:
        pack: The pack.
        knowledge: The knowledge with all packs.
    """
    pieces = {piece.id for piece in knowledge.equipment}
    traits = _known_traits(pack, knowledge)
    on_ladders = {rung.exercise for ladder in knowledge.ladders for rung in ladder.rungs}
    for index, exercise in enumerate(pack.exercises):
        where = place_of(pack, "exercise", index, exercise.id)
        yield from unknown_ids(where, "row of evidence", exercise.evidence, knowledge.evidence)
        cited = (*exercise.sources, *(stated.source for stated in exercise.stated))
        yield from unknown_ids(where, "source", cited, knowledge.sources)
        yield from unknown_ids(where, "message", exercise.habit_cues, knowledge.catalog.ids)
        for group in exercise.needs:
            yield from unknown_ids(f"{where}.needs", "piece of equipment", group, pieces)
        for trait in exercise.traits:
            likely_trait = "" if trait in traits else likely(trait, traits)
            if likely_trait:
                yield Fault(f"no rule reads the trait `{trait}`", f"{where}.traits", likely_trait)
        if exercise.support is Support.HAND and ("fixed_support",) not in exercise.needs:
            remedy = "need fixed_support"
            yield Fault("a hand rests on nothing fixed", where=f"{where}.needs", remedy=remedy)
        if not exercise.cues and not exercise.cautions:
            yield Fault("neither cues nor cautions", where=f"{where}.cues", remedy="write one")
        if exercise.daily is not None:
            yield from unknown_ids(
                f"{where}.daily", "row of evidence", [exercise.daily], knowledge.evidence
            )
        elif exercise.load >= LoadClass.L3 and exercise.dose.days_a_week.low > MOST_HEAVY_DAYS:
            what = (
                f"heavy work on {exercise.dose.days_a_week.low} days a week leaves no day between"
            )
            remedy = f"allow {MOST_HEAVY_DAYS} days or fewer, or cite evidence in `daily`"
            yield Fault(what, f"{where}.dose.days_a_week", remedy)
        yield from _together_faults(exercise, f"{where}.together", knowledge)
        if exercise.id not in on_ladders:
            yield Fault("stands on no ladder", where=where, remedy="give it a ladder of one rung")


def _known_traits(pack: RulePack, knowledge: Contents) -> frozenset[str]:
    """Return the traits that rules read, or that exercises of other packs have."""
    read = {
        str(part.member)
        for rule in knowledge.rules
        if isinstance(rule, Rule) and rule.about is not None
        for part in walk(rule.about)
        if isinstance(part, Contains) and part.name.id == "exercise.traits"
    }
    own_ids = {exercise.id for exercise in pack.exercises}
    other_exercises = [
        exercise for exercise in knowledge.exercises.values() if exercise.id not in own_ids
    ]
    return frozenset(read).union(*[exercise.traits for exercise in other_exercises])


def _together_faults(exercise: Exercise, where: str, knowledge: Contents) -> Iterator[Fault]:
    """Yield the faults of `together`.

    A partner has to exist, to be another exercise, and to name the exercise in turn.
    """
    yield from unknown_ids(where, "exercise", exercise.together, knowledge.exercises)
    if exercise.id in exercise.together:
        yield Fault("it belongs together with itself", where, "name another exercise")
    for name in exercise.together:
        partner = knowledge.exercises.get(name)
        if partner is not None and exercise.id not in partner.together:
            what = f"`{name}` does not name `{exercise.id}` in turn"
            yield Fault(what, where, f'write together = ["{exercise.id}"] there, too')


def figure_faults(pack: RulePack, knowledge: Contents) -> Iterator[Fault]:
    """Yield the faults of the figures of a pack.

    Args:
        pack: The pack.
        knowledge: The knowledge with all packs.
    """
    for index, figure in enumerate(pack.figures):
        where = place_of(pack, "figure", index, figure.exercise)
        yield from unknown_ids(where, "exercise", [figure.exercise], knowledge.exercises)
        for prop_index, prop in enumerate(figure.props):
            ends = [end for end in (prop.start, prop.end) if end is not None]
            points = skeleton(figure, evolve(figure.poses[0], hands=None, other_hand=None)).points
            yield from unknown_ids(
                f"{where}.props[{prop_index}]", "point of the body", ends, points
            )
        circle_points = [] if figure.circle is None else [figure.circle]
        points = skeleton(figure, evolve(figure.poses[-1], hands=None, other_hand=None)).points
        yield from unknown_ids(f"{where}.circle", "point of the body", circle_points, points)
        for pose_index, pose in enumerate(figure.poses):
            place = f"{where}.poses[{pose_index}]"
            hands = [hand for hand in (pose.hands, pose.other_hand) if hand is not None]
            faults = list(unknown_ids(f"{place}.hands", "place of a hand", hands, PLACES))
            props = {prop.kind.value for prop in figure.props}
            faults += [
                Fault(f"there is no {hand} in the picture", f"{place}.hands", "add it to `props`")
                for hand in hands
                if hand in {"wall", "counter", "rail", "bar", "chair"} - props
            ]
            yield from faults
            if not faults:
                for name, is_reached in skeleton(figure, pose).reached.items():
                    if not is_reached:
                        yield Fault(f"`{name}` does not reach it", place, "change the pose")
