"""The edges to the world: JSON, TOML and YAML, one module a format, and their schemas."""

from kineticchain.interop import json, toml, yaml

__all__ = ["json", "toml", "yaml"]
