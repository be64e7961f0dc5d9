"""The knowledge of a recommender: packs, policies and messages in one immutable value."""

from kineticchain.knowledge.goal import Goal
from kineticchain.knowledge.knowledge import Knowledge

__all__ = ["Goal", "Knowledge"]
