"""Lazy exports: names of a package that are loaded on first use."""

from collections.abc import Callable, Mapping
from importlib import import_module


def lazy_exports(package: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """Return a `__getattr__` for a package that loads each export on first use (PEP 562).

    A type checker reads the imports under ``TYPE_CHECKING`` instead; a test compares the two.

    Args:
        package: The name of the package.
        homes: The module that defines each exported name; for a submodule, its full name.
    """

    def load(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        module = import_module(homes[name])
        return module if homes[name] == f"{package}.{name}" else getattr(module, name)

    return load
