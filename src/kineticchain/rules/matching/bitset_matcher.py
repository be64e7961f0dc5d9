"""Matching of many conditions at once with bit sets.

Each condition is a disjunction of terms, and each term has a bit. Each fact has a table that maps a
value of the fact to the bit set of the terms that the value does not contradict. Matching looks up
the value of each fact and intersects the bit sets. A term is true if its bit remains. Each table
also has an entry for an unknown fact. The tables are filled lazily, value by value.

Each bit set holds all terms twice, to cover three-valued logic. The lower half has the terms that
are certain: true. The upper half, shifted by the number of terms, has the terms that are possible:
true or unknown.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from itertools import accumulate, chain
from operator import and_, getitem, or_, xor
from typing import TypeAlias

from attrs import field, frozen

from kineticchain.domain.facts import Value
from kineticchain.domain.facts.normal_form import Literal, Term
from kineticchain.domain.facts.value_set import Bound, bounds_before
from kineticchain.rules.matching.generated_matcher import Matches, Numbered

_ROWS = 4
"""The most terms of a condition that have a bit in a row; further terms have explicit owners."""

_MOST_VALUES = 2048
"""The most values that a table caches."""


_PlacedTerms: TypeAlias = list[tuple[int, Term]]
"""Terms, each with the position of its bit."""


class _ValueTable(dict[Value | None, int]):
    """The remaining terms by value, for a fact whose values are numbers, words or truth values.

    `masks[i]` holds the remaining terms of the values between bound `i - 1` and bound `i`.
    """

    def __init__(self, bounds: list[Bound], masks: list[int], if_unknown: int) -> None:
        super().__init__({None: if_unknown})
        self.bounds, self.masks = bounds, masks

    def __missing__(self, value: Value) -> int:
        mask = self.masks[bounds_before(value, self.bounds)]
        if len(self) < _MOST_VALUES:
            self[value] = mask
        return mask


class _SetTable(dict[Value | None, int]):
    """The remaining terms by value, for a fact whose values are sets.

    `members` maps a word to two bit sets: the remaining terms if the set lacks the word, and the
    remaining terms if the set contains the word. `always` has the terms that remain for a known set
    before its words are tested.
    """

    def __init__(
        self, members: Mapping[str, tuple[int, ...]], always: int, if_unknown: int
    ) -> None:
        super().__init__({None: if_unknown})
        self.members, self.always = members, always

    def __missing__(self, value: Value) -> int:
        assert isinstance(value, frozenset)  # noqa: S101 - types are checked before
        mask = self.always
        for member, (if_absent, if_present) in self.members.items():
            mask &= if_present if member in value else if_absent
        if len(self) < _MOST_VALUES:
            self[value] = mask
        return mask


class BitsetMatcher:
    """Numbered conditions, compiled into one table of bit sets for each fact."""

    def __init__(self, conditions: Numbered) -> None:
        """Lay out the bits of all terms, and make the tables.

        Args:
            conditions: The terms of each condition with its number. Conditions without terms never
                hold.
        """
        # The layout requires that conditions with more terms come first.
        ordered = sorted(
            ((number, terms) for number, terms in conditions if terms),
            key=lambda condition: -len(condition[1]),
        )
        numbers = [number for number, _ in ordered]
        self._numbers = tuple(
            _NumbersOfByte(numbers[start : start + 8]) for start in range(0, len(numbers), 8)
        )
        self._layout, placed = _layout([tuple(terms) for _, terms in ordered])
        self._full = self._layout.full
        self._all = _twice(self._full, self._layout.width)
        columns = _columns(placed)
        self._names = tuple(columns)
        self._tables = tuple(_table(columns[name], self._layout.width) for name in self._names)

    def match(self, facts: Mapping[str, Value]) -> Matches:
        """Return the numbers of the true conditions, and the numbers of the unknown conditions."""
        # 1. Start with all terms in both halves. Look up the value of each fact in its table
        #    (None if the fact is unknown), and keep the terms that no value contradicts.
        # 2. Separate the halves into certain and possible terms.
        # 3. A condition is true if one of its terms is certain. It is unknown if one of its terms
        #    is possible and none is certain.
        layout = self._layout
        remaining = reduce(and_, map(getitem, self._tables, map(facts.get, self._names)), self._all)
        certain, possible = remaining & self._full, remaining >> layout.width
        held = layout.conditions(certain)
        if certain == possible:
            return self._numbers_in(held), []
        unknown = layout.conditions(possible) & ~held
        return self._numbers_in(held), self._numbers_in(unknown)

    def _numbers_in(self, conditions: int) -> list[int]:
        """Return the numbers of the conditions whose bits are set, ascending."""
        # Each byte has the bits of eight conditions, and is looked up in a table of its own.
        bits = conditions.to_bytes(len(self._numbers), "little")
        numbers = list(chain.from_iterable(map(getitem, self._numbers, bits)))
        numbers.sort()
        return numbers


class _NumbersOfByte(dict[int, tuple[int, ...]]):
    """The numbers of the conditions whose bits are set in a byte, for at most eight conditions."""

    def __init__(self, numbers_by_bit: Sequence[int]) -> None:
        super().__init__()
        self.numbers_by_bit = numbers_by_bit

    def __missing__(self, byte: int) -> tuple[int, ...]:
        numbers = tuple(number for bit, number in enumerate(self.numbers_by_bit) if byte >> bit & 1)
        self[byte] = numbers
        return numbers


@frozen
class _BitLayout:
    """The positions of the bits of all terms.

    Row 0 holds the first term of each condition, row 1 the second term of each condition that has
    one, and so on for `_ROWS` rows. Because conditions with more terms come first, bit `i` of
    every row belongs to condition `i`: a shift and a mask map a row of terms to conditions. All
    further terms follow the rows, each with the bit of its condition as an explicit owner.

    For example, conditions A (three terms), B (two) and C (one) have the bits, from the lowest:
    ``A1 B1 C1 | A2 B2 | A3``.

    Attributes:
        width: The number of terms.
        first: The mask of row 0, one bit for each condition.
        rows: The position and the mask of each later row that is not empty.
        rest_at: The position of the first further term; None if there are no further terms.
        owners: For each further term the bit of its condition.
    """

    width: int
    first: int
    rows: tuple[tuple[int, int], ...]
    rest_at: int | None
    owners: tuple[int, ...] = field(repr=False)

    @property
    def full(self) -> int:
        """The bits of all terms, in one half."""
        return (1 << self.width) - 1

    def conditions(self, terms: int) -> int:
        """Return the bits of the conditions that have at least one of the given terms."""
        conditions = terms & self.first
        for start, mask in self.rows:
            conditions |= (terms >> start) & mask
        if self.rest_at is not None:
            # Visit the further terms that are set, from the lowest bit to the highest.
            further = terms >> self.rest_at
            while further:
                lowest = further & -further
                conditions |= self.owners[lowest.bit_length() - 1]
                further ^= lowest
        return conditions


def _layout(conditions: Sequence[tuple[Term, ...]]) -> tuple[_BitLayout, _PlacedTerms]:
    """Return the layout of the terms of some conditions, and each term with its bit position.

    The conditions are ordered by their number of terms, largest first.
    """
    start = 0
    rows: list[tuple[int, int]] = []
    placed: _PlacedTerms = []
    for depth in range(_ROWS):
        row = [terms[depth] for terms in conditions if len(terms) > depth]
        rows.append((start, (1 << len(row)) - 1))
        placed += enumerate(row, start)
        start += len(row)
    further = [(owner, term) for owner, terms in enumerate(conditions) for term in terms[_ROWS:]]
    placed += [(start + offset, term) for offset, (_, term) in enumerate(further)]
    layout = _BitLayout(
        width=start + len(further),
        first=rows[0][1],
        rows=tuple(row for row in rows[1:] if row[1]),
        rest_at=start if further else None,
        owners=tuple(1 << owner for owner, _ in further),
    )
    return layout, placed


_Literals = dict[str | None, dict[Literal, int]]
"""The literals about one fact, each with the bits of the terms that contain it.

The outer key is a member of the set, or None for literals about the fact itself.
"""


def _columns(terms: _PlacedTerms) -> dict[str, _Literals]:
    """Return the literals about each fact, by the name of the fact."""
    columns: dict[str, _Literals] = {}
    for bit, term in terms:
        for column, literal in term.items():
            name, member = column
            literals = columns.setdefault(name, {}).setdefault(member, {})
            literals[literal] = literals.get(literal, 0) | 1 << bit
    return columns


def _table(literals: _Literals, width: int) -> dict[Value | None, int]:
    """Return the table of one fact, from each value (None if unknown) to the remaining terms."""
    # Where the fact is unknown the halves differ: a term stays certain only if its literal is true
    # of an unknown fact. It stays possible unless its literal is false of an unknown fact.
    pairs = [pair for by_literal in literals.values() for pair in by_literal.items()]
    full = (1 << width) - 1
    certain = full ^ _union(bits for literal, bits in pairs if literal.if_unknown is not True)
    possible = full ^ _union(bits for literal, bits in pairs if literal.if_unknown is False)
    if_unknown = certain | possible << width
    if set(literals) == {None}:
        return _value_table(literals[None], width, if_unknown)
    members = {
        member: tuple(
            _twice(_remaining(by_literal, full, value=value), width) for value in (False, True)
        )
        for member, by_literal in literals.items()
        if member is not None
    }
    # A literal about the whole set only tests whether the fact is known. If its extent is empty,
    # every known value contradicts it.
    always = full ^ _union(
        bits for literal, bits in literals.get(None, {}).items() if literal.extent.is_empty
    )
    return _SetTable(members, _twice(always, width), if_unknown)


def _remaining(literals: Mapping[Literal, int], full: int, *, value: bool) -> int:
    """Return the terms that a truth value of a column does not contradict."""
    return full ^ _union(bits for literal, bits in literals.items() if value not in literal.extent)


def _value_table(literals: Mapping[Literal, int], width: int, if_unknown: int) -> _ValueTable:
    """Return the table of a fact whose values are numbers, words or truth values."""
    # The truth of a literal changes at each bound of its extent. So the remaining terms below all
    # bounds are computed once, and each bound in ascending order inverts the terms of the literals
    # that change there. The running exclusive or gives one bit set for each interval.
    changes: dict[Bound, int] = {}
    for literal, bits in literals.items():
        for bound in literal.extent.bounds:
            changes[bound] = changes.get(bound, 0) ^ bits
    full = (1 << width) - 1
    start = full ^ _union(
        bits for literal, bits in literals.items() if not literal.extent.from_start
    )
    bounds = sorted(changes)
    masks = accumulate((changes[bound] for bound in bounds), xor, initial=start)
    return _ValueTable(bounds, [_twice(mask, width) for mask in masks], if_unknown)


def _twice(terms: int, width: int) -> int:
    """Return the bits of terms in both halves: a term that is certain is also possible."""
    return terms | terms << width


def _union(bit_sets: Iterable[int]) -> int:
    return reduce(or_, bit_sets, 0)
