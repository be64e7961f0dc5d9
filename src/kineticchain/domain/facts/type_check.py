"""Type check of conditions: names must exist and values must fit the types of their facts."""

from kineticchain.domain.facts.condition import (
    AnySide,
    BothSides,
    Compare,
    Condition,
    Contains,
    In,
    Is,
    Known,
    Name,
    children,
    own_names,
)
from kineticchain.domain.facts.fact_type import FactType
from kineticchain.domain.facts.scales import FactKind
from kineticchain.domain.facts.vocabulary import Vocabulary
from kineticchain.errors import Fault, likely


def condition_faults(
    condition: Condition, vocabulary: Vocabulary, *, side_bound: bool = False
) -> list[Fault]:
    """Return all type faults of a condition and its parts.

    Args:
        condition: the condition to check.
        vocabulary: the types of all facts.
        side_bound: True if the condition is evaluated for one side, so that facts per side can be
            named without a side, as inside ``any_side(...)``.

    """
    bound = side_bound or isinstance(condition, (AnySide, BothSides))
    faults: list[Fault] = []
    for name in own_names(condition):
        faults += _name_faults(name, vocabulary, bound=bound)
    if not faults:
        faults += _leaf_faults(condition, vocabulary)
    for part in children(condition):
        faults += condition_faults(part, vocabulary, side_bound=bound)
    return faults


def _name_faults(name: Name, vocabulary: Vocabulary, *, bound: bool) -> list[Fault]:
    fact = vocabulary.type_of(name.id)
    if fact is None:
        return [Fault(f"no fact is called `{name.id}`", remedy=_suggestion(name.id, vocabulary))]
    if fact.per_side and name.id == fact.id and not bound:
        remedy = f"say any_side(...), both_sides(...) or `{name.id}.left`"
        return [Fault(f"`{name.id}` has a value for each side", remedy=remedy)]
    if fact.per_region and name.id == fact.id:
        remedy = f"say `{name.id}.heel`, or `here.{name.id}` in a rule with each"
        return [Fault(f"`{name.id}` has a value for each region", remedy=remedy)]
    return []


def _suggestion(name: str, vocabulary: Vocabulary) -> str:
    """Return a remedy for an unknown name: facts that end with it, else similar names."""
    by_last_word = [fact for fact in vocabulary.by_id if fact.endswith(f".{name}")]
    if by_last_word:
        return "did you mean " + " or ".join(f"`{fact}`" for fact in by_last_word) + "?"
    return likely(name, vocabulary.by_id) or "see the list of facts in the docs"


def _leaf_faults(condition: Condition, vocabulary: Vocabulary) -> list[Fault]:
    match condition:
        case Is(name):
            return _expect(name, vocabulary, FactKind.BOOLEAN, "is no yes-or-no fact")
        case In(name, options):
            faults = _expect(name, vocabulary, FactKind.ONE_OF, "is no one-of fact")
            fact = _type(name, vocabulary)
            return faults or [
                fault for word in options if (fault := fact.fault_of(word)) is not None
            ]
        case Contains(member, name):
            return _contains_faults(member, name, vocabulary)
        case Compare():
            return _compare_faults(condition, vocabulary)
        case Known():
            return []
        case _:
            return []


def _contains_faults(member: str | Name, name: Name, vocabulary: Vocabulary) -> list[Fault]:
    faults = _expect(name, vocabulary, FactKind.SET_OF, "is no set")
    if faults:
        return faults
    if isinstance(member, Name):
        return _expect(member, vocabulary, FactKind.ONE_OF, "is no one-of fact")
    fault = _type(name, vocabulary).fault_of(frozenset({member}))
    return [fault] if fault else []


def _compare_faults(condition: Compare, vocabulary: Vocabulary) -> list[Fault]:
    fact = _type(condition.name, vocabulary)
    if fact.kind in {FactKind.BOOLEAN, FactKind.SET_OF}:
        remedy = "say it alone" if fact.kind is FactKind.BOOLEAN else "say 'word' in it"
        return [Fault(f"`{fact.id}` cannot be compared", remedy=remedy)]
    if condition.operator.orders and fact.kind is FactKind.ONE_OF and not fact.ordered:
        return [Fault(f"the values of `{fact.id}` have no order", remedy="compare with ==")]
    if isinstance(condition.value, Name):
        operand = _type(condition.value, vocabulary)
        if operand.kind is not fact.kind:
            return [Fault(f"`{fact.id}` and `{operand.id}` are of different types")]
        return []
    fault = fact.fault_of(condition.value)
    return [fault.under(fact.id)] if fault else []


def _expect(name: Name, vocabulary: Vocabulary, kind: FactKind, what: str) -> list[Fault]:
    return [] if _type(name, vocabulary).kind is kind else [Fault(f"`{name.id}` {what}")]


def _type(name: Name, vocabulary: Vocabulary) -> FactType:
    fact = vocabulary.type_of(name.id)
    assert fact is not None, "names are checked first"  # noqa: S101 - states an invariant
    return fact
