"""The kinetic chain: paths, influence, and what they cite."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kineticchain as kc
from kineticchain.domain.anatomy import ClaimKind, KineticChain, Link, Part, Region
from kineticchain.domain.evidence import Grade
from kineticchain.errors import InvalidKnowledge

CHAIN = kc.Knowledge.builtin().chain
WEIGHTS = CHAIN.weights


def simple_paths(chain: KineticChain, origin: Region, target: Region) -> list[tuple[Region, ...]]:
    """Every path without a region twice: slow, and obviously all of them."""
    found = []
    open_paths: list[tuple[Region, ...]] = [(origin,)]
    while open_paths:
        path = open_paths.pop()
        if path[-1] is target:
            found.append(path)
            continue
        open_paths += [
            (*path, link.target)
            for link in chain.links
            if link.origin is path[-1] and link.target not in path
        ]
    return found


def influence(chain: KineticChain, path: tuple[Region, ...], kind: ClaimKind) -> int:
    weights = dict(chain.weights)
    amount = 1000
    for origin, target in pairwise(path):
        link = chain.link(origin, target)
        assert link is not None
        amount = amount * weights[link.grade(kind)] // 1000
    return amount


@st.composite
def small_chains(draw: st.DrawFn) -> KineticChain:
    regions = list(Region)[:6]
    ends = st.tuples(st.sampled_from(regions), st.sampled_from(regions)).filter(
        lambda pair: pair[0] is not pair[1]
    )
    grade = st.sampled_from(Grade)
    links = [
        Link(
            origin=a,
            target=b,
            mechanics=draw(grade),
            pain_association=draw(grade),
            treatment_effect=draw(grade),
        )
        for a, b in draw(st.lists(ends, max_size=12, unique=True))
    ]
    return KineticChain(links=tuple(links), weights=WEIGHTS)


@given(chain=small_chains(), kind=st.sampled_from(ClaimKind))
def test_the_best_path_is_the_best_of_all_simple_paths(
    chain: KineticChain, kind: ClaimKind
) -> None:
    for origin in list(Region)[:6]:
        for target in list(Region)[:6]:
            if origin is target:
                continue
            paths = simple_paths(chain, origin, target)
            found = chain.path(origin, target, kind)
            if not paths:
                assert found is None
                continue
            best = max((influence(chain, path, kind), -len(path)) for path in paths)
            assert found is not None
            assert (found.influence, -len(found.regions)) == best
            assert found.regions in paths


def test_every_part_is_reached_from_the_foot_to_the_spine() -> None:
    path = CHAIN.path(Region.PLANTAR_FASCIA, Region.LUMBAR, ClaimKind.MECHANICS)
    assert path is not None
    parts = list(dict.fromkeys(region.part for region in path.regions))
    assert parts[0] is Part.FOOT
    assert parts[-1] is Part.SPINE


def test_the_way_from_foot_to_back_is_weak_where_treatment_is_meant() -> None:
    path = CHAIN.path(Region.PLANTAR_FASCIA, Region.LUMBAR)
    assert path is not None
    assert path.influence <= 10
    assert path.grade.rank <= Grade.EXPERT.rank


def test_influences_come_strongest_first_and_leave_out_the_region_itself() -> None:
    paths = CHAIN.influences(Region.KNEE)
    strengths = [path.influence for path in paths]
    assert strengths == sorted(strengths, reverse=True)
    assert Region.KNEE not in {path.regions[0] for path in paths}


def test_every_neighbouring_link_runs_both_ways() -> None:
    for link in CHAIN.links:
        assert CHAIN.link(link.target, link.origin) is not None


def test_claims_are_found_for_and_against() -> None:
    claims = CHAIN.claims(Region.HEEL, Region.LUMBAR)
    assert {"A10", "A12"} <= {claim.id for claim in claims if claim.against}
    assert "A13" in {claim.id for claim in claims if not claim.against}


def test_no_unconfirmed_claim_has_a_strong_grade() -> None:
    for claim in CHAIN.evidence:
        assert claim.confirmed or claim.grade.rank <= Grade.LIMITED.rank


def test_a_link_stated_twice_is_refused() -> None:
    link = CHAIN.links[0]
    with pytest.raises(InvalidKnowledge, match="stated twice"):
        KineticChain(links=(link, link), weights=WEIGHTS)


def test_a_grade_without_its_weight_is_refused() -> None:
    with pytest.raises(InvalidKnowledge, match="`strong` has no weight"):
        KineticChain(links=(), weights=WEIGHTS[1:])


def test_a_region_is_not_its_own_neighbour() -> None:
    with pytest.raises(kc.InvalidInput, match="linked to itself"):
        Link(
            origin=Region.HIP,
            target=Region.HIP,
            mechanics=Grade.NONE,
            pain_association=Grade.NONE,
            treatment_effect=Grade.NONE,
        )


def test_a_path_reads_from_its_origin_to_its_target() -> None:
    path = CHAIN.path(Region.CORE, Region.LUMBAR)
    assert str(path) == "core → lumbar (500/1000, moderate)"


def test_the_story_from_foot_to_neck_is_told_with_its_honest_grade() -> None:
    story = next(one for one in CHAIN.stories if one.id == "from_the_foot_to_the_neck")
    path = CHAIN.along(story.regions)
    assert (path.influence, path.grade) == (0, Grade.NONE)
    assert CHAIN.along(story.regions, ClaimKind.MECHANICS).grade is Grade.LIMITED


def test_the_story_from_the_core_down_rests_on_opinion() -> None:
    story = next(one for one in CHAIN.stories if one.id == "from_the_core_to_the_foot")
    assert CHAIN.along(story.regions).grade.rank <= Grade.EXPERT.rank
    assert {claim.id for claim in CHAIN.claims(Region.CORE, Region.HEEL)} == {"A46"}


def test_a_way_without_a_link_is_refused() -> None:
    with pytest.raises(kc.InvalidInput, match="no link leads from `toes` to `neck`"):
        CHAIN.along((Region.TOES, Region.NECK))


def test_downstream_and_upstream_are_the_two_ends_of_the_same_paths() -> None:
    for origin in Region:
        for path in CHAIN.downstream(origin):
            assert path in CHAIN.upstream(path.regions[-1])
