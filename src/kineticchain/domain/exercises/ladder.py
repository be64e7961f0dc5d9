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
"""The name of a constant of progression. A document stores such constants as a table."""

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
        evidence: the id of the row of evidence that supports the protocol.
        days: the least number of days at each named dose of the rung.

    """

    evidence: str = field(validator=identifier())
    days: tuple[int, ...] = field(validator=each(whole(1, 365, "days")))


@frozen(kw_only=True)
class FirstDose:
    """A named dose at which a person without history starts if a condition holds.

    Attributes:
        dose: one of the named doses of the rung.
        when: the condition, such as that a measure shows more than the least ability.

    """

    dose: Dose
    when: Condition


_MOST_TO_MASTER = {"sets": 20, "reps": 200, "hold_s": 600}
"""The largest amounts of `Rung.mastery`, where they are lower than the limits of any dose."""


@frozen(kw_only=True)
class Rung:
    """An exercise on a ladder.

    The conditions `needs` and `start` read the facts of one side. Both may read the fact
    ``mastered``, to which the session log adds exercises.

    Attributes:
        exercise: the id of the exercise.
        axis: the named doses from the first to the top dose.
        harder: the one dimension that is harder than on the rung below; None on the lowest rung.
        mastery: the dose that masters the rung, done without a touch of a hand or foot. If None,
            the top dose is the mastery, except on the highest rung, which then has none. A mastery
            has at most 20 sets, 200 repetitions and holds of 600 s. For stances, a longer best hold
            of the log counts instead of the performed hold.
        needs: the entry condition of the rung; None if it is always open.
        start: the condition that places a person without history on the rung.
        first_doses: named doses with conditions. A person without history starts at the largest
            dose whose condition holds, or else at the first named dose.
        protocol: the published sequence that the doses follow; None if there is none.

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
        """Reject an invalid rung.

        A rung needs a dose. The mastery must be within its limits, each first dose must be a named
        dose, and a protocol must state a number of days for each named dose.
        """
        if not self.axis:
            raise InvalidInput(Fault("no dose", where=".axis"))
        for name, most in _MOST_TO_MASTER.items():
            amount = getattr(self.mastery, name, None)
            if amount is not None and amount > most:
                raise InvalidInput(
                    Fault(f"{amount} is too much", f".mastery.{name}", f"give at most {most}")
                )
        for index, first_dose in enumerate(self.first_doses):
            if first_dose.dose not in self.axis:
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
        """The conditions that open the rung or place a person on it, each with its field path."""
        of_rung = [("needs", self.needs), ("start", self.start)]
        of_doses = [
            (f"first_doses[{index}].when", first_dose.when)
            for index, first_dose in enumerate(self.first_doses)
        ]
        return tuple(
            (path, condition) for path, condition in (*of_rung, *of_doses) if condition is not None
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
        """Return whether `dose` does not exceed `most`.

        This is the case if `dose` is on no axis larger than `most`, or on no axis larger than a
        named dose that precedes `most`: one hold of 15 s precedes two holds of 10 s.

        Args:
            dose: the dose to test.
            most: the largest allowed dose.

        """
        if most.reaches(dose):
            return True
        if most not in self.axis:
            return False
        return any(earlier.reaches(dose) for earlier in self.axis[: self.axis.index(most)])


@frozen(kw_only=True)
class Ladder:
    """A sequence of rungs from the easiest to the hardest.

    Attributes:
        id: the id of the ladder.
        title: the title for display.
        rungs: the rungs in ascending difficulty.
        per_side: True if each side has its own position on the ladder.
        extends: the id of the ladder to whose top these rungs are added; None for an independent
            ladder.
        replaces: ids of the ladders that this ladder replaces. It has a rung for each of their
            exercises.
        policy: constants of progression that replace the general ones on this ladder.
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
        """Reject an invalid ladder.

        A ladder needs rungs and contains an exercise at most once. Every rung states `harder`,
        except the lowest rung of a ladder that extends none. A ladder that extends another has
        neither `replaces` nor `policy`, and a policy needs evidence.
        """
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
