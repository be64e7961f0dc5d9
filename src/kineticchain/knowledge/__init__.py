"""All that a recommender knows, as one immutable value."""

from kineticchain.knowledge.knowledge import Goal, Knowledge

__all__ = ["Goal", "Knowledge"]
