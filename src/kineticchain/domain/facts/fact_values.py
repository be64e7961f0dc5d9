"""Values of facts, by their names."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.validators import is_identifier, is_number, is_text, repr_short
from kineticchain.errors import Fault, InvalidInput

Value: TypeAlias = bool | int | float | str | frozenset[str]
GivenValue: TypeAlias = (
    Value | list[str] | tuple[str, ...] | Mapping[str, bool | int | float | str | None] | None
)


class Facts(Mapping[str, Value]):
    """A frozen table of facts. A name that is missing is unknown.

    A fact per side stands under two names, ``single_leg_s.left`` and ``.right``, and may be
    given as ``{"left": 25, "right": 18}``; one per region likewise, as ``{"heel": True}``.
    None, as in JSON null, says that a fact is unknown: it is kept in `unknown`, so that no
    "all clear" answers for it.
    """

    __slots__ = ("_unknown", "_values")

    def __init__(self, given: "Mapping[str, GivenValue] | None" = None) -> None:
        """Check the shape of names and values; the vocabulary checks the rest later."""
        values: dict[str, Value | None] = {}
        faults: list[Fault] = []
        for name, value in _items(given):
            if not is_identifier(name):
                faults.append(Fault(f"{repr_short(name)} is not the name of a fact"))
            elif isinstance(value, Mapping):
                faults += _take_places(name, value, values)
            else:
                faults += _take(name, value, values)
        if faults:
            raise InvalidInput(*faults)
        ordered = sorted(values.items(), key=lambda pair: pair[0])
        self._values = {name: value for name, value in ordered if value is not None}
        self._unknown = frozenset(name for name, value in ordered if value is None)

    @property
    def unknown(self) -> frozenset[str]:
        """Names that were said to be unknown."""
        return self._unknown

    def __getitem__(self, name: str) -> Value:
        """The value of a known fact."""
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        """Names of known facts in alphabetical order."""
        return iter(self._values)

    def __len__(self) -> int:
        """How many facts are known."""
        return len(self._values)

    def __hash__(self) -> int:
        """Equal tables have equal hashes."""
        return hash((tuple(self._values.items()), self._unknown))

    def __eq__(self, other: object) -> bool:
        """Equal by value and by type: 1 is not true."""
        if not isinstance(other, Facts):
            return NotImplemented
        return self._typed() == other._typed() and self._unknown == other._unknown

    def __repr__(self) -> str:
        """Names alone: values may say something of a person."""
        return f"Facts({', '.join(self._values)})"

    def __reduce__(self) -> "tuple[type[Facts], tuple[dict[str, Value | None]]]":
        """Copies and pickles go through the constructor."""
        return (Facts, (self.given(),))

    def given(self) -> dict[str, Value | None]:
        """The known values, and None for what was said to be unknown."""
        return {**self._values, **dict.fromkeys(sorted(self._unknown))}

    def updated(self, given: "Mapping[str, GivenValue]") -> "Facts":
        """The same facts with those of `given` in place of theirs.

        A value for both sides replaces the values of the sides.
        """
        newer = Facts(given).given()
        kept = {name: value for name, value in self.given().items() if stem(name) not in newer}
        return Facts({**kept, **newer})

    def mirrored(self) -> "Facts":
        """The same facts with left and right exchanged."""
        return Facts({_mirrored(name): value for name, value in self.given().items()})

    def canonical(self) -> str:
        """Names and values as text that is the same for equal tables, and only for them."""
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


SUFFIXES = frozenset({Side.LEFT.value, Side.RIGHT.value, *(region.value for region in Region)})
"""What a fact may have a value for each of: sides, or regions."""


def value_text(value: Value | None) -> str:
    """A value in one line: ``true``, ``3``, ``{band, towel}``; a question mark if unknown."""
    if value is None:
        return "?"
    if isinstance(value, bool):
        return "true" if value else "false"
    return "{" + ", ".join(sorted(value)) + "}" if isinstance(value, frozenset) else str(value)


def stem(name: str) -> str:
    """The name of a fact without its side or region: ``single_leg_s.left`` is ``single_leg_s``."""
    head, _, last = name.rpartition(".")
    return head if head and last in SUFFIXES else name


def _mirrored(name: str) -> str:
    head, _, last = name.rpartition(".")
    return sided(head, Side(last).mirrored) if last in {Side.LEFT, Side.RIGHT} else name


def sided(name: str, side: Side) -> str:
    """The name under which one side of a fact stands."""
    return f"{name}.{side}"


def at_region(name: str, region: Region) -> str:
    """The name under which a fact stands for one region."""
    return f"{name}.{region}"


def _take(name: str, value: object, values: dict[str, Value | None]) -> list[Fault]:
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


def _take_places(
    name: str, value: Mapping[str, object], values: dict[str, Value | None]
) -> list[Fault]:
    unknown = [key for key in value if key not in SUFFIXES]
    if unknown:
        remedy = "say left, right, or the regions"
        return [Fault(f"{repr_short(unknown[0])} is not a side", where=f".{name}", remedy=remedy)]
    faults: list[Fault] = []
    for place, one in value.items():
        faults += _take(f"{name}.{place}", one, values)
    return faults
