"""What stands in for an exercise that was trained so far and lacks its equipment here."""

from collections.abc import Iterable, Mapping

from kineticchain.domain.exercises import Exercise
from kineticchain.knowledge import Knowledge
from kineticchain.progression import Standing
from kineticchain.recommendation.assessment.assessment import Assessment
from kineticchain.recommendation.assessment.ladder_eligibility import FeasibleItem


def substitutes(
    assessment: Assessment, continuity: Iterable[str], knowledge: Knowledge
) -> Mapping[str, str]:
    """For another ladder the exercise that it stands in for.

    That is the ladder with the nearest exercise of its kind, where nothing of its own can be done
    for want of equipment alone; none that is trained anyway.
    """
    trained = set(continuity)
    found: dict[str, str] = {}
    for standing in assessment.standings:
        if standing.ladder in trained and standing.exercise is not None:
            missing = knowledge.exercises[standing.exercise]
            if _lacks_equipment_alone(standing, assessment):
                free = (
                    one
                    for one in assessment.feasible.items
                    if one.side.meets(standing.side)
                    and knowledge.ladder_of(one.exercise.id).id not in trained
                )
                nearest = _nearest(missing, free)
                if nearest is not None:
                    found.setdefault(knowledge.ladder_of(nearest.id).id, missing.id)
    return found


def _lacks_equipment_alone(standing: Standing, assessment: Assessment) -> bool:
    feasible = assessment.feasible
    if any(one.side.meets(standing.side) for one in feasible.on_ladder[standing.ladder]):
        return False
    bars = [
        bar
        for (exercise, side), barred in feasible.against.items()
        if exercise == standing.exercise and side.meets(standing.side)
        for bar in barred
    ]
    return bool(bars) and all(bar.code == "equipment_missing" for bar in bars)


def _nearest(missing: Exercise, feasible: Iterable[FeasibleItem]) -> Exercise | None:
    """The one of the same kind that works on most of the same, no harder than it."""
    wanted = dict(missing.weights)

    def alike(other: Exercise) -> int:
        return sum(min(weight, wanted.get(region, 0)) for region, weight in other.weights)

    same = [
        one.exercise
        for one in feasible
        if one.exercise.kind is missing.kind and one.exercise.load <= missing.load
    ]
    best = max(same, key=lambda one: (alike(one), one.load, one.id), default=None)
    return best if best is not None and 2 * alike(best) >= sum(wanted.values()) else None
