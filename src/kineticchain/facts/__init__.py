"""What is known of a person, and conditions on it.

A fact that is not given is *unknown*, never false; conditions are evaluated in Kleene's
three-valued logic.
"""

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
    Known,
    Name,
    Not,
    Operator,
)
from kineticchain.facts.evaluation import Truth, evaluate
from kineticchain.facts.fact_type import FactClass, FactKind, FactType
from kineticchain.facts.fact_values import Facts, Value
from kineticchain.facts.parsing import parse_condition
from kineticchain.facts.vocabulary import Vocabulary
from kineticchain.facts.writing import condition_text

__all__ = [
    "All",
    "AnyOf",
    "AnySide",
    "AtLeast",
    "BothSides",
    "Compare",
    "Condition",
    "Constant",
    "Contains",
    "FactClass",
    "FactKind",
    "FactType",
    "Facts",
    "In",
    "Is",
    "Known",
    "Name",
    "Not",
    "Operator",
    "Truth",
    "Value",
    "Vocabulary",
    "condition_text",
    "evaluate",
    "parse_condition",
]
