"""The kinetic chain: which region influences which, how strongly, and on what evidence."""

from kineticchain.chain.claim import Claim, ClaimKind, Direction
from kineticchain.chain.kinetic_chain import KineticChain, Path
from kineticchain.chain.link import Link
from kineticchain.chain.story import Story

__all__ = ["Claim", "ClaimKind", "Direction", "KineticChain", "Link", "Path", "Story"]
