"""The anatomy is data; the enum for type checkers names the same regions."""

import kineticchain as kc
from kineticchain.domain.anatomy import Part, Region, regions_of

REGIONS = kc.Knowledge.builtin().chain.regions


def test_the_enum_names_the_regions_of_the_data_in_their_order() -> None:
    assert [region.id for region in REGIONS] == list(Region)


def test_parts_and_sides_are_those_of_the_data() -> None:
    assert [(region.part, region.paired) for region in REGIONS] == [
        (region.part, region.paired) for region in Region
    ]


def test_each_part_has_the_regions_that_name_it() -> None:
    for part in Part:
        assert set(regions_of(part)) == {row.id for row in REGIONS if row.part is part}
