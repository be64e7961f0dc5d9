"""The edges to the world: JSON and TOML, one module a format."""

from kineticchain.interop import json, toml

__all__ = ["json", "toml"]
