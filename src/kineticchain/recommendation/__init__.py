"""From a person to a plan that explains itself."""

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
from kineticchain.recommendation.recommender import Assessment, Recommender, recommend

__all__ = [
    "Assessment",
    "Item",
    "Omission",
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
