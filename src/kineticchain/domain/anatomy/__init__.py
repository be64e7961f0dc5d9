"""Anatomy: regions, parts and sides of the body, and the kinetic chain that links them."""

from kineticchain.domain.anatomy.claim import Claim, ClaimKind, Direction
from kineticchain.domain.anatomy.kinetic_chain import KineticChain, Path
from kineticchain.domain.anatomy.link import Link, Story
from kineticchain.domain.anatomy.region import (
    BodyRegion,
    Part,
    Place,
    Region,
    RegionPoints,
    Site,
    declare_region,
    is_region,
    region_ids,
    regions_in_order,
    regions_of,
    sites_of,
)
from kineticchain.domain.anatomy.side import Side

__all__ = [
    "BodyRegion",
    "Claim",
    "ClaimKind",
    "Direction",
    "KineticChain",
    "Link",
    "Part",
    "Path",
    "Place",
    "Region",
    "RegionPoints",
    "Side",
    "Site",
    "Story",
    "declare_region",
    "is_region",
    "region_ids",
    "regions_in_order",
    "regions_of",
    "sites_of",
]
