"""kineticchain: exercise plans that are safe, fit the person, progress, and can be explained.

Nothing here is medical advice. Start with `recommend`; the README shows the rest.
"""

from typing import TYPE_CHECKING

from kineticchain.domain.lazy_exports import lazy_exports
from kineticchain.version import __version__

if TYPE_CHECKING:
    from kineticchain import interop
    from kineticchain.domain.anatomy import Region, Side, declare_region
    from kineticchain.domain.exercises import Dose
    from kineticchain.domain.person import (
        Allowance,
        ClinicianResult,
        Complaint,
        ExerciseLog,
        Finding,
        History,
        Injury,
        InjuryHappened,
        MorningAfter,
        Person,
        PlanIssued,
        PlannedItem,
        Request,
        Screening,
        SessionLog,
        Surgery,
        SurgeryDone,
    )
    from kineticchain.errors import (
        Fault,
        GuardFailure,
        InvalidInput,
        KineticChainError,
        UnknownName,
    )
    from kineticchain.interop.toml import load_pack
    from kineticchain.knowledge import Knowledge
    from kineticchain.knowledge.pack import RulePack
    from kineticchain.progression import Action, Policy, Standing
    from kineticchain.recommendation import (
        Comparison,
        Explanation,
        Plan,
        Recommender,
        diff,
        explain,
        recommend,
    )
    from kineticchain.rules import ReferralLevel

__all__ = [
    "Action",
    "Allowance",
    "ClinicianResult",
    "Comparison",
    "Complaint",
    "Dose",
    "ExerciseLog",
    "Explanation",
    "Fault",
    "Finding",
    "GuardFailure",
    "History",
    "Injury",
    "InjuryHappened",
    "InvalidInput",
    "KineticChainError",
    "Knowledge",
    "MorningAfter",
    "Person",
    "Plan",
    "PlanIssued",
    "PlannedItem",
    "Policy",
    "Recommender",
    "ReferralLevel",
    "Region",
    "Request",
    "RulePack",
    "Screening",
    "SessionLog",
    "Side",
    "Standing",
    "Surgery",
    "SurgeryDone",
    "UnknownName",
    "__version__",
    "declare_region",
    "diff",
    "explain",
    "interop",
    "load_pack",
    "recommend",
]

_HOMES = {
    "Action": "kineticchain.progression.model.transition",
    "Allowance": "kineticchain.domain.person.clinician_result",
    "ClinicianResult": "kineticchain.domain.person.clinician_result",
    "Comparison": "kineticchain.recommendation.explanation.diff",
    "Complaint": "kineticchain.domain.person.complaint",
    "Dose": "kineticchain.domain.exercises.dose",
    "ExerciseLog": "kineticchain.domain.person.event",
    "Explanation": "kineticchain.recommendation.explanation.explanation",
    "Fault": "kineticchain.errors",
    "Finding": "kineticchain.domain.person.event",
    "GuardFailure": "kineticchain.errors",
    "History": "kineticchain.domain.person.history",
    "Injury": "kineticchain.domain.person.complaint",
    "InjuryHappened": "kineticchain.domain.person.event",
    "InvalidInput": "kineticchain.errors",
    "KineticChainError": "kineticchain.errors",
    "Knowledge": "kineticchain.knowledge.knowledge",
    "MorningAfter": "kineticchain.domain.person.event",
    "Person": "kineticchain.domain.person.person",
    "Plan": "kineticchain.recommendation.plan.plan",
    "PlanIssued": "kineticchain.domain.person.event",
    "PlannedItem": "kineticchain.domain.person.event",
    "Policy": "kineticchain.progression.model.policy",
    "Recommender": "kineticchain.recommendation.recommender",
    "ReferralLevel": "kineticchain.domain.facts.scales",
    "Region": "kineticchain.domain.anatomy.region",
    "Request": "kineticchain.domain.person.request",
    "RulePack": "kineticchain.knowledge.pack",
    "Screening": "kineticchain.domain.person.screening",
    "SessionLog": "kineticchain.domain.person.event",
    "Side": "kineticchain.domain.anatomy.side",
    "Standing": "kineticchain.progression.model.standing",
    "Surgery": "kineticchain.domain.person.complaint",
    "SurgeryDone": "kineticchain.domain.person.event",
    "UnknownName": "kineticchain.errors",
    "declare_region": "kineticchain.domain.anatomy.region",
    "diff": "kineticchain.recommendation.explanation.diff",
    "explain": "kineticchain.recommendation.recommender",
    "interop": "kineticchain.interop",
    "load_pack": "kineticchain.interop.toml",
    "recommend": "kineticchain.recommendation.recommender",
}

if not TYPE_CHECKING:  # a type checker sees the names above, and no others
    __getattr__ = lazy_exports(__name__, _HOMES)
