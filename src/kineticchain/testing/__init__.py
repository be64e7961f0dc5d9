"""Tools for testing what is built on this library.

`cases` and `playground` need nothing more; the generators need the extra `test`.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kineticchain.testing import packs, strategies
    from kineticchain.testing.cases import case_differences
    from kineticchain.testing.conformance import check_pack
    from kineticchain.testing.seeded import seeded

__all__ = ["case_differences", "check_pack", "packs", "seeded", "strategies"]

_HOMES = {
    "case_differences": "cases",
    "check_pack": "conformance",
    "packs": "",
    "seeded": "seeded",
    "strategies": "",
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Load a tool on first use, since Hypothesis is needed by some of them only."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = _HOMES[name]
        module = import_module(f"{__name__}.{home or name}")
        return getattr(module, name) if home else module
