"""From a person to a plan that explains itself."""

from kineticchain.recommendation.assessment import Assessment
from kineticchain.recommendation.outcome import Outcome
from kineticchain.recommendation.outlook import Outlook
from kineticchain.recommendation.parts import (
    Item,
    Omission,
    Question,
    Reason,
    Referral,
    Session,
    Status,
    TargetRegion,
    TraceEntry,
    Why,
)
from kineticchain.recommendation.plan import Plan
from kineticchain.recommendation.recommender import Recommender, recommend
from kineticchain.recommendation.simulation import Life, Move

__all__ = [
    "Assessment",
    "Item",
    "Life",
    "Move",
    "Omission",
    "Outcome",
    "Outlook",
    "Plan",
    "Question",
    "Reason",
    "Recommender",
    "Referral",
    "Session",
    "Status",
    "TargetRegion",
    "TraceEntry",
    "Why",
    "recommend",
]
