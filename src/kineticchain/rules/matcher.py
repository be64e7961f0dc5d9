"""Many conditions matched at once, by bit sets.

Every term of every condition has a bit. For each fact there is a table from its values to the
terms that the value does not veto; the terms that hold are what is left after one look-up a
fact. Unknown is one more value of each table. Tables are filled as values are met.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import reduce
from itertools import accumulate, chain
from operator import and_, getitem, xor
from typing import TypeAlias

from attrs import field, frozen

from kineticchain.facts import Condition, Value, evaluate
from kineticchain.facts.extent import Bound
from kineticchain.facts.normal_form import Literal, NoNormalForm, Term, terms_of
from kineticchain.rules.straight_line import straight_line

MOST_TERMS = 128
"""A condition of more terms is evaluated by itself."""

FEW = 128
"""Up to so many conditions are matched by generated code where all facts are known."""

_PLANES = 4
"""So many terms of each condition stand in rows of their own; any further one names its owner."""

_MOST_VALUES = 2048
"""So many values a table remembers."""

_AT = 0.5


Matches: TypeAlias = tuple[list[int], list[int]]
"""The numbers of the conditions that hold, and of those that stay unknown."""


class _ValueTable(dict[Value | None, int]):
    """The terms that a value leaves, for a fact of numbers, words or truth values."""

    def __init__(self, bounds: list[Bound], masks: list[int], if_unknown: int) -> None:
        super().__init__({None: if_unknown})
        self.bounds, self.masks = bounds, masks

    def __missing__(self, value: Value) -> int:
        mask = self.masks[bisect_left(self.bounds, (value, _AT))]
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


class Matcher:
    """Conditions, ready to be matched against facts.

    `per_side` names the facts with a value for each side, which stand in the facts to match
    under ``name.left`` and ``name.right``. Immutable but for remembered values, and safe to
    share between threads.
    """

    def __init__(self, conditions: Iterable[Condition], per_side: Collection[str] = ()) -> None:
        """Take the conditions apart and lay out their bits."""
        self._alone: list[tuple[int, Condition]] = []
        numbered: list[tuple[int, tuple[Term, ...]]] = []
        for number, condition in enumerate(conditions):
            try:
                terms = terms_of(condition, per_side, most=MOST_TERMS)
            except NoNormalForm:
                self._alone.append((number, condition))
            else:
                numbered.append((number, terms))
        numbered.sort(key=lambda one: -len(one[1]))
        numbers = [number for number, terms in numbered if terms]
        self._numbers = tuple(_Numbers(numbers[at : at + 8]) for at in range(0, len(numbers), 8))
        layout = _Layout.of([terms for _, terms in numbered if terms])
        self._layout = layout
        few = len(numbered) <= FEW and not self._alone
        self._straight = straight_line(numbered) if few else None
        self._full = layout.full
        self._all = _twice(layout.full, layout.width)
        columns = _columns(layout.terms)
        self._names = tuple(columns)
        self._tables = tuple(_table(columns[name], layout.width) for name in self._names)

    def match(self, facts: Mapping[str, Value]) -> Matches:
        """The conditions that hold of the facts, and those that stay unknown."""
        if self._straight is not None:
            try:
                return self._straight(facts), []
            except KeyError:
                pass  # a fact is unknown: the bit sets know what follows
        layout = self._layout
        left = reduce(and_, map(getitem, self._tables, map(facts.get, self._names)), self._all)
        certain, possible = left & self._full, left >> layout.width
        held = layout.conditions(certain)
        unknown = 0 if certain == possible else layout.conditions(possible) & ~held
        found = (self._numbers_in(held), self._numbers_in(unknown) if unknown else [])
        for number, condition in self._alone:
            truth = evaluate(condition, facts)
            if truth is not False:
                found[truth is None].append(number)
        return found

    def _numbers_in(self, conditions: int) -> list[int]:
        places = conditions.to_bytes(len(self._numbers), "little")
        return list(chain.from_iterable(map(getitem, self._numbers, places)))


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
class _Layout:
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
    terms: tuple[tuple[int, Term], ...] = field(repr=False)

    @classmethod
    def of(cls, conditions: Sequence[tuple[Term, ...]]) -> "_Layout":
        """The layout of conditions, those of most terms first."""
        at = 0
        rows: list[tuple[int, int]] = []
        placed: list[tuple[int, Term]] = []
        for depth in range(_PLANES):
            row = [terms[depth] for terms in conditions if len(terms) > depth]
            rows.append((at, (1 << len(row)) - 1))
            placed += [(at + place, term) for place, term in enumerate(row)]
            at += len(row)
        further = [
            (owner, term) for owner, terms in enumerate(conditions) for term in terms[_PLANES:]
        ]
        placed += [(at + place, term) for place, (_, term) in enumerate(further)]
        return cls(
            width=at + len(further),
            first=rows[0][1],
            rows=tuple(row for row in rows[1:] if row[1]),
            rest_at=at if further else None,
            owners=tuple(1 << owner for owner, _ in further),
            terms=tuple(placed),
        )

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


_Literals = dict[str | None, list[tuple[int, Literal]]]


def _columns(terms: Iterable[tuple[int, Term]]) -> dict[str, _Literals]:
    """By the names of facts: the members spoken of, and the literals with the bits of terms."""
    found: dict[str, _Literals] = {}
    for bit, term in terms:
        for column, literal in term.items():
            name, member = column
            found.setdefault(name, {}).setdefault(member, []).append((bit, literal))
    return found


def _table(literals: _Literals, width: int) -> dict[Value | None, int]:
    """The table of one fact: from its values, None among them, to the terms that are left.

    Each entry holds the terms twice: those that hold, and above them those that may.
    """
    said = [one for literals_of_member in literals.values() for one in literals_of_member]
    full = (1 << width) - 1
    certain = full ^ _marks(bit for bit, literal in said if literal.if_unknown is not True)
    possible = full ^ _marks(bit for bit, literal in said if literal.if_unknown is False)
    if_unknown = certain | possible << width
    if set(literals) == {None}:
        return _value_table(literals[None], width, if_unknown)
    members = {
        member: tuple(
            _twice(
                full ^ _marks(bit for bit, literal in said if value not in literal.extent), width
            )
            for value in (False, True)
        )
        for member, said in literals.items()
        if member is not None
    }
    always = full ^ _marks(
        bit for bit, literal in literals.get(None, ()) if literal.extent.is_empty
    )
    return _SetTable(members, _twice(always, width), if_unknown)


def _value_table(said: list[tuple[int, Literal]], width: int, if_unknown: int) -> _ValueTable:
    changes: dict[Bound, int] = {}
    for bit, literal in said:
        for bound in literal.extent.bounds:
            changes[bound] = changes.get(bound, 0) ^ (1 << bit)
    start = ((1 << width) - 1) ^ _marks(
        bit for bit, literal in said if not literal.extent.from_start
    )
    bounds = sorted(changes)
    masks = accumulate((changes[bound] for bound in bounds), xor, initial=start)
    return _ValueTable(bounds, [_twice(mask, width) for mask in masks], if_unknown)


def _twice(terms: int, width: int) -> int:
    """Terms that hold, and therefore may."""
    return terms | terms << width


def _marks(places: Iterable[int]) -> int:
    """The bits at some places."""
    marks = 0
    for place in places:
        marks |= 1 << place
    return marks
