"""Rules written in Python."""

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from operator import attrgetter
from pickle import PicklingError
from typing import TypeAlias

from attrs import field, frozen
from attrs.converters import optional

from kineticchain.domain.facts import Condition, Joinable, Value, read_condition
from kineticchain.domain.validators import each, identifier, text
from kineticchain.errors import Fault, InvalidInput
from kineticchain.rules.model.effect import Effect

RuleFunction: TypeAlias = Callable[[Mapping[str, Value]], Iterable[Effect]]


@frozen(kw_only=True)
class PythonRule:
    """A function from facts to effects.

    The function gets a read-only table of the known facts; unknown facts are missing. If it raises
    an error or returns anything but effects, the exercises that it is `about` are excluded and the
    failure is reported.
    """

    id: str = field(validator=identifier())
    function: RuleFunction = field(repr=False)
    because: str = field(validator=text())
    about: Condition | None = field(default=None, converter=optional(read_condition))
    evidence: tuple[str, ...] = field(default=(), validator=each(identifier()))
    sources: tuple[str, ...] = field(default=(), validator=each(identifier()))

    def __attrs_post_init__(self) -> None:
        """Reject a rule without evidence and sources."""
        if not self.evidence and not self.sources:
            raise InvalidInput(Fault("neither evidence nor a source", where=".sources"))

    def __copy__(self) -> "PythonRule":
        """Return the rule itself, which is immutable."""
        return self

    def __deepcopy__(self, memo: object) -> "PythonRule":
        """Return the rule itself, which is immutable."""
        return self

    def __reduce__(self) -> "tuple[Callable[[str, str], object], tuple[str, str]]":
        """Return a reference by name, from which another process imports the rule.

        Raises:
            PicklingError: If the module does not hold the rule.
        """
        place = self.function.__module__, self.function.__qualname__
        try:
            rule = rule_named(*place)
        except (ImportError, AttributeError):
            rule = None
        if rule is not self:
            raise PicklingError(f"rule `{self.id}` is not at the top of a module")
        return rule_named, place


def rule_named(module: str, name: str) -> object:
    """Return the object with a dotted name in a module."""
    return attrgetter(name)(import_module(module))


def rule(
    *,
    id: str,  # noqa: A002 - the word that every row of the knowledge uses
    because: str,
    sources: Iterable[str] = (),
    evidence: Iterable[str] = (),
    about: Joinable | str | None = None,
) -> Callable[[RuleFunction], PythonRule]:
    """Turn a function from facts to effects into a rule; see `PythonRule`."""

    def decorate(function: RuleFunction) -> PythonRule:
        return PythonRule(
            id=id,
            function=function,
            because=because,
            about=about,
            evidence=tuple(evidence),
            sources=tuple(sources),
        )

    return decorate
