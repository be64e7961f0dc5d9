"""Matching of a fixed set of conditions against facts.

A small set is compiled to Python code, a large one to bit sets. A condition that compares two names
or has too many terms cannot be compiled and is evaluated on its own.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property
from operator import itemgetter
from typing import TypeAlias

from kineticchain.domain.facts import Condition, Value, evaluate
from kineticchain.domain.facts.condition import places_read
from kineticchain.domain.facts.normal_form import NoNormalForm, Term, terms_of
from kineticchain.rules.matching.bitset_matcher import BitsetMatcher
from kineticchain.rules.matching.generated_matcher import GeneratedMatcher, Matches

MAX_TERMS = 128
"""The most terms of a condition that is compiled."""

FEW = 128
"""The most conditions that are matched by generated code."""

FactsRead: TypeAlias = tuple[Value | None, ...]
"""The values of the facts that a condition read; None for an unknown fact."""


class Matcher:
    """A set of conditions, compiled for matching.

    A matcher changes only its caches and can be shared between threads.
    """

    def __init__(self, conditions: Iterable[Condition], per_side: Collection[str] = ()) -> None:
        """Compile the conditions.

        Args:
            conditions: The conditions; each is identified by its position.
            per_side: The names of the facts with a value for each side. The facts to match have
                these values under ``name.left`` and ``name.right``.
        """
        self._conditions, self._per_side = tuple(conditions), per_side
        self._evaluated: list[tuple[int, Condition]] = []
        numbered: list[tuple[int, tuple[Term, ...]]] = []
        for number, condition in enumerate(self._conditions):
            try:
                terms = terms_of(condition, per_side, most=MAX_TERMS)
            except NoNormalForm:
                self._evaluated.append((number, condition))
            else:
                numbered.append((number, terms))
        few = len(numbered) <= FEW
        self._found = (GeneratedMatcher(numbered) if few else BitsetMatcher(numbered)).match

    def match(self, facts: Mapping[str, Value]) -> Matches:
        """Return the numbers of the true conditions, and the numbers of the unknown conditions."""
        matches = self._found(facts)
        if self._evaluated:
            for number, condition in self._evaluated:
                truth = evaluate(condition, facts)
                if truth is not False:
                    matches[truth is None].append(number)
            matches[0].sort()
            matches[1].sort()
        return matches

    def seen(self, numbers: Iterable[int], facts: Mapping[str, Value]) -> list[FactsRead]:
        """Return the values of the facts that some conditions read.

        Args:
            numbers: The numbers of the conditions.
            facts: The facts that were matched.

        Returns:
            For each condition the values of its facts, in the order of their names in `reads`.
        """
        values = {**self._unknown, **facts}
        read = self._readers
        return [read[number](values) for number in numbers]

    @cached_property
    def reads(self) -> tuple[tuple[str, ...], ...]:
        """The names of the facts that each condition reads, in alphabetical order."""
        return tuple(places_read(condition, self._per_side) for condition in self._conditions)

    @cached_property
    def _readers(self) -> tuple[Callable[[Mapping[str, Value | None]], FactsRead], ...]:
        return tuple(_reader(names) for names in self.reads)

    @cached_property
    def _unknown(self) -> dict[str, Value | None]:
        return dict.fromkeys(sorted({name for names in self.reads for name in names}))


def _reader(names: tuple[str, ...]) -> Callable[[Mapping[str, Value | None]], FactsRead]:
    if len(names) > 1:
        return itemgetter(*names)
    return lambda values: tuple(values[name] for name in names)
