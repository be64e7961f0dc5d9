"""Values of facts by name."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from kineticchain.domain.anatomy import Region, Side, is_region
from kineticchain.domain.validators import is_identifier, is_number, is_text, repr_short
from kineticchain.errors import Fault, InvalidInput

Value: TypeAlias = bool | int | float | str | frozenset[str]
GivenValue: TypeAlias = (
    Value | list[str] | tuple[str, ...] | Mapping[str, bool | int | float | str | None] | None
)


class Facts(Mapping[str, Value]):
    """An immutable mapping from fact names to values; a missing name is unknown.

    A fact per side has two names, ``single_leg_s.left`` and ``single_leg_s.right``, and can be
    given as ``{"left": 25, "right": 18}``. A fact per region can be given as ``{"heel": True}``.
    The value None (JSON null) marks a fact as explicitly unknown: its name is recorded in
    `unknown`, so that an "all clear" does not answer it.
    """

    __slots__ = ("_unknown", "_values")

    def __init__(self, given: "Mapping[str, GivenValue] | None" = None) -> None:
        """Store facts after a check of their form.

        Whether the names exist and the values fit their types is checked against a vocabulary
        later.

        Args:
            given: values by name, as described for the class.

        Raises:
            InvalidInput: if a name is not an id, or a value has an impossible type.

        """
        values: dict[str, Value | None] = {}
        faults: list[Fault] = []
        for name, value in _items(given):
            if not is_identifier(name):
                faults.append(Fault(f"{repr_short(name)} is not the name of a fact"))
            elif isinstance(value, Mapping):
                faults += _read_by_place(name, value, values)
            else:
                faults += _read_value(name, value, values)
        if faults:
            raise InvalidInput(*faults)
        ordered = sorted(values.items(), key=lambda pair: pair[0])
        self._values = {name: value for name, value in ordered if value is not None}
        self._unknown = frozenset(name for name, value in ordered if value is None)

    @property
    def unknown(self) -> frozenset[str]:
        """Names of the facts that were given as unknown."""
        return self._unknown

    def __getitem__(self, name: str) -> Value:
        """Return the value of a known fact."""
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names of known facts in alphabetical order."""
        return iter(self._values)

    def __len__(self) -> int:
        """Return the number of known facts."""
        return len(self._values)

    def __hash__(self) -> int:
        """Return a hash of the values and the unknown names."""
        return hash((tuple(self._values.items()), self._unknown))

    def __eq__(self, other: object) -> bool:
        """Compare values and their types, because ``1 == True`` in Python."""
        if not isinstance(other, Facts):
            return NotImplemented
        return self._typed() == other._typed() and self._unknown == other._unknown

    def __repr__(self) -> str:
        """Return the names only, because values are personal data."""
        return f"Facts({', '.join(self._values)})"

    def __reduce__(self) -> "tuple[type[Facts], tuple[dict[str, Value | None]]]":
        """Make copies and pickles call the constructor."""
        return (Facts, (self.given(),))

    def given(self) -> dict[str, Value | None]:
        """Return the known values, and None for each fact that was given as unknown."""
        return {**self._values, **dict.fromkeys(sorted(self._unknown))}

    def updated(self, given: "Mapping[str, GivenValue]") -> "Facts":
        """Return a copy in which new values replace the values of the same names.

        A new value without a side or region also replaces all values per side or region.

        Args:
            given: the new values by name.

        Raises:
            InvalidInput: if a name is not an id, or a value has an impossible type.

        """
        newer = Facts(given).given()
        unchanged = {name: value for name, value in self.given().items() if stem(name) not in newer}
        return Facts({**unchanged, **newer})

    def mirrored(self) -> "Facts":
        """Return a copy with left and right exchanged."""
        return Facts({_mirrored(name): value for name, value in self.given().items()})

    def canonical(self) -> str:
        """Return the facts as text that is equal for equal facts and different otherwise."""
        return repr(
            [
                (name, sorted(value) if isinstance(value, frozenset) else value)
                for name, value in self.given().items()
            ]
        )

    def _typed(self) -> list[tuple[str, type, Value]]:
        return [(name, type(value), value) for name, value in self._values.items()]


def _items(given: object) -> list[tuple[object, object]]:
    if given is None:
        return []
    if not isinstance(given, Mapping):
        raise InvalidInput(
            Fault(
                f"{repr_short(given)} is no table of facts", remedy="give names with their values"
            )
        )
    return list(given.items())


SIDES = frozenset({Side.LEFT.value, Side.RIGHT.value})


def is_suffix(word: str) -> bool:
    """Return whether a word is the suffix of a fact name for one side or one region."""
    return word in SIDES or is_region(word)


def value_text(value: Value | None) -> str:
    """Return a value as text: ``true``, ``3``, ``{band, towel}``, or ``?`` for unknown."""
    if value is None:
        return "?"
    if isinstance(value, bool):
        return "true" if value else "false"
    return "{" + ", ".join(sorted(value)) + "}" if isinstance(value, frozenset) else str(value)


def stem(name: str) -> str:
    """Return a name without its side or region: ``single_leg_s`` for ``single_leg_s.left``."""
    head, _, last = name.rpartition(".")
    return head if head and is_suffix(last) else name


def _mirrored(name: str) -> str:
    head, _, last = name.rpartition(".")
    return sided(head, Side(last).mirrored) if last in {Side.LEFT, Side.RIGHT} else name


def sided(name: str, side: Side) -> str:
    """Return the name of a fact's value on one side."""
    return f"{name}.{side}"


def at_region(name: str, region: Region) -> str:
    """Return the name of a fact's value for one region."""
    return f"{name}.{region}"


def _read_value(name: str, value: object, values: dict[str, Value | None]) -> list[Fault]:
    """Add a value to `values`, or return its fault."""
    if value is None:
        values[name] = None
        return []
    if isinstance(value, (list, tuple, set, frozenset)):
        if not all(is_identifier(member) for member in value):
            return [Fault(f"{repr_short(value)} is not a set of ids", where=f".{name}")]
        values[name] = frozenset(value)
        return []
    if type(value) is bool or is_number(value) or is_text(value):
        values[name] = value
        return []
    return [Fault(f"{repr_short(value)} is not a value that a fact can have", where=f".{name}")]


def _read_by_place(
    name: str, by_place: Mapping[str, object], values: dict[str, Value | None]
) -> list[Fault]:
    """Add the values per side or region to `values`, and return the faults of invalid ones."""
    unknown = [key for key in by_place if not is_suffix(key)]
    if unknown:
        remedy = "say left, right, or the regions"
        return [Fault(f"{repr_short(unknown[0])} is not a side", where=f".{name}", remedy=remedy)]
    faults: list[Fault] = []
    for place, value in by_place.items():
        faults += _read_value(f"{name}.{place}", value, values)
    return faults
