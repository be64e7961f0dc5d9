"""From a person to a plan that explains itself."""

from kineticchain.recommendation.plan import (
    Item,
    Omission,
    Plan,
    Question,
    Reason,
    Referral,
    Session,
    Status,
    TargetRegion,
    TraceEntry,
    Why,
)
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
