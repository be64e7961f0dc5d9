"""Conversion of the condition of a question to the `enableWhen` of FHIR.

FHIR compares the answers to other questions with constants. It joins comparisons by "any" or by
"all", not by both. A condition is therefore converted to clauses: at least one comparison of each
clause must hold. Clauses of several comparisons become nested groups. The form cannot make some
comparisons, for example of the day of surgery. A clause with such a comparison is left out, so that
the form asks too much rather than too little.
"""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from attrs import frozen

from kineticchain.domain.anatomy import Part, Region, regions_of
from kineticchain.domain.facts import (
    All,
    AnyOf,
    Compare,
    Condition,
    Constant,
    Contains,
    FactKind,
    FactType,
    In,
    Is,
    Known,
    Not,
    Operator,
    Vocabulary,
)
from kineticchain.domain.person.person import Sex

YES, NO, UNSURE = "yes", "no", "unsure"

MAX_CLAUSES = 64
"""The most clauses of a condition. A condition with more clauses is left out."""


@frozen
class AnswerComparison:
    """A comparison of the answer to a question with a constant.

    Attributes:
        question: The link id of the question.
        operator: The operator of FHIR.
        answer: The constant: a code as text, a number, or True for ``exists``.
    """

    question: str
    operator: str
    answer: str | float | bool


Clause: TypeAlias = tuple[AnswerComparison, ...]
"""Comparisons of which at least one must hold."""

_HURTING = frozenset({"concerned_regions", "concerned_parts", "painful_regions", "painful_parts"})
"""Derived sets that follow from the painful regions."""

_INJURED = frozenset({"injured_regions", "injured_parts"})
"""Derived sets that follow from the painful regions with an accident."""

_NUMBERS = frozenset({"age"})
_WORDS = frozenset({"goal", "sex"})
_NEGATED = {
    Operator.LESS: Operator.AT_LEAST,
    Operator.AT_LEAST: Operator.LESS,
    Operator.MORE: Operator.AT_MOST,
    Operator.AT_MOST: Operator.MORE,
    Operator.EQUAL: Operator.UNEQUAL,
    Operator.UNEQUAL: Operator.EQUAL,
}
_FHIR = {Operator.EQUAL: "=", Operator.UNEQUAL: "!="}


def clauses_of(fact: FactType, vocabulary: Vocabulary) -> tuple[Clause, ...]:
    """Return the clauses under which the question of a fact is shown."""
    clauses: list[Clause] = []
    if fact.ages:
        low, high = fact.ages
        clauses += [(AnswerComparison("age", ">=", low),), (AnswerComparison("age", "<=", high),)]
    other_sexes = [sex for sex in Sex if fact.sexes and sex not in fact.sexes]
    clauses += [(AnswerComparison("sex", "!=", sex),) for sex in other_sexes]
    condition = vocabulary.asked_if.get(fact.id)
    if condition is not None:
        stated = _clauses(condition, vocabulary, negated=False)
        clauses += stated if len(stated) <= MAX_CLAUSES else []
    # a question cannot depend on its own answer
    on_other_questions = [
        tuple(comparison for comparison in clause if comparison.question != fact.id)
        for clause in clauses
    ]
    return tuple(dict.fromkeys(on_other_questions))


def _clauses(condition: Condition, vocabulary: Vocabulary, *, negated: bool) -> list[Clause]:
    """Return the clauses of a condition or of its negation.

    There are no clauses if the result always holds or if FHIR cannot express it.
    """
    match condition:
        case Constant(value):
            return [] if value != negated else [()]
        case Not(part):
            return _clauses(part, vocabulary, negated=not negated)
        case All(parts) | AnyOf(parts):
            members = [_clauses(part, vocabulary, negated=negated) for part in parts]
            joined_by_all = isinstance(condition, All) != negated
            every = [clause for clauses in members for clause in clauses]
            return every if joined_by_all else _any(members)
        case _:
            comparisons = _comparisons(condition, vocabulary, negated=negated)
            return [] if comparisons is None else comparisons


def _any(members: Iterable[list[Clause]]) -> list[Clause]:
    """Return the clauses of a disjunction, whose members are conjunctions of clauses.

    Each resulting clause joins one clause of every member. If a member has no clauses, the result
    has none either.
    """
    clauses: list[Clause] = [()]
    for choices in members:
        if not choices:  # FHIR cannot express the member, or the member always holds
            return []
        clauses = [
            tuple(dict.fromkeys((*clause, *choice))) for clause in clauses for choice in choices
        ]
        if len(clauses) > MAX_CLAUSES:
            return []
    return clauses


def _comparisons(
    condition: Condition, vocabulary: Vocabulary, *, negated: bool
) -> list[Clause] | None:
    """Return a simple condition as clauses; None if the form cannot compare it."""
    match condition:
        case Is(name):
            fact = vocabulary.by_id.get(name.id)
            if fact is None or not fact.is_given:
                return None
            return [(AnswerComparison(name.id, "=", NO if negated else YES),)]
        case Known(name):
            fact = vocabulary.by_id.get(name.id)
            if fact is None or not fact.is_given or fact.per_side or negated:
                return None
            return [(AnswerComparison(name.id, "exists", True),)]  # noqa: FBT003 - the value of FHIR
        case Compare(name, operator, value):
            meant = _NEGATED[operator] if negated else operator
            return _compared(name.id, meant, value, vocabulary)
        case In(name, options):
            equalities = [_compared(name.id, Operator.EQUAL, word, vocabulary) for word in options]
            if negated or any(equality is None for equality in equalities):
                return None
            return _any([equality for equality in equalities if equality is not None])
        case Contains(str(member), name):
            return None if negated else _contained(str(member), name.id, vocabulary)
        case _:
            return None


def _compared(
    name: str, operator: Operator, value: object, vocabulary: Vocabulary
) -> list[Clause] | None:
    fact = vocabulary.by_id.get(name)
    given = fact is not None and (fact.is_given or name in _NUMBERS | _WORDS)
    if fact is None or not given or fact.per_side:
        return None
    if isinstance(value, str) and operator is Operator.UNEQUAL and fact.options:
        # FHIR takes an unanswered question as unequal. So the answer is compared with the other
        # options instead.
        other_words = [word for word in fact.options if word != value]
        return [tuple(AnswerComparison(name, "=", word) for word in other_words)]
    if isinstance(value, str):
        return [(AnswerComparison(name, _FHIR[operator], value),)] if operator in _FHIR else None
    if isinstance(value, (int, float)):
        return [(AnswerComparison(name, _FHIR.get(operator, operator.value), value),)]
    return None


def _contained(member: str, name: str, vocabulary: Vocabulary) -> list[Clause] | None:
    if name not in _HURTING | _INJURED:
        return None
    by_part = name.endswith("_parts")
    regions = regions_of(Part(member), vocabulary.regions) if by_part else (Region(member),)
    if name in _INJURED:
        links = [f"complaint.{region}.accident" for region in regions]
        return [tuple(AnswerComparison(link, "=", YES) for link in links)]
    stated = [AnswerComparison("complaints", "=", region.value) for region in regions]
    return [(*stated, *_implying(regions, vocabulary))]


def _implying(regions: Iterable[Region], vocabulary: Vocabulary) -> Iterator[AnswerComparison]:
    """Yield a comparison for each yes-or-no symptom that implies pain in one of some regions."""
    implied = frozenset(regions)
    for symptom in vocabulary.symptoms:
        if symptom.kind is FactKind.BOOLEAN and not implied.isdisjoint(symptom.complaint):
            yield AnswerComparison(symptom.id, "=", NO if symptom.reassuring else YES)
