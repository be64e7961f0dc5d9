"""Results of model checking."""

from attrs import field, frozen

from kineticchain.domain.validators import each, identifier, text, whole

_COUNT = whole(0, 1_000_000_000)


@frozen(kw_only=True)
class Violation:
    """A broken law, with a path to the state in which it breaks.

    Attributes:
        law: Name of the law.
        what: Description of the violation.
        trace: Path as lines of the playground; for pairs, the names of the inputs.

    """

    law: str = field(validator=text())
    what: str = field(validator=text())
    trace: tuple[str, ...] = field(validator=each(text()))

    def __str__(self) -> str:
        """Return the law and the violation, followed by the indented trace."""
        return "\n".join([f"{self.law}: {self.what}", *(f"  {line}" for line in self.trace)])


@frozen(kw_only=True)
class Verification:
    """Result of model checking one ladder.

    Attributes:
        ladder: Id of the ladder.
        states: Number of states explored.
        transitions: Number of transitions explored.
        loops: Number of closed loops simulated.
        violations: Violations of the laws.

    """

    ladder: str = field(validator=identifier())
    states: int = field(validator=_COUNT)
    transitions: int = field(validator=_COUNT)
    loops: int = field(validator=_COUNT)
    violations: tuple[Violation, ...] = ()

    @property
    def holds(self) -> bool:
        """True if no law is broken."""
        return not self.violations

    def __str__(self) -> str:
        """Return a line of figures, followed by every violation."""
        figures = (
            f"{self.ladder}: {self.states:,} states, {self.transitions:,} transitions, "
            f"{self.loops} closed loops, {len(self.violations)} violations"
        )
        return "\n".join([figures, *(str(violation) for violation in self.violations)])
