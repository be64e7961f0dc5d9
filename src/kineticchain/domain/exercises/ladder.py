"""Exercises in order of difficulty."""

from enum import StrEnum

from attrs import field, frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises.dose import Dose
from kineticchain.domain.facts import Condition
from kineticchain.domain.facts.condition import Contains, walk
from kineticchain.domain.validators import each, identifier, optional, text, whole
from kineticchain.errors import Fault, InvalidInput


class Dimension(StrEnum):
    """What gets harder from one rung to the next."""

    HAND_SUPPORT = "hand_support"
    BASE_OF_SUPPORT = "base_of_support"
    SURFACE = "surface"
    VISION = "vision"
    TASK = "task"
    LOAD = "load"


@frozen(kw_only=True)
class Mastery:
    """When a rung is mastered: so many sets of so much, without a touch.

    For stances, best holds that were logged count towards the sets.
    """

    sets: int = field(default=1, validator=whole(1, 20))
    reps: int | None = field(default=None, validator=optional(whole(1, 200)))
    hold_s: int | None = field(default=None, validator=optional(whole(1, 600, "seconds")))
    duration_s: int | None = field(default=None, validator=optional(whole(1, 7200, "seconds")))
    steps: int | None = field(default=None, validator=optional(whole(1, 10_000)))

    @property
    def dose(self) -> Dose:
        """One set of it as a dose; so many of them show the mastery."""
        return Dose(
            reps=self.reps, hold_s=self.hold_s, duration_s=self.duration_s, steps=self.steps
        )


@frozen(kw_only=True)
class Protocol:
    """A published sequence of doses that counts as one step each, whatever it changes at once.

    `days` says for each named dose of the rung how many days it lasts at least.
    """

    evidence: str = field(validator=identifier())
    days: tuple[int, ...] = field(validator=each(whole(1, 365, "days")))


@frozen(kw_only=True)
class Rung:
    """An exercise on a ladder.

    `axis` orders its named doses from the first to the top one. `harder` is the one
    dimension that is harder than on the rung below (None on the lowest). `needs` is a
    condition on facts of one side that must hold before the rung is entered; `start` is one
    that places a person here who has no history. Both read ``mastered``, to which the log
    adds. `protocol` says that its doses are a published sequence.
    """

    exercise: str = field(validator=identifier())
    axis: tuple[Dose, ...]
    harder: Dimension | None = None
    mastery: Mastery | None = None
    needs: Condition | None = None
    start: Condition | None = None
    protocol: Protocol | None = None

    def __attrs_post_init__(self) -> None:
        """Ask for a dose, and for the days of each where a protocol names them."""
        if not self.axis:
            raise InvalidInput(Fault("no dose", where=".axis"))
        if self.protocol is not None and len(self.protocol.days) != len(self.axis):
            remedy = f"give {len(self.axis)} numbers of days, one for each dose"
            raise InvalidInput(
                Fault("not a number of days for each dose", ".protocol.days", remedy)
            )

    @property
    def asks_for(self) -> tuple[str, ...]:
        """The exercises of which a mastery, or one of several, is asked for before it opens."""
        parts = () if self.needs is None else walk(self.needs)
        return tuple(
            str(part.member)
            for part in parts
            if isinstance(part, Contains) and part.name.id == "mastered"
        )

    @property
    def mastery_level(self) -> int:
        """The index of the first named dose that reaches the mastery; the top one without it."""
        if self.mastery is not None:
            for at, dose in enumerate(self.axis):
                if dose.sets >= self.mastery.sets and dose.reaches(self.mastery.dose):
                    return at
        return len(self.axis) - 1


@frozen(kw_only=True)
class Ladder:
    """Rungs from the easiest to the hardest; sides climb apart where it is `per_side`."""

    id: str = field(validator=identifier())
    title: str = field(validator=text())
    rungs: tuple[Rung, ...]
    per_side: bool = True

    def __attrs_post_init__(self) -> None:
        """Ask for rungs that differ, each but the lowest harder in one dimension."""
        faults = [
            Fault(
                f"rung `{rung.exercise}` does not say what gets harder",
                where=f".rungs[{at}].harder",
                remedy="name one dimension on every rung but the lowest",
            )
            for at, rung in enumerate(self.rungs)
            if (rung.harder is None) != (at == 0)
        ]
        ids = [rung.exercise for rung in self.rungs]
        if len(set(ids)) < len(ids):
            faults.append(Fault("an exercise stands on two rungs", where=".rungs"))
        if not self.rungs:
            faults.append(Fault("a ladder without rungs", where=".rungs"))
        if faults:
            raise InvalidInput(*faults)

    def sides(self, side: Side = Side.BOTH) -> tuple[Side, ...]:
        """The sides within `side` that climb it apart; `both` where they climb together."""
        return side.each if self.per_side else (Side.BOTH,)

    def index(self, exercise: str) -> int | None:
        """The rung of an exercise, counted from 0; None where it is not on this ladder."""
        return next((at for at, rung in enumerate(self.rungs) if rung.exercise == exercise), None)
