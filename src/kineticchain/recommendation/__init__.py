"""Recommendation: from a person to a plan, its forecast and its explanation."""

from typing import TYPE_CHECKING

from kineticchain.domain.lazy_exports import lazy_exports

if TYPE_CHECKING:
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
    from kineticchain.recommendation.explanation.diff import (
        ChangeKind,
        Comparison,
        PlanChange,
        diff,
    )
    from kineticchain.recommendation.explanation.explanation import Explanation
    from kineticchain.recommendation.explanation.model import Omission, Why
    from kineticchain.recommendation.explanation.week_turn import WeekTurn
    from kineticchain.recommendation.forecast.outcome import Outcome
    from kineticchain.recommendation.forecast.outlook import OutcomeForecast
    from kineticchain.recommendation.forecast.simulation import SimulatedCourse, StandingChange
    from kineticchain.recommendation.intake.intake import Intake
    from kineticchain.recommendation.intake.question import (
        IntakeProgress,
        IntakeQuestion,
        QuestionKind,
        QuestionOption,
        Screen,
    )
    from kineticchain.recommendation.plan.dated_session import DatedSession
    from kineticchain.recommendation.plan.model import (
        Coverage,
        Item,
        Question,
        Reason,
        Referral,
        SelfTest,
        Session,
        Status,
        TargetRegion,
    )
    from kineticchain.recommendation.plan.plan import Plan
    from kineticchain.recommendation.plan.plan_input import PlanInput
    from kineticchain.recommendation.planning.notes.programme_notes import ProgrammePlace
    from kineticchain.recommendation.programmes import ProgrammeFit
    from kineticchain.recommendation.recommender import Recommender, explain, recommend

__all__ = [
    "Assessment",
    "Change",
    "ChangeKind",
    "ClearScreening",
    "Comparison",
    "Coverage",
    "DatedSession",
    "EarliestDate",
    "Explanation",
    "Failed",
    "FirstPlan",
    "Intake",
    "IntakeProgress",
    "IntakeQuestion",
    "Item",
    "Omission",
    "Outcome",
    "OutcomeForecast",
    "Plan",
    "PlanChange",
    "PlanInput",
    "PreferExercise",
    "ProgrammeFit",
    "ProgrammePlace",
    "Question",
    "QuestionKind",
    "QuestionOption",
    "Reason",
    "Recommender",
    "Referral",
    "ReplaceRequest",
    "Screen",
    "SelfTest",
    "Session",
    "SetEquipment",
    "SetFact",
    "SetMinutes",
    "SetPain",
    "SimulatedCourse",
    "StandingChange",
    "Status",
    "TargetRegion",
    "WeekTurn",
    "Why",
    "WhyNot",
    "diff",
    "explain",
    "recommend",
]

_HOMES = {
    "Assessment": "kineticchain.recommendation.assessment.assessment",
    "Change": "kineticchain.recommendation.counterfactual.change",
    "ChangeKind": "kineticchain.recommendation.explanation.diff",
    "ClearScreening": "kineticchain.recommendation.counterfactual.change",
    "Comparison": "kineticchain.recommendation.explanation.diff",
    "Coverage": "kineticchain.recommendation.plan.model",
    "DatedSession": "kineticchain.recommendation.plan.dated_session",
    "EarliestDate": "kineticchain.recommendation.counterfactual.earliest_date",
    "Explanation": "kineticchain.recommendation.explanation.explanation",
    "Failed": "kineticchain.recommendation.batch",
    "FirstPlan": "kineticchain.recommendation.counterfactual.first_plan",
    "Intake": "kineticchain.recommendation.intake.intake",
    "IntakeProgress": "kineticchain.recommendation.intake.question",
    "IntakeQuestion": "kineticchain.recommendation.intake.question",
    "Item": "kineticchain.recommendation.plan.model",
    "Omission": "kineticchain.recommendation.explanation.model",
    "Outcome": "kineticchain.recommendation.forecast.outcome",
    "OutcomeForecast": "kineticchain.recommendation.forecast.outlook",
    "Plan": "kineticchain.recommendation.plan.plan",
    "PlanChange": "kineticchain.recommendation.explanation.diff",
    "PlanInput": "kineticchain.recommendation.plan.plan_input",
    "PreferExercise": "kineticchain.recommendation.counterfactual.change",
    "ProgrammeFit": "kineticchain.recommendation.programmes",
    "ProgrammePlace": "kineticchain.recommendation.planning.notes.programme_notes",
    "Question": "kineticchain.recommendation.plan.model",
    "QuestionKind": "kineticchain.recommendation.intake.question",
    "QuestionOption": "kineticchain.recommendation.intake.question",
    "Reason": "kineticchain.recommendation.plan.model",
    "Recommender": "kineticchain.recommendation.recommender",
    "Referral": "kineticchain.recommendation.plan.model",
    "ReplaceRequest": "kineticchain.recommendation.counterfactual.change",
    "Screen": "kineticchain.recommendation.intake.question",
    "SelfTest": "kineticchain.recommendation.plan.model",
    "Session": "kineticchain.recommendation.plan.model",
    "SetEquipment": "kineticchain.recommendation.counterfactual.change",
    "SetFact": "kineticchain.recommendation.counterfactual.change",
    "SetMinutes": "kineticchain.recommendation.counterfactual.change",
    "SetPain": "kineticchain.recommendation.counterfactual.change",
    "SimulatedCourse": "kineticchain.recommendation.forecast.simulation",
    "StandingChange": "kineticchain.recommendation.forecast.simulation",
    "Status": "kineticchain.recommendation.plan.model",
    "TargetRegion": "kineticchain.recommendation.plan.model",
    "WeekTurn": "kineticchain.recommendation.explanation.week_turn",
    "Why": "kineticchain.recommendation.explanation.model",
    "WhyNot": "kineticchain.recommendation.counterfactual.why_not",
    "diff": "kineticchain.recommendation.explanation.diff",
    "explain": "kineticchain.recommendation.recommender",
    "recommend": "kineticchain.recommendation.recommender",
}

if not TYPE_CHECKING:  # a type checker sees the names above, and no others
    __getattr__ = lazy_exports(__name__, _HOMES)
