"""Tools for testing what is built on this library; needs the extra `test`."""

from kineticchain.testing import packs, strategies
from kineticchain.testing.conformance import check_pack

__all__ = ["check_pack", "packs", "strategies"]
