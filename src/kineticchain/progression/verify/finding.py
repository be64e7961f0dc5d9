"""What model checking finds."""

from attrs import field, frozen

from kineticchain.domain.validators import each, identifier, text, whole

_COUNT = whole(0, 1_000_000_000)


@frozen(kw_only=True)
class Violation:
    """A law that does not hold, with the shortest way to where it breaks.

    `trace` is written in the language of the playground.
    """

    law: str = field(validator=text())
    what: str = field(validator=text())
    trace: tuple[str, ...] = field(validator=each(text()))

    def __str__(self) -> str:
        """The law, what breaks it, and the way there."""
        return "\n".join([f"{self.law}: {self.what}", *(f"  {line}" for line in self.trace)])


@frozen(kw_only=True)
class Verification:
    """The result for one ladder: how much was explored, and what was found."""

    ladder: str = field(validator=identifier())
    states: int = field(validator=_COUNT)
    transitions: int = field(validator=_COUNT)
    loops: int = field(validator=_COUNT)
    violations: tuple[Violation, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether no law is broken."""
        return not self.violations

    def __str__(self) -> str:
        """A line of figures, and every violation below it."""
        figures = (
            f"{self.ladder}: {self.states:,} states, {self.transitions:,} transitions, "
            f"{self.loops} closed loops, {len(self.violations)} violations"
        )
        return "\n".join([figures, *(str(one) for one in self.violations)])
