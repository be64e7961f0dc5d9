"""kineticchain: plans of exercises that are safe, fit, move on, and can say why.

Nothing here is medical advice. Start with `recommend`; the README shows the rest.
"""

from typing import TYPE_CHECKING

from kineticchain.domain.anatomy import Region, Side
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
from kineticchain.errors import Fault, GuardFailure, InvalidInput, KineticChainError, UnknownName
from kineticchain.knowledge import Knowledge
from kineticchain.progression import Action, Policy, Standing
from kineticchain.recommendation import Comparison, Plan, Recommender, diff, recommend
from kineticchain.rules import ReferralLevel, RulePack
from kineticchain.version import __version__

if TYPE_CHECKING:
    from kineticchain import interop
    from kineticchain.interop.toml import load_pack

__all__ = [
    "Action",
    "Allowance",
    "ClinicianResult",
    "Comparison",
    "Complaint",
    "Dose",
    "ExerciseLog",
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
    "diff",
    "interop",
    "load_pack",
    "recommend",
]

if not TYPE_CHECKING:  # a type checker sees the names above, and no others

    def __getattr__(name: str) -> object:
        """Load the edges on first use: they bring cattrs and readers of files along."""
        if name == "interop":
            import kineticchain.interop  # noqa: PLC0415 - lazy on purpose

            return kineticchain.interop
        if name == "load_pack":
            from kineticchain.interop.toml import load_pack  # noqa: PLC0415 - lazy on purpose

            return load_pack
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
