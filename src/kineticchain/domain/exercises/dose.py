"""Doses of exercises and the ranges that sources support."""

from collections.abc import Iterator
from typing import ClassVar

from attrs import evolve, field, frozen

from kineticchain.domain.validators import optional, whole
from kineticchain.errors import Fault, InvalidInput

_SECONDS = whole(1, 7200, "seconds")
_MOST = 1000


@frozen
class Span:
    """A range of whole numbers from `low` to `high`, both included."""

    low: int = field(validator=whole(0, 10_000))
    high: int = field(validator=whole(0, 10_000))

    def __attrs_post_init__(self) -> None:
        """Reject an empty range."""
        if self.low > self.high:
            raise InvalidInput(Fault(f"from {self.low} down to {self.high} is no span"))

    def __contains__(self, value: int) -> bool:
        """Return whether `value` lies within the range."""
        return self.low <= value <= self.high

    def __str__(self) -> str:
        """Return the range as text, such as ``2–4``, or ``3`` if it holds one number."""
        return str(self.low) if self.low == self.high else f"{self.low}–{self.high}"


@frozen(kw_only=True, cache_hash=True)
class Dose:
    """The amount of an exercise in one session, on one side if the exercise has sides.

    Attributes:
        sets: the number of sets.
        reps: repetitions per set.
        hold_s: the hold in seconds of each repetition, or of each set without repetitions.
        duration_s: the time in seconds of each set without repetitions, such as of rolling.
        steps: steps per set.
        variations: how often each set is repeated in another form, such as in two directions or
            three foot positions.
        AXES: the names of the amounts that can differ between doses of one exercise.

    """

    sets: int = field(default=1, validator=whole(1, 50))
    reps: int | None = field(default=None, validator=optional(whole(1, _MOST)))
    hold_s: int | None = field(default=None, validator=optional(_SECONDS))
    duration_s: int | None = field(default=None, validator=optional(_SECONDS))
    steps: int | None = field(default=None, validator=optional(whole(1, 10_000)))
    variations: int = field(default=1, validator=whole(1, 10))

    AXES: ClassVar[tuple[str, ...]] = ("sets", "reps", "hold_s", "duration_s", "steps")

    def __attrs_post_init__(self) -> None:
        """Reject a dose without repetitions, hold, duration or steps."""
        if not any((self.reps, self.hold_s, self.duration_s, self.steps)):
            raise InvalidInput(
                Fault("a dose of nothing", remedy="give reps, hold_s, duration_s or steps")
            )

    @property
    def volume(self) -> int:
        """The work of one session: total repetitions, else seconds, else steps."""
        amount = self.reps or self.hold_s or self.duration_s or self.steps or 0
        return self.sets * amount * self.variations

    def scaled(self, percent: int) -> "Dose":
        """Return the dose reduced to about a percentage of its volume.

        The number of sets is reduced first, then the amount of each set. Both stay at least 1.

        Args:
            percent: the target volume in per cent of this dose; 100 and more return it unchanged.

        """
        if percent >= 100:  # noqa: PLR2004 - the full dose
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
        """Return the dose with the smaller amount on each axis that both doses have."""
        if self == other:
            return self
        limits = dict(other.amounts())
        return evolve(
            self, **{axis: min(amount, limits.get(axis, amount)) for axis, amount in self.amounts()}
        )

    def reaches(self, other: "Dose") -> bool:
        """Return whether this dose is at least as large as `other` on every axis."""
        return (
            self.sets >= other.sets
            and (self.reps or 0) >= (other.reps or 0)
            and (self.hold_s or 0) >= (other.hold_s or 0)
            and (self.duration_s or 0) >= (other.duration_s or 0)
            and (self.steps or 0) >= (other.steps or 0)
        )

    def amounts(self) -> Iterator[tuple[str, int]]:
        """Yield the name and the value of each axis that is not None."""
        for axis in self.AXES:
            value = getattr(self, axis)
            if value is not None:
                yield axis, value


@frozen(kw_only=True)
class DoseRange:
    """The range of doses that sources support for an exercise.

    Attributes:
        sets: the number of sets.
        reps: repetitions per set.
        hold_s: seconds of each hold.
        duration_s: seconds of each set without repetitions.
        steps: steps per set.
        variations: how often each set is repeated in another form.
        tempo_s: seconds up, held and down of one repetition.
        rest_s: the rest between sets in seconds that a source states; None if no source does.
        days_a_week: training days per week.
        times_a_day: sessions per training day.
        days_between: rest days between training days; 0 allows daily training.

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
        """Return a fault for each axis on which `dose` lies outside the range."""
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
        """Return the largest part of a dose within the range that stays within a percentage of it.

        Of equal volumes the one with fewer sets is returned. If the smallest dose of the range is
        larger than the percentage, it is returned instead.

        Args:
            dose: the full dose.
            percent: the largest volume in per cent of `dose`; 100 and more return it unchanged.

        """
        if percent >= 100:  # noqa: PLR2004 - the full dose
            return dose
        wanted = dose.volume * percent // 100
        axis = next(name for name in Dose.AXES[1:] if getattr(dose, name))
        span: Span = getattr(self, axis) or Span(1, _MOST)
        least = evolve(
            dose, sets=min(dose.sets, self.sets.low), **{axis: min(span.low, getattr(dose, axis))}
        )
        best = least
        # for each number of sets, take the largest amount per set that the volume allows; a later
        # candidate with more sets replaces an earlier one only if its volume is larger
        for sets in range(least.sets, dose.sets + 1):
            each = wanted // (sets * dose.variations)
            amount = min(each, getattr(dose, axis))
            if amount >= getattr(least, axis):
                share = evolve(dose, sets=sets, **{axis: amount})
                best = share if share.volume > best.volume else best
        return best

    def exceeds(self, other: "DoseRange") -> bool:
        """Return whether the upper end lies above that of `other` on an axis that both have."""
        pairs = [(getattr(self, axis), getattr(other, axis)) for axis in Dose.AXES]
        return any(span and limit and span.high > limit.high for span, limit in pairs)

    def __str__(self) -> str:
        """Return the range as text with units, such as ``2–3 × 10–20 s hold``."""
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
        """The smallest dose of the range."""
        return self._end(top=False)

    @property
    def top(self) -> Dose:
        """The largest dose of the range."""
        return self._end(top=True)
