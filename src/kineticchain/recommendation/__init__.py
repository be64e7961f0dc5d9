"""From a person to a plan that explains itself."""

from kineticchain.recommendation.asked import Asked
from kineticchain.recommendation.assessing.assessment import Assessment
from kineticchain.recommendation.counterfactual.arrival import Arrival
from kineticchain.recommendation.counterfactual.change import (
    AllClear,
    Answer,
    Asking,
    Change,
    Equipment,
    Minutes,
    Pain,
    Preferring,
)
from kineticchain.recommendation.counterfactual.difference import (
    Comparison,
    Delta,
    Difference,
    diff,
)
from kineticchain.recommendation.counterfactual.later import Later
from kineticchain.recommendation.counterfactual.why_not import WhyNot
from kineticchain.recommendation.dated_session import DatedSession
from kineticchain.recommendation.foresight.outcome import Outcome
from kineticchain.recommendation.foresight.outlook import Outlook
from kineticchain.recommendation.foresight.simulation import Life, Move
from kineticchain.recommendation.many import Failed
from kineticchain.recommendation.parts import (
    Coverage,
    Item,
    Omission,
    Question,
    Reason,
    Referral,
    Session,
    Status,
    TargetRegion,
    Why,
)
from kineticchain.recommendation.plan import Plan
from kineticchain.recommendation.recommender import Recommender, recommend

__all__ = [
    "AllClear",
    "Answer",
    "Arrival",
    "Asked",
    "Asking",
    "Assessment",
    "Change",
    "Comparison",
    "Coverage",
    "DatedSession",
    "Delta",
    "Difference",
    "Equipment",
    "Failed",
    "Item",
    "Later",
    "Life",
    "Minutes",
    "Move",
    "Omission",
    "Outcome",
    "Outlook",
    "Pain",
    "Plan",
    "Preferring",
    "Question",
    "Reason",
    "Recommender",
    "Referral",
    "Session",
    "Status",
    "TargetRegion",
    "Why",
    "WhyNot",
    "diff",
    "recommend",
]
