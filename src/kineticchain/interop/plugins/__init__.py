"""Rule packs that are installed beside the library, found when the app asks for them."""

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
