"""Tools for testing what is built on this library; needs the extra `test`."""

from kineticchain.testing import packs, strategies
from kineticchain.testing.conformance import check_pack
from kineticchain.testing.seeded import seeded

__all__ = ["check_pack", "packs", "seeded", "strategies"]
