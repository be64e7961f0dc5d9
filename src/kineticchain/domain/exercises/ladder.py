"""Ladders: exercises in order of difficulty."""

from enum import StrEnum
from typing import NewType, TypeAlias

from attrs import field, frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises.dose import Dose
from kineticchain.domain.facts import Condition
from kineticchain.domain.facts.condition import Contains, walk
from kineticchain.domain.validators import each, identifier, optional, title, whole
from kineticchain.errors import Fault, InvalidInput

ConstantName = NewType("ConstantName", str)
"""The name of a constant of progression. Documents hold values by such names as a table."""

Constants: TypeAlias = tuple[tuple[ConstantName, int], ...]
"""Constants of progression by name."""


class Dimension(StrEnum):
    """The property that makes a rung harder than the rung below."""

    HAND_SUPPORT = "hand_support"
    BASE_OF_SUPPORT = "base_of_support"
    SURFACE = "surface"
    VISION = "vision"
    TASK = "task"
    LOAD = "load"


@frozen(kw_only=True)
class Protocol:
    """A published sequence of doses, in which each dose counts as one step.

    A step of a protocol may change several amounts at once.

    Attributes:
        evidence: the id of the row that supports the protocol.
        days: the least number of days for each named dose of the rung.

    """

    evidence: str = field(validator=identifier())
    days: tuple[int, ...] = field(validator=each(whole(1, 365, "days")))


@frozen(kw_only=True)
class FirstDose:
    """The dose at which a person without history starts, where a measure shows more than the least.

    Attributes:
        dose: one of the named doses of the rung.
        when: the condition under which it is the first dose.

    """

    dose: Dose
    when: Condition


_MOST_TO_MASTER = {"sets": 20, "reps": 200, "hold_s": 600}
"""The largest amounts of a mastery, where they are less than those of a dose."""


@frozen(kw_only=True)
class Rung:
    """An exercise on a ladder.

    The conditions `needs` and `start` read the facts of one side. Both may read ``mastered``, to
    which the log adds.

    Attributes:
        exercise: the id of the exercise.
        axis: the named doses from the first to the top dose.
        harder: the one dimension that is harder than on the rung below; None on the lowest rung.
        mastery: the dose that masters the rung, done without a touch of a hand or foot; None for
            the top dose, or, on the highest rung, for none. It has at most 20 sets, 200 repetitions
            and holds of 600 s. For stances, logged best holds count towards its sets.
        needs: the entry condition of the rung; None if it is always open.
        start: the condition that places a person without history on the rung.
        first_doses: named doses to start at; the largest one whose condition holds counts. Without
            any, the start is at the first named dose.
        protocol: the published sequence that the doses follow; None if they follow none.

    """

    exercise: str = field(validator=identifier())
    axis: tuple[Dose, ...]
    harder: Dimension | None = None
    mastery: Dose | None = None
    needs: Condition | None = None
    start: Condition | None = None
    first_doses: tuple[FirstDose, ...] = ()
    protocol: Protocol | None = None

    def __attrs_post_init__(self) -> None:
        """Reject no dose, too large a mastery, or a protocol without a number of days per dose."""
        if not self.axis:
            raise InvalidInput(Fault("no dose", where=".axis"))
        for name, most in _MOST_TO_MASTER.items():
            amount = getattr(self.mastery, name, None)
            if amount is not None and amount > most:
                raise InvalidInput(
                    Fault(f"{amount} is too much", f".mastery.{name}", f"give at most {most}")
                )
        for index, first in enumerate(self.first_doses):
            if first.dose not in self.axis:
                raise InvalidInput(
                    Fault(
                        "not one of the named doses",
                        f".first_doses[{index}].dose",
                        "give a dose of the axis",
                    )
                )
        if self.protocol is not None and len(self.protocol.days) != len(self.axis):
            remedy = f"give {len(self.axis)} numbers of days, one for each dose"
            raise InvalidInput(
                Fault("not a number of days for each dose", ".protocol.days", remedy)
            )

    @property
    def criteria(self) -> tuple[tuple[str, Condition], ...]:
        """The conditions that open the rung or place a person on it, each with its place."""
        named = [("needs", self.needs), ("start", self.start)]
        firsts = [
            (f"first_doses[{index}].when", first.when)
            for index, first in enumerate(self.first_doses)
        ]
        return tuple(
            (name, condition) for name, condition in (*named, *firsts) if condition is not None
        )

    @property
    def asks_for(self) -> tuple[str, ...]:
        """Ids of the exercises whose mastery the entry condition reads."""
        parts = () if self.needs is None else walk(self.needs)
        return tuple(
            str(part.member)
            for part in parts
            if isinstance(part, Contains) and part.name.id == "mastered"
        )

    @property
    def mastery_level(self) -> int:
        """The index of the first named dose that reaches the mastery, else of the top dose."""
        if self.mastery is not None:
            for index, dose in enumerate(self.axis):
                if dose.reaches(self.mastery):
                    return index
        return len(self.axis) - 1

    @property
    def mastery_volume(self) -> int:
        """The volume of the first named dose that reaches the mastery, else of the top dose."""
        return self.axis[self.mastery_level].volume

    def is_within(self, dose: Dose, most: Dose) -> bool:
        """Return whether a dose is no more than another one.

        It is larger on no axis than the other one, or than a dose that is named before the other
        one: one hold of 15 s comes before two holds of 10 s.

        Args:
            dose: the dose.
            most: the dose that it must not exceed.

        """
        if most.reaches(dose):
            return True
        if most not in self.axis:
            return False
        return any(named.reaches(dose) for named in self.axis[: self.axis.index(most)])


@frozen(kw_only=True)
class Ladder:
    """A sequence of rungs from the easiest to the hardest.

    Attributes:
        id: the id of the ladder.
        title: the title for display.
        rungs: the rungs in ascending difficulty.
        per_side: True if each side has its own position on the ladder.
        extends: the id of a ladder on top of which the rungs stand, as its further rungs; None for
            a ladder of its own.
        replaces: ids of ladders whose place it takes, so that it can hold their exercises.
        policy: constants of progression that this ladder has in place of the general ones.
        policy_evidence: ids of rows of evidence for these constants.

    """

    id: str = field(validator=identifier())
    title: str = field(validator=title())
    rungs: tuple[Rung, ...]
    per_side: bool = True
    extends: str | None = field(default=None, validator=optional(identifier()))
    replaces: tuple[str, ...] = field(default=(), validator=each(identifier()))
    policy: Constants = ()
    policy_evidence: tuple[str, ...] = field(default=(), validator=each(identifier()))

    def __attrs_post_init__(self) -> None:
        """Reject an empty ladder, a repeated exercise, or a rung without the harder dimension."""
        faults = [
            Fault(
                f"rung `{rung.exercise}` does not say what gets harder",
                where=f".rungs[{index}].harder",
                remedy="name one dimension on every rung but the lowest",
            )
            for index, rung in enumerate(self.rungs)
            if (rung.harder is None) != (index == 0 and self.extends is None)
        ]
        ids = [rung.exercise for rung in self.rungs]
        if len(set(ids)) < len(ids):
            faults.append(Fault("an exercise stands on two rungs", where=".rungs"))
        if not self.rungs:
            faults.append(Fault("a ladder without rungs", where=".rungs"))
        if self.extends is not None and (self.replaces or self.policy):
            what = "further rungs of a ladder that replace another, or have constants of their own"
            faults.append(Fault(what, ".extends", "write a ladder of its own"))
        if self.policy and not self.policy_evidence:
            remedy = "name the rows that its constants rest on"
            faults.append(Fault("constants without evidence", ".policy_evidence", remedy))
        if faults:
            raise InvalidInput(*faults)

    def sides(self, side: Side = Side.BOTH) -> tuple[Side, ...]:
        """Return the sides within `side` that have their own position on the ladder.

        Returns:
            The single sides of `side`; `both` alone if the ladder is not per side.

        """
        return side.each if self.per_side else (Side.BOTH,)

    def index(self, exercise: str) -> int | None:
        """Return the index of an exercise's rung, from 0; None if it is not on this ladder."""
        return next(
            (index for index, rung in enumerate(self.rungs) if rung.exercise == exercise), None
        )
