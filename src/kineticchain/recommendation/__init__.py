"""From a person to a plan that explains itself."""

from kineticchain.recommendation.assessment.assessment import Assessment
from kineticchain.recommendation.batch import Failed
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
from kineticchain.recommendation.counterfactual.earliest_date import Later
from kineticchain.recommendation.counterfactual.first_plan import Arrival
from kineticchain.recommendation.counterfactual.why_not import WhyNot
from kineticchain.recommendation.forecast.outcome import Outcome
from kineticchain.recommendation.forecast.outlook import Outlook
from kineticchain.recommendation.forecast.simulation import Life, Move
from kineticchain.recommendation.plan.dated_session import DatedSession
from kineticchain.recommendation.plan.diff import Comparison, Delta, Difference, diff
from kineticchain.recommendation.plan.model import (
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
from kineticchain.recommendation.plan.plan import Plan
from kineticchain.recommendation.plan.plan_input import Asked
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
