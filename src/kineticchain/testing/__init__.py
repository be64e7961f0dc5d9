"""Tools for testing apps and rule packs that are built on this library.

`cases` and `playground` have no further dependencies; the generators need the extra `test`.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kineticchain.testing import packs, strategies
    from kineticchain.testing.cases import case_differences
    from kineticchain.testing.conformance import check_pack
    from kineticchain.testing.random_outcomes import seeded

__all__ = ["case_differences", "check_pack", "packs", "seeded", "strategies"]

_MODULES = {
    "case_differences": "cases",
    "check_pack": "conformance",
    "packs": "",
    "seeded": "random_outcomes",
    "strategies": "",
}
"""The module of each name; empty for names that are modules themselves."""

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Import a tool on first use, because only some of them need Hypothesis."""
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        module_name = _MODULES[name]
        module = import_module(f"{__name__}.{module_name or name}")
        return getattr(module, name) if module_name else module
