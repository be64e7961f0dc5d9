"""Documents in JSON, TOML and YAML, their schemas, and plugins."""

from kineticchain.interop import json, toml, yaml

__all__ = ["json", "toml", "yaml"]
