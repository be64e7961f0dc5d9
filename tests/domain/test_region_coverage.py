"""Every region of the body has enough exercises, ladders and kinds of work."""

import pytest

import kineticchain as kc
from kineticchain.domain.anatomy import Part, regions_of
from kineticchain.domain.exercises import Kind
from kineticchain.report.region_coverage import RegionCoverage, region_coverage

ROWS = tuple(region_coverage(kc.Knowledge.builtin()))
KINDS = (
    (Kind.MOBILITY, Kind.STRETCH, Kind.SOFT_TISSUE),
    (Kind.STRENGTH,),
    (Kind.MOTOR_CONTROL, Kind.BALANCE, Kind.CORE),
)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row.region))
def test_a_region_is_the_target_of_eight_exercises(row: RegionCoverage) -> None:
    assert row.primary >= 8
    assert row.ladders >= 2


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row.region))
def test_a_region_can_be_trained_without_equipment_and_floor(row: RegionCoverage) -> None:
    assert row.anywhere >= 3


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row.region))
def test_a_region_can_be_trained_off_the_feet(row: RegionCoverage) -> None:
    assert row.off_the_feet >= 2


@pytest.mark.parametrize("part", [part for part in Part if regions_of(part)])
@pytest.mark.parametrize("kinds", KINDS, ids=["mobility", "strength", "motor control"])
def test_each_part_has_mobility_strength_and_motor_control(
    part: Part, kinds: tuple[Kind, ...], knowledge: kc.Knowledge
) -> None:
    assert any(
        exercise.kind in kinds and any(region.part is part for region, _ in exercise.targets)
        for exercise in knowledge.exercises.values()
    )
