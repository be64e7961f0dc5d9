"""Of conditions in a row, the first one that is known to hold, as one generated function."""

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Generic, ParamSpec, TypeVar, cast

from attrs import evolve, field, frozen

from kineticchain.domain.facts import Condition, Truth, Value, evaluate
from kineticchain.domain.facts.condition import names_in
from kineticchain.domain.facts.normal_form import Column, Literal, NoNormalForm, terms_of
from kineticchain.rules.matching.generated_matcher import ConditionCodegen

Look = ParamSpec("Look")
"""What the facts are read from."""

Row = TypeVar("Row")

MAX_TERMS = 256
"""A longer condition is evaluated as it stands."""

_UNREAD = object()


@frozen(kw_only=True, eq=False)
class FactReader(Generic[Look]):
    """How facts are read from arguments that are called `parameters`.

    `told` are facts that are there already, each with the path to it from an argument:
    ``track.day.pain``. `made` gives for any other name what works the fact out; it is called
    when a condition first asks. None is unknown.
    """

    parameters: tuple[str, ...]
    told: Mapping[str, str] = field(factory=dict)
    made: Callable[[str], Callable[Look, Value | None]]

    def __attrs_post_init__(self) -> None:
        """Let nothing into the source of a function but paths."""
        for path in self.told.values():
            first, *names = path.split(".")
            if first not in self.parameters or not all(map(str.isidentifier, names)):
                message = f"{path!r} is no path from one of {', '.join(self.parameters)}"
                raise ValueError(message)

    def with_constants(self, constants: Mapping[str, Value]) -> "FactReader[Look]":
        """The same, where some names stand for values that never change."""

        def made(name: str) -> Callable[Look, Value | None]:
            if name not in constants:
                return self.made(name)
            value = constants[name]
            return cast("Callable[Look, Value | None]", lambda *_: value)

        return evolve(self, made=made)

    def of(self, name: str) -> Callable[Look, Value | None]:
        """What reads one fact by itself."""
        path = self.told.get(name)
        if path is None:
            return self.made(name)
        first, _, rest = path.partition(".")
        at, read = self.parameters.index(first), attrgetter(rest)
        return cast("Callable[Look, Value | None]", lambda *look: read(look[at]))


def first_match(
    rows: Sequence[tuple[Condition, Row]], reading: FactReader[Look]
) -> Callable[Look, Row | None]:
    """A function that tells the first row whose condition is known to hold; None if none is.

    A fact that has to be worked out is read where its value decides, and once.
    """
    source = _ReadingSource(reading)
    tests = [
        f"    if {source.known_to_hold(condition)}: return {source.constant(row)}"
        for condition, row in rows
    ]
    function = source.function(reading.parameters, [*source.beginning(), *tests, "    return None"])
    return cast("Callable[Look, Row | None]", function)


class _ReadingSource(ConditionCodegen, Generic[Look]):
    """ConditionCodegen that reads what is told at once, and the rest where a test first needs it."""

    def __init__(self, reading: FactReader[Look]) -> None:
        super().__init__()
        self._reading = reading
        self._unread = self.constant(_UNREAD)
        self._look = ", ".join(reading.parameters)
        self._makers: dict[str, str] = {}

    def known_to_hold(self, condition: Condition) -> str:
        """The test of a condition; one that has no terms is evaluated as it stands."""
        try:
            terms = terms_of(condition, most=MAX_TERMS)
        except NoNormalForm:
            return f"{self.constant(_weighed(condition, self._reading))}({self._look})"
        told = self._reading.told
        ordered = [
            dict(sorted(term.items(), key=lambda one: one[0][0] not in told)) for term in terms
        ]
        return self.terms(ordered, unknown=False) or "False"

    def literal(self, column: Column, literal: Literal, unknown: Truth) -> str:
        name, _ = column
        fact, test = self.fact(name), super().literal(column, literal, unknown)
        if name in self._reading.told:
            return test
        if name not in self._makers:
            self._makers[name] = self.constant(self._reading.made(name))
        made = f"({fact} := {self._makers[name]}({self._look}))"
        read = f"({made} if {fact} is {self._unread} else {fact})"
        return test.replace(f"({fact} is", f"({read} is", 1)

    def beginning(self) -> list[str]:
        """The lines that read what is told."""
        told = self._reading.told
        return [f"    {fact} = {told.get(name, self._unread)}" for name, fact in self.facts.items()]


def _weighed(condition: Condition, reading: FactReader[Look]) -> Callable[Look, bool]:
    """The definition: the condition over what is known."""
    reads = {name: reading.of(name) for name in sorted(names_in(condition))}

    def holds(*look: Look.args, **named: Look.kwargs) -> bool:
        known = {name: read(*look, **named) for name, read in reads.items()}
        told = {name: value for name, value in known.items() if value is not None}
        return evaluate(condition, told) is True

    return holds
