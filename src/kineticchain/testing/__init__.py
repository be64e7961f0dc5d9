"""Tools for testing what is built on this library; needs the extra `test`."""

from kineticchain.testing import packs, strategies
from kineticchain.testing.cases import case_differences
from kineticchain.testing.conformance import check_pack
from kineticchain.testing.seeded import seeded

__all__ = ["case_differences", "check_pack", "packs", "seeded", "strategies"]
