"""How much of an exercise: a range, and a point in it."""

from collections.abc import Iterator
from typing import ClassVar

from attrs import evolve, field, frozen

from kineticchain.domain.validators import optional, whole
from kineticchain.errors import Fault, InvalidInput

_SECONDS = whole(1, 7200, "seconds")
_MOST = 1000


@frozen
class Span:
    """Whole numbers from `low` to `high`, both included."""

    low: int = field(validator=whole(0, 10_000))
    high: int = field(validator=whole(0, 10_000))

    def __attrs_post_init__(self) -> None:
        """Refuse an empty span."""
        if self.low > self.high:
            raise InvalidInput(Fault(f"from {self.low} down to {self.high} is no span"))

    def __contains__(self, value: int) -> bool:
        """Whether `value` lies in the span."""
        return self.low <= value <= self.high

    def __str__(self) -> str:
        """Such as 2–4, or 3."""
        return str(self.low) if self.low == self.high else f"{self.low}–{self.high}"


@frozen(kw_only=True)
class Dose:
    """What is done in one session on one side.

    `hold_s` is the hold of each repetition, or of each set where there are no repetitions;
    `duration_s` is a time without repetitions (rolling, walking). `variations` says how
    often a set is done over (two directions, three foot positions). Where there are no
    sides, the dose is of the whole.
    """

    sets: int = field(default=1, validator=whole(1, 50))
    reps: int | None = field(default=None, validator=optional(whole(1, _MOST)))
    hold_s: int | None = field(default=None, validator=optional(_SECONDS))
    duration_s: int | None = field(default=None, validator=optional(_SECONDS))
    steps: int | None = field(default=None, validator=optional(whole(1, 10_000)))
    variations: int = field(default=1, validator=whole(1, 10))

    AXES: ClassVar[tuple[str, ...]] = ("sets", "reps", "hold_s", "duration_s", "steps")

    def __attrs_post_init__(self) -> None:
        """Ask for something to do."""
        if not any((self.reps, self.hold_s, self.duration_s, self.steps)):
            raise InvalidInput(
                Fault("a dose of nothing", remedy="give reps, hold_s, duration_s or steps")
            )

    @property
    def volume(self) -> int:
        """A measure of the work in one session: repetitions, else seconds, else steps."""
        amount = self.reps or self.hold_s or self.duration_s or self.steps or 0
        return self.sets * amount * self.variations

    def scaled(self, percent: int) -> "Dose":
        """About `percent` of this dose: fewer sets first, then less of each; never nothing."""
        if percent >= 100:  # noqa: PLR2004 - all of it
            return self
        wanted = self.volume * percent // 100
        sets = max(1, min(self.sets, wanted * self.sets // max(1, self.volume)))
        fewer = evolve(self, sets=sets)
        if fewer.volume <= wanted:
            return fewer
        axis = next(
            name for name in ("reps", "hold_s", "duration_s", "steps") if getattr(self, name)
        )
        amount: int = getattr(self, axis)
        return evolve(fewer, **{axis: max(1, wanted * amount // fewer.volume)})

    def lesser(self, other: "Dose") -> "Dose":
        """The lesser of two doses of one exercise in every respect."""
        if self == other:
            return self
        theirs = dict(other.amounts())
        return evolve(
            self, **{axis: min(mine, theirs.get(axis, mine)) for axis, mine in self.amounts()}
        )

    def reaches(self, other: "Dose") -> bool:
        """Whether at least as much was done as `other` asks for, in every respect."""
        return (
            self.sets >= other.sets
            and (self.reps or 0) >= (other.reps or 0)
            and (self.hold_s or 0) >= (other.hold_s or 0)
            and (self.duration_s or 0) >= (other.duration_s or 0)
            and (self.steps or 0) >= (other.steps or 0)
        )

    def amounts(self) -> Iterator[tuple[str, int]]:
        """The axes that this dose has, with their values."""
        for axis in self.AXES:
            value = getattr(self, axis)
            if value is not None:
                yield axis, value


@frozen(kw_only=True)
class DoseRange:
    """The doses that sources support for an exercise.

    `tempo_s` is seconds up, held and down for one repetition. `rest_s` is the rest between
    sets that a source states. `days_a_week`, `times_a_day` and `days_between` (0: daily is
    allowed; 1: a day of rest in between) say how often.
    """

    sets: Span = Span(1, 1)
    reps: Span | None = None
    hold_s: Span | None = None
    duration_s: Span | None = None
    steps: Span | None = None
    variations: int = field(default=1, validator=whole(1, 10))
    tempo_s: tuple[int, int, int] | None = None
    rest_s: int | None = field(default=None, validator=optional(whole(0, 600, "seconds")))
    days_a_week: Span = Span(3, 7)
    times_a_day: Span = Span(1, 1)
    days_between: int = field(default=0, validator=whole(0, 6, "days"))

    def faults_of(self, dose: Dose) -> list[Fault]:
        """In which respects `dose` lies outside this range."""
        faults = []
        for axis in Dose.AXES:
            span: Span | None = getattr(self, axis)
            value: int | None = getattr(dose, axis)
            if (span is None) != (value is None):
                faults.append(
                    Fault(f"`{axis}` is {'missing' if value is None else 'not part of it'}")
                )
            elif span is not None and value is not None and value not in span:
                faults.append(Fault(f"`{axis}` is {value}, outside {span}"))
        if dose.variations != self.variations:
            faults.append(Fault(f"`variations` is {dose.variations}, not {self.variations}"))
        return faults

    def share_of(self, dose: Dose, percent: int) -> Dose:
        """The most of `dose` that is `percent` of it at most, and lies within this range.

        The least that the range allows, where that is more. Of equal volumes the one with
        fewer sets.
        """
        if percent >= 100:  # noqa: PLR2004 - all of it
            return dose
        wanted = dose.volume * percent // 100
        axis = next(name for name in Dose.AXES[1:] if getattr(dose, name))
        span: Span = getattr(self, axis) or Span(1, _MOST)
        least = evolve(
            dose, sets=min(dose.sets, self.sets.low), **{axis: min(span.low, getattr(dose, axis))}
        )
        best = least
        for sets in range(least.sets, dose.sets + 1):
            each = wanted // (sets * dose.variations)
            amount = min(each, getattr(dose, axis))
            if amount >= getattr(least, axis):
                share = evolve(dose, sets=sets, **{axis: amount})
                best = share if share.volume > best.volume else best
        return best

    def exceeds(self, other: "DoseRange") -> bool:
        """Whether its upper end lies above the other's, in any respect that both state."""
        pairs = [(getattr(self, axis), getattr(other, axis)) for axis in Dose.AXES]
        return any(mine and theirs and mine.high > theirs.high for mine, theirs in pairs)

    def __str__(self) -> str:
        """Such as ``2–3 × 10–20``, with the unit of what is counted."""
        amounts = {
            "": self.reps,
            " s hold": self.hold_s,
            " s": self.duration_s,
            " steps": self.steps,
        }
        named = [f"{span}{unit}" for unit, span in amounts.items() if span is not None]
        sets = f"{self.sets} × " if self.sets.high > 1 else ""
        ways = f", {self.variations} ways" if self.variations > 1 else ""
        return sets + " × ".join(named) + ways

    def _end(self, *, top: bool) -> Dose:
        spans = {axis: getattr(self, axis) for axis in Dose.AXES}
        amounts = {
            axis: span.high if top else span.low for axis, span in spans.items() if span is not None
        }
        return Dose(**amounts, variations=self.variations)

    @property
    def start(self) -> Dose:
        """The least dose of the range."""
        return self._end(top=False)

    @property
    def top(self) -> Dose:
        """The most of the range."""
        return self._end(top=True)
