"""Decision lists: one generated function returns the first row whose condition is true."""

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Generic, ParamSpec, TypeVar, cast

from attrs import evolve, field, frozen

from kineticchain.domain.facts import Condition, Truth, Value, evaluate
from kineticchain.domain.facts.condition import names_in
from kineticchain.domain.facts.normal_form import Column, Literal, NoNormalForm, terms_of
from kineticchain.rules.matching.generated_matcher import ConditionCodegen

Arguments = ParamSpec("Arguments")
"""The parameters of the generated function, from whose arguments the facts are read."""

Row = TypeVar("Row")

MAX_TERMS = 256
"""The most terms of a condition that is compiled; a condition with more terms is evaluated."""

_UNREAD = object()
"""The value of a variable whose fact has not been computed yet."""


@frozen(kw_only=True, eq=False)
class FactReader(Generic[Arguments]):
    """The way to read facts from the arguments of a generated function.

    Attributes:
        parameters: The names of the arguments.
        attribute_paths: The attribute path of each stored fact, from an argument, such as
            ``track.day.pain``.
        computed_by: Returns, for the name of any other fact, the function that computes the fact
            from the arguments. A result of None of this function means unknown.
    """

    parameters: tuple[str, ...]
    attribute_paths: Mapping[str, str] = field(factory=dict)
    computed_by: Callable[[str], Callable[Arguments, Value | None]]

    def __attrs_post_init__(self) -> None:
        """Check that each path is a parameter followed by attribute names.

        The paths become part of the generated source.

        Raises:
            ValueError: A path has another form.
        """
        for path in self.attribute_paths.values():
            parameter, *names = path.split(".")
            if parameter not in self.parameters or not all(map(str.isidentifier, names)):
                message = f"{path!r} is no path from one of {', '.join(self.parameters)}"
                raise ValueError(message)

    def with_constants(self, constants: Mapping[str, Value]) -> "FactReader[Arguments]":
        """Return a reader that also reads constants.

        Args:
            constants: The values by name. A stored fact of the same name takes precedence.
        """

        def computed_by(name: str) -> Callable[Arguments, Value | None]:
            if name not in constants:
                return self.computed_by(name)
            value = constants[name]
            return cast("Callable[Arguments, Value | None]", lambda *_: value)

        return evolve(self, computed_by=computed_by)

    def of(self, name: str) -> Callable[Arguments, Value | None]:
        """Return a function that reads one fact from the arguments."""
        path = self.attribute_paths.get(name)
        if path is None:
            return self.computed_by(name)
        parameter, _, attributes = path.partition(".")
        position, read = self.parameters.index(parameter), attrgetter(attributes)
        return cast(
            "Callable[Arguments, Value | None]", lambda *arguments: read(arguments[position])
        )


def first_match(
    rows: Sequence[tuple[Condition, Row]], reading: FactReader[Arguments]
) -> Callable[Arguments, Row | None]:
    """Return a function that returns the first row whose condition is true.

    The function returns None if there is no such row. It computes a fact that is not stored only
    if the value is needed, and at most once. A condition without a normal form is evaluated, and
    its evaluation reads all its facts each time.

    Args:
        rows: The conditions in order, each with its row.
        reading: The way to read the facts.
    """
    source = _ReadingSource(reading)
    tests = [
        f"    if {source.known_to_hold(condition)}: return {source.constant(row)}"
        for condition, row in rows
    ]
    function = source.function(reading.parameters, [*source.beginning(), *tests, "    return None"])
    return cast("Callable[Arguments, Row | None]", function)


class _ReadingSource(ConditionCodegen, Generic[Arguments]):
    """Generator that reads stored facts at the start, and computes other facts on first use."""

    def __init__(self, reading: FactReader[Arguments]) -> None:
        super().__init__()
        self._reading = reading
        self._unread = self.constant(_UNREAD)
        self._arguments = ", ".join(reading.parameters)
        self._makers: dict[str, str] = {}

    def known_to_hold(self, condition: Condition) -> str:
        """Return an expression that is true if a condition is true, and false if it is unknown.

        A condition without a normal form becomes a call of the evaluator.
        """
        try:
            terms = terms_of(condition, most=MAX_TERMS)
        except NoNormalForm:
            return f"{self.constant(_evaluation(condition, self._reading))}({self._arguments})"
        # Stored facts are tested first, because they may decide a term before a fact is computed.
        stored = self._reading.attribute_paths
        ordered = [
            dict(sorted(term.items(), key=lambda item: item[0][0] not in stored)) for term in terms
        ]
        return self.terms(ordered, unknown=False) or "False"

    def literal(self, column: Column, literal: Literal, unknown: Truth) -> str:
        name, _ = column
        fact, test = self.fact(name), super().literal(column, literal, unknown)
        if name in self._reading.attribute_paths:
            return test
        if name not in self._makers:
            self._makers[name] = self.constant(self._reading.computed_by(name))
        # The inherited test begins with "(fact is None or" or "(fact is not None and". Its first
        # use of the variable is replaced by an expression that computes and stores an unread fact.
        computed = f"({fact} := {self._makers[name]}({self._arguments}))"
        read = f"({computed} if {fact} is {self._unread} else {fact})"
        return test.replace(f"({fact} is", f"({read} is", 1)

    def beginning(self) -> list[str]:
        """Return the lines that read the stored facts and mark all other facts as unread."""
        stored = self._reading.attribute_paths
        return [
            f"    {fact} = {stored.get(name, self._unread)}" for name, fact in self.facts.items()
        ]


def _evaluation(condition: Condition, reading: FactReader[Arguments]) -> Callable[Arguments, bool]:
    """Return a function that reads all facts of a condition and evaluates the condition."""
    reads = {name: reading.of(name) for name in sorted(names_in(condition))}

    def holds(*arguments: Arguments.args, **keywords: Arguments.kwargs) -> bool:
        values = {name: read(*arguments, **keywords) for name, read in reads.items()}
        facts = {name: value for name, value in values.items() if value is not None}
        return evaluate(condition, facts) is True

    return holds
