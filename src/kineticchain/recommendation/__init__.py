"""From a person to a plan that explains itself."""

from kineticchain.recommendation.assessment.assessment import Assessment
from kineticchain.recommendation.batch import Failed
from kineticchain.recommendation.counterfactual.change import (
    Change,
    ClearScreening,
    PreferExercise,
    ReplaceRequest,
    SetEquipment,
    SetFact,
    SetMinutes,
    SetPain,
)
from kineticchain.recommendation.counterfactual.earliest_date import EarliestDate
from kineticchain.recommendation.counterfactual.first_plan import FirstPlan
from kineticchain.recommendation.counterfactual.why_not import WhyNot
from kineticchain.recommendation.forecast.outcome import Outcome
from kineticchain.recommendation.forecast.outlook import OutcomeForecast
from kineticchain.recommendation.forecast.simulation import SimulatedCourse, StandingChange
from kineticchain.recommendation.plan.dated_session import DatedSession
from kineticchain.recommendation.plan.diff import ChangeKind, Comparison, PlanChange, diff
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
from kineticchain.recommendation.plan.plan_input import PlanInput
from kineticchain.recommendation.recommender import Recommender, recommend

__all__ = [
    "Assessment",
    "Change",
    "ChangeKind",
    "ClearScreening",
    "Comparison",
    "Coverage",
    "DatedSession",
    "EarliestDate",
    "Failed",
    "FirstPlan",
    "Item",
    "Omission",
    "Outcome",
    "OutcomeForecast",
    "Plan",
    "PlanChange",
    "PlanInput",
    "PreferExercise",
    "Question",
    "Reason",
    "Recommender",
    "Referral",
    "ReplaceRequest",
    "Session",
    "SetEquipment",
    "SetFact",
    "SetMinutes",
    "SetPain",
    "SimulatedCourse",
    "StandingChange",
    "Status",
    "TargetRegion",
    "Why",
    "WhyNot",
    "diff",
    "recommend",
]
