"""Where a person stands on each ladder, derived from the log alone."""

from kineticchain.progression.course import Course
from kineticchain.progression.dose_steps import DoseStep
from kineticchain.progression.incremental import (
    Checkpoint,
    State,
    advance,
    advanced,
    begin,
    resume,
)
from kineticchain.progression.ladderbook import Ladderbook
from kineticchain.progression.placement import place
from kineticchain.progression.policy import Policy
from kineticchain.progression.progress import Progress
from kineticchain.progression.replay import replay, replayed, standings
from kineticchain.progression.standing import Standing
from kineticchain.progression.track import Track
from kineticchain.progression.transition import Action, DoseOrder, Moment, Transition

__all__ = [
    "Action",
    "Checkpoint",
    "Course",
    "DoseOrder",
    "DoseStep",
    "Ladderbook",
    "Moment",
    "Policy",
    "Progress",
    "Standing",
    "State",
    "Track",
    "Transition",
    "advance",
    "advanced",
    "begin",
    "place",
    "replay",
    "replayed",
    "resume",
    "standings",
]
