"""Rules that travel together."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import TypeAlias

from attrs import evolve, field, frozen

from kineticchain.domain.evidence import Conflict, Evidence, Source
from kineticchain.domain.exercises import Exercise, Ladder
from kineticchain.domain.facts import Diagnosis, FactType
from kineticchain.domain.validators import identifier, optional, text
from kineticchain.errors import Fault, InvalidInput
from kineticchain.rules.model.python_rule import PythonRule
from kineticchain.rules.model.rule import Rule


@frozen(kw_only=True)
class AcceptedFinding:
    """Why something that the analysis finds is meant to be so.

    `subject` is a rule or an exercise; ``*`` stands for every rule of the pack. `other`
    names what takes part in it; without it any may.
    """

    finding: str = field(validator=identifier())
    subject: str = field(validator=text())
    because: str = field(validator=text())
    other: str | None = field(default=None, validator=optional(identifier()))


Placing: TypeAlias = Callable[[Iterable[Fault]], list[Fault]]


@frozen(kw_only=True)
class RulePack:
    """A named set of rules with all that they bring along.

    `messages` are templates by id for what the rules advise. The facts and messages of a
    pack that is added to a knowledge bear its id as their prefix: ``clinic.new_insoles``;
    its rules should, too. `explained` says why findings of the analysis are meant.
    """

    id: str = field(validator=identifier())
    version: str = field(validator=text())
    rules: tuple[Rule | PythonRule, ...] = ()
    facts: tuple[FactType, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()
    sources: tuple[Source, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    exercises: tuple[Exercise, ...] = ()
    ladders: tuple[Ladder, ...] = ()
    messages: tuple[tuple[str, str], ...] = ()
    explained: tuple[AcceptedFinding, ...] = ()
    origin: str = field(default="", validator=text(), eq=False, repr=False)
    """The document that it was read from, for faults."""

    placed: Placing = field(default=list, eq=False, repr=False)
    """Finds the lines of faults in that document."""

    def __attrs_post_init__(self) -> None:
        """Refuse two rules of one id."""
        counts = Counter(rule.id for rule in self.rules)
        if len(counts) < len(self.rules):
            twice = sorted(name for name, count in counts.items() if count > 1)
            raise InvalidInput(*(Fault(f"two rules are called `{name}`") for name in twice))

    def without(self, rules: Iterable[str]) -> "RulePack":
        """The pack less some rules, by their ids."""
        gone = set(rules)
        return evolve(self, rules=tuple(rule for rule in self.rules if rule.id not in gone))
