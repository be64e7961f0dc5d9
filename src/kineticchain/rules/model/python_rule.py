"""Rules written in Python."""

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from operator import attrgetter
from pickle import PicklingError
from typing import TypeAlias

from attrs import field, frozen
from attrs.converters import optional

from kineticchain.domain.facts import BindingKind, Condition, Joinable, Value, read_condition
from kineticchain.domain.validators import boolean, identifier, passage, unknown_word_fault
from kineticchain.domain.validators import each as each_of
from kineticchain.errors import Fault, InvalidInput
from kineticchain.rules.model.effect import Effect


def read_kind(value: BindingKind | str) -> BindingKind:
    """Return a kind of binding from its word; raises `InvalidInput` for an unknown word."""
    kinds = [kind.value for kind in BindingKind]
    if value not in kinds:
        raise InvalidInput(unknown_word_fault("a kind of binding", value, kinds, where=".each"))
    return BindingKind(value)


RuleFunction: TypeAlias = Callable[[Mapping[str, Value]], Iterable[Effect]]


@frozen(kw_only=True)
class PythonRule:
    """A function from facts to effects.

    The function gets a read-only table of the known facts; unknown facts are missing. If it raises
    an error or returns anything but effects, the exercises that the rule is `about` are excluded
    and the failure is reported.

    Attributes:
        id: The id of the rule.
        function: The function from facts to effects.
        because: The reason.
        about: The condition on the exercises that the effects are about; None for all exercises.
        each: The kind of binding. The function is called for each complaint, injury or surgery,
            with its facts under ``here.`` names, as in data rules. None to call it for the person.
        same_side: True to restrict the effects to the side of the binding.
        evidence: Ids of rows of evidence.
        sources: Ids of sources.
    """

    id: str = field(validator=identifier())
    function: RuleFunction = field(repr=False)
    because: str = field(validator=passage())
    about: Condition | None = field(default=None, converter=optional(read_condition))
    each: BindingKind | None = field(default=None, converter=optional(read_kind))
    same_side: bool = field(default=False, validator=boolean())
    evidence: tuple[str, ...] = field(default=(), validator=each_of(identifier()))
    sources: tuple[str, ...] = field(default=(), validator=each_of(identifier()))

    def __attrs_post_init__(self) -> None:
        """Reject `same_side` without `each`, and a rule with neither evidence nor sources."""
        if self.same_side and self.each is None:
            raise InvalidInput(Fault("a side without `each`", where=".same_side"))
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
            PicklingError: If the module does not have the rule under the name of its function.
        """
        location = self.function.__module__, self.function.__qualname__
        try:
            rule = rule_named(*location)
        except (ImportError, AttributeError):
            rule = None
        if rule is not self:
            raise PicklingError(f"rule `{self.id}` is not at the top of a module")
        return rule_named, location


def rule_named(module: str, name: str) -> object:
    """Return the object with a dotted name in a module."""
    return attrgetter(name)(import_module(module))


def rule(  # noqa: PLR0913 - each argument is a key of a row
    *,
    id: str,  # noqa: A002 - the word that every row of the knowledge uses
    because: str,
    sources: Iterable[str] = (),
    evidence: Iterable[str] = (),
    about: Joinable | str | None = None,
    each: BindingKind | str | None = None,
    same_side: bool = False,
) -> Callable[[RuleFunction], PythonRule]:
    """Turn a function from facts to effects into a rule; see `PythonRule`."""

    def decorate(function: RuleFunction) -> PythonRule:
        return PythonRule(
            id=id,
            function=function,
            because=because,
            about=about,
            each=each,
            same_side=same_side,
            evidence=tuple(evidence),
            sources=tuple(sources),
        )

    return decorate
