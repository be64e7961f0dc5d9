"""Everything that can go wrong, in one tree.

::

    KineticChainError
    ├── InvalidInput            a value, a document or a condition is not what it must be
    │   ├── InvalidDocument     JSON, TOML or YAML that does not fit its form
    │   ├── InvalidCondition    the text of a condition
    │   └── InvalidKnowledge    knowledge whose parts do not fit together
    ├── RuleStopped             a rule in a process of its own that was stopped, or failed there
    ├── UnfitPlugin             what is installed as a plugin and is none
    ├── UnknownName             an id that the knowledge or the plan in use does not hold
    └── GuardFailure            a finished plan that breaks its own decision: our fault, never yours

Every message says what is wrong, where, and the likely remedy. Of a person it shows no
more than the value at fault.
"""

import difflib
from collections.abc import Iterable

from attrs import frozen

MAX_FAULTS = 50
"""So many faults of a document are told at once."""


@frozen
class Fault:
    """One thing that is wrong with an input.

    `where` is a path such as ``$.complaints[0].pain``; it is empty where the input is a
    single value. `line` is the line of the document, from 1; 0 where there is none.
    """

    what: str
    where: str = ""
    remedy: str = ""
    line: int = 0

    def __str__(self) -> str:
        """The fault on one line."""
        place = f"{self.where}: " if self.where else ""
        remedy = f"; {self.remedy}" if self.remedy else ""
        return f"{place}{self.what}{remedy}"

    def under(self, path: str) -> "Fault":
        """The same fault, seen from a level further up: `path` goes before its place."""
        gap = " " if self.where[:1].isalpha() and path and path[-1] not in " .]" else ""
        place = (path + gap + self.where).removesuffix(": ")
        return Fault(self.what, place, self.remedy, self.line)


class KineticChainError(Exception):
    """The root of all errors that this library raises on purpose."""


class InvalidInput(KineticChainError, ValueError):
    """An input that cannot be used; `faults` tells all that was found, in order."""

    def __init__(self, *faults: Fault) -> None:
        """Keep the faults; the message is one line for each."""
        super().__init__(*faults)
        self.faults: tuple[Fault, ...] = faults

    def __str__(self) -> str:
        """All faults, one a line."""
        return "\n".join(str(fault) for fault in self.faults)


class InvalidDocument(InvalidInput):
    """A document (JSON, TOML, YAML) that does not fit the form it claims."""


class InvalidCondition(InvalidInput):
    """The text of a condition that cannot be read, or that no fact fits."""


class InvalidKnowledge(InvalidInput):
    """Knowledge whose parts do not fit together."""


class UnknownName(KineticChainError, LookupError):
    """An id that is not there, with the likely one."""

    def __init__(self, kind: str, name: str, remedy: str = "") -> None:
        """Say which `kind` of thing `name` is not, and what it might have been."""
        super().__init__(kind, name, remedy)
        self.kind = kind
        self.name = name
        self.remedy = remedy

    def __str__(self) -> str:
        """The unknown name and the likely one."""
        return f"no {self.kind} has the id `{self.name}`" + (
            f"; {self.remedy}" if self.remedy else ""
        )


class RuleStopped(KineticChainError):
    """A rule in a process of its own ran or grew too long, or failed there."""


class UnfitPlugin(KineticChainError):
    """What an entry point leads to is no plugin of this version."""


class GuardFailure(KineticChainError):
    """A finished plan failed its last, independent check, so that there is no plan."""

    def __init__(self, *breaches: str) -> None:
        """Name every breach."""
        super().__init__(*breaches)
        self.breaches = breaches

    def __str__(self) -> str:
        """All breaches on one line."""
        return "the plan breaks its own decision: " + "; ".join(self.breaches)


class CasesFailed(KineticChainError):
    """Plans are not what cases expect."""

    def __init__(self, failed: int, told: str) -> None:
        """Say how many failed; `told` tells each case and its differences."""
        super().__init__(failed, told)
        self.failed = failed
        self.told = told

    def __str__(self) -> str:
        """The count, and all that is told."""
        return f"{self.failed} of the cases failed\n{self.told}"


def likely(name: str, known: Iterable[str]) -> str:
    """The remedy for a mistyped `name`: the words of `known` that it resembles, if any."""
    if not isinstance(name, str):  # a caller without a type checker
        return ""
    close = difflib.get_close_matches(name, sorted(known), n=3, cutoff=0.6)
    if not close:
        return ""
    return "did you mean " + " or ".join(f"`{word}`" for word in close) + "?"
