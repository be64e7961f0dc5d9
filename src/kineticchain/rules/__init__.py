"""Rules: from facts to effects, in any order, with nothing that takes back."""

from kineticchain.domain.facts import ReferralLevel
from kineticchain.rules.evaluation.compiled import CompiledRules
from kineticchain.rules.evaluation.reference import decide
from kineticchain.rules.evaluation.rulebook import Rulebook
from kineticchain.rules.model.decision import (
    Cap,
    Decision,
    Demand,
    Exclusion,
    Failure,
    Firing,
    Preference,
    Raised,
)
from kineticchain.rules.model.effect import (
    Advise,
    Conclude,
    Effect,
    Exclude,
    Limit,
    LimitKind,
    Prefer,
    Refer,
    Require,
    Requirement,
    Show,
    Target,
)
from kineticchain.rules.model.exercise_index import ExerciseIndex, ExerciseSide
from kineticchain.rules.model.pack import AcceptedFinding, RulePack
from kineticchain.rules.model.python_rule import PythonRule, rule
from kineticchain.rules.model.rule import Rule

__all__ = [
    "AcceptedFinding",
    "Advise",
    "Cap",
    "CompiledRules",
    "Conclude",
    "Decision",
    "Demand",
    "Effect",
    "Exclude",
    "Exclusion",
    "ExerciseIndex",
    "ExerciseSide",
    "Failure",
    "Firing",
    "Limit",
    "LimitKind",
    "Prefer",
    "Preference",
    "PythonRule",
    "Raised",
    "Refer",
    "ReferralLevel",
    "Require",
    "Requirement",
    "Rule",
    "RulePack",
    "Rulebook",
    "Show",
    "Target",
    "decide",
    "rule",
]
