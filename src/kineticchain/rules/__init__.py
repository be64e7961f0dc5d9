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
    Favour,
    Limit,
    LimitKind,
    Refer,
    Require,
    Requirement,
    Show,
    Target,
)
from kineticchain.rules.model.exercise_index import Candidate, Catalogue
from kineticchain.rules.model.pack import Explained, RulePack
from kineticchain.rules.model.python_rule import PythonRule, rule
from kineticchain.rules.model.rule import Rule

__all__ = [
    "Advise",
    "Candidate",
    "Cap",
    "Catalogue",
    "CompiledRules",
    "Conclude",
    "Decision",
    "Demand",
    "Effect",
    "Exclude",
    "Exclusion",
    "Explained",
    "Failure",
    "Favour",
    "Firing",
    "Limit",
    "LimitKind",
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
