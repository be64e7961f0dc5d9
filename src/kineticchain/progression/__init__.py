"""Where a person stands on each ladder, derived from the log alone."""

from kineticchain.progression.placement import place
from kineticchain.progression.policy import Policy
from kineticchain.progression.replay import replay
from kineticchain.progression.standing import Action, Standing

__all__ = ["Action", "Policy", "Standing", "place", "replay"]
