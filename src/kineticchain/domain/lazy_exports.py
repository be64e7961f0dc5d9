"""Exports of a package that are loaded on first use."""

from collections.abc import Callable, Mapping
from importlib import import_module


def lazy_exports(package: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """Return a `__getattr__` for a package that loads each export on first use (PEP 562).

    A type checker sees the imports under ``TYPE_CHECKING``; a test holds both equal.

    Args:
        package: The name of the package.
        homes: For each exported name the module that defines it; for a submodule its own name.
    """

    def load(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        home = import_module(homes[name])
        return home if homes[name] == f"{package}.{name}" else getattr(home, name)

    return load
