"""The tree of errors that the library raises.

::

    KineticChainError
    ├── InvalidInput            a value that cannot be used
    │   ├── InvalidDocument     a JSON, TOML or YAML document that does not fit its schema
    │   ├── InvalidCondition    a condition that cannot be parsed or does not fit its facts
    │   └── InvalidKnowledge    knowledge whose parts do not fit together
    ├── RuleStopped             a rule that was stopped, or failed, in its own process
    ├── UnfitPlugin             an installed entry point that is not a plugin of this version
    ├── UnknownName             an id that the knowledge or the plan in use does not contain
    ├── GuardFailure            a finished plan that breaks its own decision: a bug of the library
    └── CasesFailed             plans that differ from what test cases expect

Every message states the fault, its place and the likely remedy. A message shows no personal data
except the faulty value.
"""

from collections.abc import Iterable

from attrs import frozen

MAX_FAULTS = 50
"""The largest number of faults of one document that an error reports."""


@frozen
class Fault:
    """One fault of an input.

    Attributes:
        what: the problem, in a few words.
        where: a path such as ``$.complaints[0].pain``; empty if the input is a single value.
        remedy: the likely remedy, as an imperative; empty if there is none.
        line: the line of the document, from 1; 0 if the input is not a text document.

    """

    what: str
    where: str = ""
    remedy: str = ""
    line: int = 0

    def __str__(self) -> str:
        """Return place, problem and remedy on one line."""
        place = f"{self.where}: " if self.where else ""
        remedy = f"; {self.remedy}" if self.remedy else ""
        return f"{place}{self.what}{remedy}"

    def under(self, path: str) -> "Fault":
        """Return the same fault with `path` put in front of its place.

        Args:
            path: the path of the enclosing value, such as ``$.complaints[0]``.

        """
        # Join path and place. A place that begins with a letter needs a space, unless the path
        # ends in a separator. Without a place, the separator at the end of the path is removed.
        gap = " " if self.where[:1].isalpha() and path and path[-1] not in " .]" else ""
        place = (path + gap + self.where).removesuffix(": ")
        return Fault(self.what, place, self.remedy, self.line)


class KineticChainError(Exception):
    """The base class of all errors that this library raises on purpose."""


class InvalidInput(KineticChainError, ValueError):
    """An input that cannot be used.

    Attributes:
        faults: all faults found, in the order of the input.

    """

    def __init__(self, *faults: Fault) -> None:
        """Store the faults; the message has one line for each."""
        super().__init__(*faults)
        self.faults: tuple[Fault, ...] = faults

    def __str__(self) -> str:
        """Return all faults, one per line."""
        return "\n".join(str(fault) for fault in self.faults)


class InvalidDocument(InvalidInput):
    """A JSON, TOML or YAML document that does not fit its schema."""


class InvalidCondition(InvalidInput):
    """A condition that cannot be parsed or that does not fit the types of its facts."""


class InvalidKnowledge(InvalidInput):
    """Knowledge whose parts do not fit together."""


class UnknownName(KineticChainError, LookupError):
    """An unknown id, with similar ids that exist.

    Attributes:
        kind: the kind of object that was looked up, such as ``exercise``.
        name: the unknown id.
        remedy: similar ids; empty if there are none.

    """

    def __init__(self, kind: str, name: str, remedy: str = "") -> None:
        """Store the kind of object, the unknown id and the suggestion."""
        super().__init__(kind, name, remedy)
        self.kind = kind
        self.name = name
        self.remedy = remedy

    def __str__(self) -> str:
        """Return the unknown id and the suggestion."""
        return f"no {self.kind} has the id `{self.name}`" + (
            f"; {self.remedy}" if self.remedy else ""
        )


class RuleStopped(KineticChainError):
    """A rule in its own process exceeded its time or memory, or failed there."""


class UnfitPlugin(KineticChainError):
    """An entry point does not provide a plugin of this version."""


class GuardFailure(KineticChainError):
    """A finished plan failed its final, independent check; no plan is returned.

    Attributes:
        breaches: each property that the plan violates.

    """

    def __init__(self, *breaches: str) -> None:
        """Store every breach."""
        super().__init__(*breaches)
        self.breaches = breaches

    def __str__(self) -> str:
        """Return all breaches on one line."""
        return "the plan breaks its own decision: " + "; ".join(self.breaches)


class CasesFailed(KineticChainError):
    """Plans differ from what test cases expect.

    Attributes:
        failed: the number of failed cases.
        report: each case with its differences.

    """

    def __init__(self, failed: int, report: str) -> None:
        """Store the count and the report."""
        super().__init__(failed, report)
        self.failed = failed
        self.report = report

    def __str__(self) -> str:
        """Return the count and the report."""
        return f"{self.failed} of the cases failed\n{self.report}"


def likely(name: str, known: Iterable[str]) -> str:
    """Return a remedy for a mistyped name.

    Args:
        name: the name that was not found.
        known: the valid names.

    Returns:
        A question with up to three valid names that `name` resembles; empty if there are none.

    """
    if not isinstance(name, str):  # a caller without a type checker
        return ""
    import difflib  # noqa: PLC0415 - only mistakes need it

    close = difflib.get_close_matches(name, sorted(known), n=3, cutoff=0.6)
    if not close:
        return ""
    return "did you mean " + " or ".join(f"`{word}`" for word in close) + "?"
