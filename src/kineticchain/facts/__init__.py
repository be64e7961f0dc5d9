"""What is known of a person, and conditions on it.

A fact that is not given is *unknown*, never false; conditions are evaluated in Kleene's
three-valued logic.
"""

from kineticchain.facts.alarm import Alarm
from kineticchain.facts.condition import (
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
from kineticchain.facts.diagnosis import Diagnosis
from kineticchain.facts.evaluation import Truth, evaluate
from kineticchain.facts.fact_name import (
    FactName,
    any_side,
    at_least,
    both_sides,
    exercise,
    fact,
    here,
    known,
)
from kineticchain.facts.fact_type import FactClass, FactKind, FactType
from kineticchain.facts.fact_values import Facts, Value
from kineticchain.facts.occasion import Occasion
from kineticchain.facts.parsing import parse_condition, read_condition
from kineticchain.facts.referral_level import ReferralLevel
from kineticchain.facts.temporal import Caution, Temporal
from kineticchain.facts.vocabulary import Vocabulary
from kineticchain.facts.writing import condition_text

__all__ = [
    "Alarm",
    "All",
    "AnyOf",
    "AnySide",
    "AtLeast",
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
    "Occasion",
    "Operator",
    "ReferralLevel",
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
