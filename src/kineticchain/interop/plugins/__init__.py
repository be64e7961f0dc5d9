"""Installed rule packs: discovery by entry points, and rules in a separate process."""

from kineticchain.interop.plugins.discovery import (
    API_VERSION,
    GROUP,
    Discovery,
    RulePackPlugin,
    discover,
)
from kineticchain.interop.plugins.isolation import IsolatedPack, Limits

__all__ = [
    "API_VERSION",
    "GROUP",
    "Discovery",
    "IsolatedPack",
    "Limits",
    "RulePackPlugin",
    "discover",
]
