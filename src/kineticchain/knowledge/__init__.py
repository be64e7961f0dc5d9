"""All that a recommender knows, as one immutable value."""

from kineticchain.knowledge.goal import Goal
from kineticchain.knowledge.knowledge import Knowledge

__all__ = ["Goal", "Knowledge"]
