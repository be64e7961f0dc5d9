"""Facts about a person and conditions on them.

A fact that is not given is *unknown*, never false. Conditions are evaluated in Kleene's
three-valued logic.
"""

from kineticchain.domain.facts.condition import (
    All,
    AnyOf,
    AnySide,
    AtLeast,
    BothSides,
    Compare,
    Condition,
    Constant,
    Contains,
    In,
    Is,
    Joinable,
    Known,
    Name,
    Not,
    Operator,
)
from kineticchain.domain.facts.evaluation import Truth, evaluate
from kineticchain.domain.facts.fact_name import (
    FactName,
    any_side,
    at_least,
    both_sides,
    exercise,
    fact,
    here,
    known,
)
from kineticchain.domain.facts.fact_type import Alarm, FactType
from kineticchain.domain.facts.fact_values import Facts, Value
from kineticchain.domain.facts.parsing import parse_condition, read_condition
from kineticchain.domain.facts.scales import (
    BindingKind,
    Caution,
    Diagnosis,
    FactClass,
    FactKind,
    ReferralLevel,
    Section,
    Temporal,
)
from kineticchain.domain.facts.vocabulary import Vocabulary
from kineticchain.domain.facts.writing import condition_text

__all__ = [
    "Alarm",
    "All",
    "AnyOf",
    "AnySide",
    "AtLeast",
    "BindingKind",
    "BothSides",
    "Caution",
    "Compare",
    "Condition",
    "Constant",
    "Contains",
    "Diagnosis",
    "FactClass",
    "FactKind",
    "FactName",
    "FactType",
    "Facts",
    "In",
    "Is",
    "Joinable",
    "Known",
    "Name",
    "Not",
    "Operator",
    "ReferralLevel",
    "Section",
    "Temporal",
    "Truth",
    "Value",
    "Vocabulary",
    "any_side",
    "at_least",
    "both_sides",
    "condition_text",
    "evaluate",
    "exercise",
    "fact",
    "here",
    "known",
    "parse_condition",
    "read_condition",
]
