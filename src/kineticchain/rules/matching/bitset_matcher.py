"""Many conditions matched at once, by bit sets.

Every term of every condition has a bit. For each fact there is a table from its values to the
terms that the value does not veto; the terms that hold are what is left after one look-up a
fact. Unknown is one more value of each table. Tables are filled as values are met.
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

_PLANES = 4
"""So many terms of each condition stand in rows of their own; any further one names its owner."""

_MOST_VALUES = 2048
"""So many values a table remembers."""


_Placed: TypeAlias = list[tuple[int, Term]]
"""Terms with the places of their bits."""


class _ValueTable(dict[Value | None, int]):
    """The terms that a value leaves, for a fact of numbers, words or truth values."""

    def __init__(self, bounds: list[Bound], masks: list[int], if_unknown: int) -> None:
        super().__init__({None: if_unknown})
        self.bounds, self.masks = bounds, masks

    def __missing__(self, value: Value) -> int:
        mask = self.masks[bounds_before(value, self.bounds)]
        if len(self) < _MOST_VALUES:
            self[value] = mask
        return mask


class _SetTable(dict[Value | None, int]):
    """The terms that a set leaves, by its members."""

    def __init__(
        self, members: Mapping[str, tuple[int, ...]], always: int, if_unknown: int
    ) -> None:
        super().__init__({None: if_unknown})
        self.members, self.always = members, always

    def __missing__(self, value: Value) -> int:
        assert isinstance(value, frozenset)  # noqa: S101 - types are checked before
        mask = self.always
        for member, (missing, held) in self.members.items():
            mask &= held if member in value else missing
        if len(self) < _MOST_VALUES:
            self[value] = mask
        return mask


class BitsetMatcher:
    """Numbered conditions as tables of bits."""

    def __init__(self, conditions: Numbered) -> None:
        """Lay out the bits, and fill the tables."""
        ordered = sorted((one for one in conditions if one[1]), key=lambda one: -len(one[1]))
        numbers = [number for number, _ in ordered]
        self._numbers = tuple(_Numbers(numbers[at : at + 8]) for at in range(0, len(numbers), 8))
        self._layout, placed = _layout([tuple(terms) for _, terms in ordered])
        self._full = self._layout.full
        self._all = _twice(self._full, self._layout.width)
        columns = _columns(placed)
        self._names = tuple(columns)
        self._tables = tuple(_table(columns[name], self._layout.width) for name in self._names)

    def match(self, facts: Mapping[str, Value]) -> Matches:
        """The conditions that hold of the facts, and those that stay unknown."""
        layout = self._layout
        left = reduce(and_, map(getitem, self._tables, map(facts.get, self._names)), self._all)
        certain, possible = left & self._full, left >> layout.width
        held = layout.conditions(certain)
        if certain == possible:
            return self._numbers_in(held), []
        unknown = layout.conditions(possible) & ~held
        return self._numbers_in(held), self._numbers_in(unknown)

    def _numbers_in(self, conditions: int) -> list[int]:
        places = conditions.to_bytes(len(self._numbers), "little")
        found = list(chain.from_iterable(map(getitem, self._numbers, places)))
        found.sort()
        return found


class _Numbers(dict[int, tuple[int, ...]]):
    """From a byte to the numbers of the eight conditions or fewer whose bits are in it."""

    def __init__(self, eight: Sequence[int]) -> None:
        super().__init__()
        self.eight = eight

    def __missing__(self, byte: int) -> tuple[int, ...]:
        found = tuple(number for place, number in enumerate(self.eight) if byte >> place & 1)
        self[byte] = found
        return found


@frozen
class _BitLayout:
    """Where the bits of terms stand.

    The first terms of all conditions come first, in their order; then the second terms of
    those that have one, and so on; then further terms, each with its owner. Conditions of
    more terms stand before those of fewer, so that every row begins with the same ones.
    """

    width: int
    first: int
    rows: tuple[tuple[int, int], ...]
    rest_at: int | None
    owners: tuple[int, ...] = field(repr=False)

    @property
    def full(self) -> int:
        """The bits of all terms."""
        return (1 << self.width) - 1

    def conditions(self, terms: int) -> int:
        """The conditions, as bits, of which one of the terms is given."""
        found = terms & self.first
        for at, row in self.rows:
            found |= (terms >> at) & row
        if self.rest_at is not None:
            rest = terms >> self.rest_at
            while rest:
                lowest = rest & -rest
                found |= self.owners[lowest.bit_length() - 1]
                rest ^= lowest
        return found


def _layout(conditions: Sequence[tuple[Term, ...]]) -> tuple[_BitLayout, _Placed]:
    """Where the terms of conditions stand, those of most terms first."""
    at = 0
    rows: list[tuple[int, int]] = []
    placed: _Placed = []
    for depth in range(_PLANES):
        row = [terms[depth] for terms in conditions if len(terms) > depth]
        rows.append((at, (1 << len(row)) - 1))
        placed += enumerate(row, at)
        at += len(row)
    further = [(owner, term) for owner, terms in enumerate(conditions) for term in terms[_PLANES:]]
    placed += [(at + place, term) for place, (_, term) in enumerate(further)]
    layout = _BitLayout(
        width=at + len(further),
        first=rows[0][1],
        rows=tuple(row for row in rows[1:] if row[1]),
        rest_at=at if further else None,
        owners=tuple(1 << owner for owner, _ in further),
    )
    return layout, placed


_Literals = dict[str | None, dict[Literal, int]]
"""By the members of a set (None for the fact itself): what is said, and the bits of who says it."""


def _columns(terms: _Placed) -> dict[str, _Literals]:
    """What is said of each fact, by its name."""
    found: dict[str, _Literals] = {}
    for bit, term in terms:
        for column, literal in term.items():
            name, member = column
            said = found.setdefault(name, {}).setdefault(member, {})
            said[literal] = said.get(literal, 0) | 1 << bit
    return found


def _table(literals: _Literals, width: int) -> dict[Value | None, int]:
    """The table of one fact: from its values, None among them, to the terms that are left.

    Each entry holds the terms twice: those that hold, and above them those that may.
    """
    said = [one for by_literal in literals.values() for one in by_literal.items()]
    full = (1 << width) - 1
    certain = full ^ _joined(bits for one, bits in said if one.if_unknown is not True)
    possible = full ^ _joined(bits for one, bits in said if one.if_unknown is False)
    if_unknown = certain | possible << width
    if set(literals) == {None}:
        return _value_table(literals[None], width, if_unknown)
    members = {
        member: tuple(
            _twice(_given(by_literal, full, value=value), width) for value in (False, True)
        )
        for member, by_literal in literals.items()
        if member is not None
    }
    always = full ^ _joined(
        bits for one, bits in literals.get(None, {}).items() if one.extent.is_empty
    )
    return _SetTable(members, _twice(always, width), if_unknown)


def _given(said: Mapping[Literal, int], full: int, *, value: bool) -> int:
    """The terms that are left where a column has a value."""
    return full ^ _joined(bits for one, bits in said.items() if value not in one.extent)


def _value_table(said: Mapping[Literal, int], width: int, if_unknown: int) -> _ValueTable:
    changes: dict[Bound, int] = {}
    for literal, bits in said.items():
        for bound in literal.extent.bounds:
            changes[bound] = changes.get(bound, 0) ^ bits
    full = (1 << width) - 1
    start = full ^ _joined(bits for one, bits in said.items() if not one.extent.from_start)
    bounds = sorted(changes)
    masks = accumulate((changes[bound] for bound in bounds), xor, initial=start)
    return _ValueTable(bounds, [_twice(mask, width) for mask in masks], if_unknown)


def _twice(terms: int, width: int) -> int:
    """Terms that hold, and therefore may."""
    return terms | terms << width


def _joined(several: Iterable[int]) -> int:
    """The bits of several marks together."""
    return reduce(or_, several, 0)
