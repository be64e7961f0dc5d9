"""The body: regions, parts and sides, and the kinetic chain that joins them."""

from kineticchain.domain.anatomy.claim import Claim, ClaimKind, Direction
from kineticchain.domain.anatomy.kinetic_chain import KineticChain, Path
from kineticchain.domain.anatomy.link import Link, Story
from kineticchain.domain.anatomy.region import Part, Region, Site, sites_of
from kineticchain.domain.anatomy.side import Side

__all__ = [
    "Claim",
    "ClaimKind",
    "Direction",
    "KineticChain",
    "Link",
    "Part",
    "Path",
    "Region",
    "Side",
    "Site",
    "Story",
    "sites_of",
]
