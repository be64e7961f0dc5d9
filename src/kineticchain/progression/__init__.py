"""Positions of a person on ladders, derived from the log alone."""

from kineticchain.progression.model.dose_steps import DoseStep
from kineticchain.progression.model.ladder_index import LadderIndex
from kineticchain.progression.model.policy import Policy
from kineticchain.progression.model.progress import Progress
from kineticchain.progression.model.standing import Standing
from kineticchain.progression.model.track import Track
from kineticchain.progression.model.transition import Action, DoseOrder, Transition, Trigger
from kineticchain.progression.replay.checkpoint import (
    Checkpoint,
    ReplayState,
    advance,
    advanced,
    begin,
    resume,
)
from kineticchain.progression.replay.placement import place
from kineticchain.progression.replay.replay import (
    ReplayedPart,
    replay,
    replayed,
    replayed_onward,
    standings,
)
from kineticchain.progression.replay.replay_context import ReplayContext

__all__ = [
    "Action",
    "Checkpoint",
    "DoseOrder",
    "DoseStep",
    "LadderIndex",
    "Policy",
    "Progress",
    "ReplayContext",
    "ReplayState",
    "ReplayedPart",
    "Standing",
    "Track",
    "Transition",
    "Trigger",
    "advance",
    "advanced",
    "begin",
    "place",
    "replay",
    "replayed",
    "replayed_onward",
    "resume",
    "standings",
]
