"""Rules: from facts to effects, in any order, with nothing that takes back."""

from kineticchain.facts import ReferralLevel
from kineticchain.rules.catalogue import Candidate, Catalogue
from kineticchain.rules.compiled import CompiledRules
from kineticchain.rules.decision import (
    Cap,
    Decision,
    Demand,
    Exclusion,
    Failure,
    Firing,
    Preference,
    Raised,
)
from kineticchain.rules.effect import (
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
from kineticchain.rules.pack import Explained, RulePack
from kineticchain.rules.python_rule import PythonRule, rule
from kineticchain.rules.reference import decide
from kineticchain.rules.rule import Rule
from kineticchain.rules.rulebook import Rulebook

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
