"""Counts of exercises and ladders for each region."""

from collections.abc import Iterator

from attrs import frozen

from kineticchain.domain.anatomy import Region
from kineticchain.domain.exercises import Exercise, Position
from kineticchain.knowledge.knowledge import Knowledge

LYING_OR_SEATED = frozenset({Position.SUPINE, Position.PRONE, Position.SIDE_LYING, Position.SEATED})
"""The positions for people who may not stand."""

FLOOR = "floor"
"""The trait of exercises that need a transfer to the floor."""


@frozen(kw_only=True)
class RegionCoverage:
    """The numbers of exercises and ladders for one region.

    Attributes:
        region: The region.
        primary: Exercises with the region among their targets.
        secondary: Exercises with the region among their secondary regions.
        ladders: Ladders with an exercise that targets the region.
        no_equipment: Exercises that target the region and need no equipment.
        no_floor: Exercises that target the region without a transfer to the floor.
        anywhere: Exercises that target the region and need neither equipment nor such a transfer.
        off_the_feet: Exercises that target the region in a lying or seated position.
    """

    region: Region
    primary: int
    secondary: int
    ladders: int
    no_equipment: int
    no_floor: int
    anywhere: int
    off_the_feet: int


def region_coverage(knowledge: Knowledge) -> Iterator[RegionCoverage]:
    """Yield the coverage of each region, from the toes to the neck.

    Args:
        knowledge: The exercises and ladders.
    """
    for region in knowledge.regions:
        primary = [
            exercise for exercise in knowledge.exercises.values() if _targets(exercise, region)
        ]
        yield RegionCoverage(
            region=region,
            primary=len(primary),
            secondary=sum(
                any(name is region for name, _ in exercise.secondary)
                for exercise in knowledge.exercises.values()
            ),
            ladders=len({knowledge.ladder_of(exercise.id).id for exercise in primary}),
            no_equipment=sum(not exercise.needs for exercise in primary),
            no_floor=sum(FLOOR not in exercise.traits for exercise in primary),
            anywhere=sum(
                not exercise.needs and FLOOR not in exercise.traits for exercise in primary
            ),
            off_the_feet=sum(exercise.position in LYING_OR_SEATED for exercise in primary),
        )


def _targets(exercise: Exercise, region: Region) -> bool:
    return any(name is region for name, _ in exercise.targets)
