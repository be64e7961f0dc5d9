"""Anatomy: regions, parts and sides of the body, and the kinetic chain that links them."""

from kineticchain.domain.anatomy.claim import Claim, ClaimKind, Direction
from kineticchain.domain.anatomy.kinetic_chain import KineticChain, Path
from kineticchain.domain.anatomy.link import Link, Story
from kineticchain.domain.anatomy.region import Part, Place, Region, Site, regions_of, sites_of
from kineticchain.domain.anatomy.side import Side

__all__ = [
    "Claim",
    "ClaimKind",
    "Direction",
    "KineticChain",
    "Link",
    "Part",
    "Path",
    "Place",
    "Region",
    "Side",
    "Site",
    "Story",
    "regions_of",
    "sites_of",
]
