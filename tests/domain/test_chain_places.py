"""The chain takes regions and parts of the body, by themselves or by their ids."""

import pytest

import kineticchain as kc
from kineticchain.domain.anatomy import Part

CHAIN = kc.Knowledge.builtin().chain


def test_a_path_leads_from_a_part_to_a_part() -> None:
    path = CHAIN.path("foot", "spine")
    assert path is not None
    assert path.regions[0].part is Part.FOOT
    assert path.regions[-1].part is Part.SPINE


def test_of_a_part_the_region_with_the_most_influence_counts() -> None:
    path = CHAIN.path("foot", "knee")
    best = max(
        (CHAIN.path(region, "knee") for region in kc.Region if region.part is Part.FOOT),
        key=lambda found: -1 if found is None else found.influence,
    )
    assert path == best


def test_the_chain_itself_answers_as_its_path_does() -> None:
    assert CHAIN("knee", "spine") == CHAIN.path(kc.Region.KNEE, Part.SPINE)


def test_an_id_that_is_a_region_and_a_part_is_the_region() -> None:
    path = CHAIN.path("knee", "hip")
    assert path is not None
    assert (path.regions[0], path.regions[-1]) == (kc.Region.KNEE, kc.Region.HIP)
    assert CHAIN.path(Part.KNEE, "hip") is not None


@pytest.mark.parametrize("place", ["fot", "Foot", ""])
def test_an_unknown_place_is_an_error_of_ours(place: str) -> None:
    with pytest.raises(kc.UnknownName, match="no region or part of the body"):
        CHAIN.path(place, "spine")


def test_the_likely_place_is_named() -> None:
    with pytest.raises(kc.UnknownName, match="did you mean `foot`"):
        CHAIN.influences("fot")


def test_what_is_no_name_is_an_error_of_ours() -> None:
    with pytest.raises(kc.InvalidInput, match="is no region"):
        CHAIN.claims(3, "spine")  # type: ignore[arg-type]  # the wrong turn
