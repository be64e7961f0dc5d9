"""Pictures of the chain: every region has its place, every link its grade."""

import xml.etree.ElementTree as ET
from itertools import combinations

import pytest

import kineticchain as kc
from kineticchain.domain.anatomy import ClaimKind
from kineticchain.report import chain_picture

CHAIN = kc.Knowledge.builtin().chain
POSITIONS = {region.id: region.position for region in CHAIN.regions}


@pytest.mark.parametrize("kind", ClaimKind)
def test_the_svg_is_well_formed_and_holds_every_region_and_link(kind: ClaimKind) -> None:
    root = ET.fromstring(chain_picture.svg(CHAIN, kind))  # noqa: S314 - our own text
    titles = [element.text for element in root.iter("{http://www.w3.org/2000/svg}title")]
    for link in CHAIN.links:
        assert f"{link.origin} to {link.target}: {link.grade(kind)}" in titles
    texts = {element.text for element in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"heel", "lower back", "neck"} <= texts


def test_labels_of_regions_do_not_overlap() -> None:
    for one, other in combinations(kc.Region, 2):
        (x1, y1), (x2, y2) = POSITIONS[one], POSITIONS[other]
        assert abs(y1 - y2) >= 20 or abs(x1 - x2) >= 90


def test_the_picture_stands_on_its_feet() -> None:
    heights = [
        POSITIONS[region][1]
        for region in (
            kc.Region.NECK,
            kc.Region.LUMBAR,
            kc.Region.HIP,
            kc.Region.KNEE,
            kc.Region.ANKLE,
        )
    ]
    assert heights == sorted(heights)


def test_mermaid_and_dot_draw_every_link_with_its_grade() -> None:
    mermaid, dot = chain_picture.mermaid(CHAIN), chain_picture.dot(CHAIN)
    for link in CHAIN.links:
        assert f"{link.origin} -->|{link.treatment_effect}| {link.target}" in mermaid
        assert f'{link.origin} -> {link.target} [label="{link.treatment_effect}"' in dot
