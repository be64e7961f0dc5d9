"""Conditions, ready to be matched against facts, all at once.

A small set becomes generated code, a large one bit sets; a condition that fits neither, since
it compares two names or has too many terms, is evaluated by itself.
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
"""A condition of more terms is evaluated by itself."""

FEW = 128
"""Up to so many conditions are matched by generated code."""

FactsRead: TypeAlias = tuple[Value | None, ...]
"""The values that a condition saw; None for what is unknown."""


class Matcher:
    """Conditions, ready to be matched against facts.

    `per_side` names the facts with a value for each side, which stand in the facts to match
    under ``name.left`` and ``name.right``. Immutable but for remembered values, and safe to
    share between threads.
    """

    def __init__(self, conditions: Iterable[Condition], per_side: Collection[str] = ()) -> None:
        """Take the conditions apart and lay out their bits."""
        self._conditions, self._per_side = tuple(conditions), per_side
        self._alone: list[tuple[int, Condition]] = []
        numbered: list[tuple[int, tuple[Term, ...]]] = []
        for number, condition in enumerate(self._conditions):
            try:
                terms = terms_of(condition, per_side, most=MAX_TERMS)
            except NoNormalForm:
                self._alone.append((number, condition))
            else:
                numbered.append((number, terms))
        few = len(numbered) <= FEW
        self._found = (GeneratedMatcher(numbered) if few else BitsetMatcher(numbered)).match

    def match(self, facts: Mapping[str, Value]) -> Matches:
        """The conditions that hold of the facts, and those that stay unknown."""
        found = self._found(facts)
        if self._alone:
            for number, condition in self._alone:
                truth = evaluate(condition, facts)
                if truth is not False:
                    found[truth is None].append(number)
            found[0].sort()
            found[1].sort()
        return found

    def seen(self, numbers: Iterable[int], facts: Mapping[str, Value]) -> list[FactsRead]:
        """The values that some conditions saw, each in the order of its names in `reads`."""
        values = {**self._unknown, **facts}
        read = self._readers
        return [read[number](values) for number in numbers]

    @cached_property
    def reads(self) -> tuple[tuple[str, ...], ...]:
        """For each condition the names of the facts that it reads, in alphabetical order."""
        return tuple(places_read(one, self._per_side) for one in self._conditions)

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
