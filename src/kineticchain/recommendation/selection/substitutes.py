"""Substitutes for trained exercises whose equipment is missing."""

from collections.abc import Iterable, Mapping

from kineticchain.domain.exercises import Exercise
from kineticchain.knowledge import Knowledge
from kineticchain.progression import Standing
from kineticchain.recommendation.assessment.assessment import Assessment
from kineticchain.recommendation.assessment.ladder_eligibility import FeasibleItem
from kineticchain.rules.model.exercise_index import ExerciseSide


def substitutes(
    assessment: Assessment, continuity: Iterable[str], knowledge: Knowledge
) -> Mapping[str, str]:
    """Return the ladders that substitute for others, each with the exercise that it replaces.

    A ladder needs a substitute if it was trained, none of its exercises is feasible, and its
    current exercise lacks nothing but equipment. The substitute is the ladder of the nearest
    feasible exercise of the same kind, among the ladders that are not trained anyway.

    Args:
        assessment: The standings and the feasible exercises.
        continuity: The ids of the continued ladders.
        knowledge: The exercises and ladders.
    """
    trained = set(continuity)
    replaced: dict[str, str] = {}
    for standing in assessment.standings:
        if standing.ladder in trained and standing.exercise is not None:
            missing = knowledge.exercises[standing.exercise]
            if _lacks_equipment_alone(standing, assessment):
                candidates = (
                    item
                    for item in assessment.feasible.items
                    if item.side.meets(standing.side)
                    and knowledge.ladder_of(item.exercise.id).id not in trained
                )
                nearest = _nearest(missing, candidates)
                if nearest is not None:
                    replaced.setdefault(knowledge.ladder_of(nearest.id).id, missing.id)
    return replaced


def _lacks_equipment_alone(standing: Standing, assessment: Assessment) -> bool:
    """Return whether a standing's ladder is infeasible, and its exercise lacks only equipment."""
    feasible = assessment.feasible
    if any(item.side.meets(standing.side) for item in feasible.on_ladder[standing.ladder]):
        return False
    exercise = assessment.knowledge.exercises[standing.exercise or ""]
    reasons = [
        reason
        for side in exercise.sides()
        if side.meets(standing.side)
        for reason in feasible.reasons(ExerciseSide(exercise.id, side))
    ]
    return bool(reasons) and all(reason.code == "equipment_missing" for reason in reasons)


def _nearest(missing: Exercise, feasible: Iterable[FeasibleItem]) -> Exercise | None:
    """Return the nearest feasible exercise, or None if its overlap is below 50 %.

    The nearest exercise is of the same kind and at most the same load, and has the largest overlap
    of weighted regions; ties go to the higher load.
    """
    weights = dict(missing.weights)

    def overlap(exercise: Exercise) -> int:
        return sum(min(weight, weights.get(region, 0)) for region, weight in exercise.weights)

    similar = [
        item.exercise
        for item in feasible
        if item.exercise.kind is missing.kind and item.exercise.load <= missing.load
    ]
    best = max(
        similar,
        key=lambda exercise: (overlap(exercise), exercise.load, exercise.id),
        default=None,
    )
    return best if best is not None and 2 * overlap(best) >= sum(weights.values()) else None
