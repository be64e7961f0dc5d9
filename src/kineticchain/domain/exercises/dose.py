"""Doses of exercises and the ranges that sources support."""

from collections.abc import Callable, Iterator
from functools import cached_property
from operator import attrgetter
from typing import Any, ClassVar

from attrs import evolve, field, frozen

from kineticchain.domain.validators import Whole, each, optional, whole
from kineticchain.errors import Fault, InvalidInput


@frozen
class DoseAxis:
    """One kind of amount in a dose, such as repetitions per set.

    Attributes:
        name: the field of `Dose` and `DoseRange` that contains the amount.
        high: the largest valid amount; the smallest is 1.
        suffix: the unit in a dose written as one word, such as ``4x15s``.
        label: the unit in the text of a range, such as ``10–20 s hold``.
        is_resistance: True if the amount is a resistance, which is not part of the volume.
        label_is: the number of stored units in one unit of `label`, such as 1,000 g in 1 kg.

    """

    name: str
    high: int
    suffix: str = ""
    label: str = ""
    is_resistance: bool = False
    label_is: int = 1

    def range_text(self, span: "Span") -> str:
        """Return a range with its unit, such as ``2–4 kg``."""
        ends = dict.fromkeys(f"{end / self.label_is:g}" for end in (span.low, span.high))
        return "–".join(ends) + self.label

    @property
    def amount(self) -> Whole:
        """The validator of an amount."""
        return whole(1, self.high, "seconds" if self.name.endswith("_s") else "")


AXES = (
    DoseAxis("sets", 50),
    DoseAxis("reps", 1000),
    DoseAxis("hold_s", 7200, "s", " s hold"),
    DoseAxis("duration_s", 7200, "s", " s"),
    DoseAxis("steps", 10_000, "steps", " steps"),
    DoseAxis("weight_g", 500_000, "g", " kg", is_resistance=True, label_is=1000),
    DoseAxis("band", 8, "band", " band strength", is_resistance=True),
)
"""The axes of a dose.

The first axis is the number of sets. The amounts of one set follow in order of precedence: the
first amount of a set that a dose has measures its volume. Resistances come last, because they are
not part of the volume.
"""

_AMOUNTS_OF_A_SET: Callable[[object], tuple[int | None, ...]] = attrgetter(
    *(axis.name for axis in AXES[1:])
)
_WEEK = 7
_WITHIN_SET = tuple(axis.name for axis in AXES[1:] if not axis.is_resistance)
_GRAMS = 500
"""The step in grams to which a reduced weight is rounded down."""

_RESISTANCES = tuple(axis.name for axis in AXES if axis.is_resistance)
_AXIS = {axis.name: axis for axis in AXES}


def _amount(name: str) -> Any:  # noqa: ANN401 - the type that attrs gives to a field
    """Return the field of an amount that a dose can lack."""
    return field(default=None, validator=optional(_AXIS[name].amount))


@frozen
class Span:
    """A range of whole numbers from `low` to `high`, both included."""

    low: int = field(validator=whole(0, 1_000_000))
    high: int = field(validator=whole(0, 1_000_000))

    def __attrs_post_init__(self) -> None:
        """Reject an empty range."""
        if self.low > self.high:
            raise InvalidInput(Fault(f"from {self.low} down to {self.high} is no span"))

    def __contains__(self, value: int) -> bool:
        """Return whether `value` lies within the range."""
        return self.low <= value <= self.high

    def __str__(self) -> str:
        """Return the range as text, such as ``2–4``, or ``3`` for a single number."""
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
        weight_g: the weight that is lifted or carried, in grams; for two weights, that of each.
        band: the strength of a band, from 1, the lightest of the person's bands (1–8).
        variations: the number of forms in which each set is done, such as two directions or three
            foot positions.
        AXES: the names of the axes in the constant `AXES`. The range of an exercise allows a span
            of amounts on each axis, but only one value of `variations`.

    """

    sets: int = field(default=1, validator=_AXIS["sets"].amount)
    reps: int | None = _amount("reps")
    hold_s: int | None = _amount("hold_s")
    duration_s: int | None = _amount("duration_s")
    steps: int | None = _amount("steps")
    weight_g: int | None = _amount("weight_g")
    band: int | None = _amount("band")
    variations: int = field(default=1, validator=whole(1, 10))

    AXES: ClassVar[tuple[str, ...]] = tuple(axis.name for axis in AXES)

    def __attrs_post_init__(self) -> None:
        """Reject a dose that does not say what one set contains."""
        if not any(getattr(self, name) for name in _WITHIN_SET):
            remedy = "give " + ", ".join(_WITHIN_SET[:-1]) + f" or {_WITHIN_SET[-1]}"
            raise InvalidInput(Fault("a dose of nothing", remedy=remedy))

    @cached_property
    def volume(self) -> int:
        """The volume of one session: sets × variations × the amount of a set on `main_axis`.

        The volume does not include the resistance.
        """
        amount: int = getattr(self, self.main_axis)
        return self.sets * amount * self.variations

    @property
    def resistance(self) -> tuple[int, ...]:
        """The amount on each axis of resistance (weight, band); 0 where the dose has none."""
        return tuple(getattr(self, name) or 0 for name in _RESISTANCES)

    @property
    def size(self) -> tuple[tuple[int, ...], int]:
        """The resistance and the volume, in this order: the sort key for doses of an exercise."""
        return self.resistance, self.volume

    @property
    def main_axis(self) -> str:
        """The name of the axis that measures the volume: the first amount of a set in the dose."""
        return next(name for name in _WITHIN_SET if getattr(self, name))

    def with_resistance_of(self, other: "Dose") -> "Dose":
        """Return the dose with its missing resistances filled from `other`."""
        missing = {
            name: getattr(other, name)
            for name in _RESISTANCES
            if getattr(self, name) is None and getattr(other, name) is not None
        }
        return evolve(self, **missing) if missing else self

    def lighter(self, percent: int, least: "Dose | None" = None) -> "Dose":
        """Return the dose with its weight reduced to a percentage and its band one step lighter.

        The weight is rounded down to a multiple of 500 g. Neither weight nor band is reduced below
        its amount in `least`, or below 1.

        Args:
            percent: the share of the weight in per cent; 100 and more return the dose unchanged.
            least: the dose with the smallest allowed resistance; None for no such limit.

        """
        if percent >= 100 or not any(self.resistance):  # noqa: PLR2004 - the full dose
            return self
        lighter = {
            "weight_g": (self.weight_g or 0) * percent // 100 // _GRAMS * _GRAMS,
            "band": (self.band or 0) - 1,
        }
        reduced = {
            name: max(lighter[name], min(amount, getattr(least, name, None) or 1))
            for name, amount in self.amounts()
            if name in lighter
        }
        return evolve(self, **reduced)

    def scaled(self, percent: int) -> "Dose":
        """Return the dose reduced to at most a percentage of its volume.

        The amount of each set is reduced before the number of sets. Both stay at least 1, even if
        the percentage is then exceeded. The resistance is reduced as in `lighter`.

        Args:
            percent: the target volume in per cent; 100 and more return the dose unchanged.

        """
        if percent >= 100:  # noqa: PLR2004 - the full dose
            return self
        wanted, axis = self.volume * percent // 100, self.main_axis
        amount: int = getattr(self, axis)
        lighter = self.lighter(percent)
        for sets in range(self.sets, 0, -1):
            per_set = min(amount, wanted // (sets * self.variations))
            if per_set:
                return evolve(lighter, sets=sets, **{axis: per_set})
        return evolve(lighter, sets=1, **{axis: 1})

    def lesser(self, other: "Dose") -> "Dose":
        """Return the dose with the smaller amount on each axis that both doses have."""
        return self if self == other else self._combined(other, min)

    def greater(self, other: "Dose") -> "Dose":
        """Return the dose with the larger amount on each axis that both doses have."""
        return self._combined(other, max)

    def _combined(self, other: "Dose", choose: Callable[[int, int], int]) -> "Dose":
        bounds = dict(other.amounts())
        return evolve(
            self,
            **{axis: choose(amount, bounds.get(axis, amount)) for axis, amount in self.amounts()},
        )

    def reaches(self, other: "Dose") -> bool:
        """Return whether this dose is at least as large as `other` on every axis.

        The variations are compared like an axis: a set in one of two directions is half of the
        dose.
        """
        return self.sets >= other.sets and self.reaches_in_a_set(other)

    def reaches_in_a_set(self, other: "Dose") -> bool:
        """Return whether one set of this dose is at least as large as a set of `other`."""
        if self.variations < other.variations:
            return False
        for amount, least in zip(_AMOUNTS_OF_A_SET(self), _AMOUNTS_OF_A_SET(other), strict=True):
            if least is not None and (amount or 0) < least:
                return False
        return True

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
        weight_g: the weight in grams.
        band: the strength of a band, from 1, the lightest.
        variations: the number of forms in which each set is done.
        tempo_s: the seconds of one repetition: moving up, holding, and moving down.
        rest_s: the rest between sets in seconds, as a source states it; None if no source does.
        days_a_week: training days per week.
        times_a_day: sessions per training day.
        days_between: rest days between training days; 0 allows daily training.

    """

    sets: Span = Span(1, 1)
    reps: Span | None = None
    hold_s: Span | None = None
    duration_s: Span | None = None
    steps: Span | None = None
    weight_g: Span | None = None
    band: Span | None = None
    variations: int = field(default=1, validator=whole(1, 10))
    tempo_s: tuple[int, int, int] | None = field(
        default=None, validator=optional(each(whole(0, 60, "seconds")))
    )
    rest_s: int | None = field(default=None, validator=optional(whole(0, 600, "seconds")))
    days_a_week: Span = Span(3, 7)
    times_a_day: Span = Span(1, 1)
    days_between: int = field(default=0, validator=whole(0, 6, "days"))

    def __attrs_post_init__(self) -> None:
        """Reject amounts and frequencies out of range, and rest days that do not fit a week."""
        if self.tempo_s is not None and not any(self.tempo_s):
            raise InvalidInput(Fault("a repetition without a second", ".tempo_s", "give its time"))
        spans = [(axis.name, getattr(self, axis.name), axis.high) for axis in AXES]
        spans += [("days_a_week", self.days_a_week, _WEEK), ("times_a_day", self.times_a_day, 24)]
        faults = [
            Fault(f"{span} is not within 1 to {high:,}", f".{name}")
            for name, span, high in spans
            if span is not None and not 1 <= span.low <= span.high <= high
        ]
        # the first training day, and each further one with the rest days before it, must fit a week
        if (self.days_a_week.low - 1) * (1 + self.days_between) >= _WEEK:
            what = f"{self.days_a_week.low} days a week leave no {self.days_between} days between"
            faults.append(Fault(what, ".days_between", "allow fewer days a week, or less rest"))
        elif (self.days_a_week.high - 1) * (1 + self.days_between) >= _WEEK:
            what = f"{self.days_a_week.high} days a week leave no {self.days_between} days between"
            faults.append(Fault(what, ".days_a_week", "lower the most days, or the rest"))
        if faults:
            raise InvalidInput(*faults)

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
        """Return the largest dose of this range with at most `percent` of the volume of `dose`.

        No amount is larger than in `dose`. Of doses with equal volumes, the one with fewer sets is
        returned. If even the smallest dose
        of the range has a larger volume, that smallest dose is returned. The resistance is reduced
        as in `Dose.lighter`, but not below the smallest resistance of the range.

        Args:
            dose: the full dose.
            percent: the largest volume in per cent of `dose`; 100 and more return `dose` unchanged.

        """
        if percent >= 100:  # noqa: PLR2004 - the full dose
            return dose
        wanted = dose.volume * percent // 100
        axis = dose.main_axis
        span: Span = getattr(self, axis) or Span(1, _AXIS[axis].high)
        most: int = getattr(dose, axis)
        best_sets, best = min(dose.sets, self.sets.low), min(span.low, most)
        least = best
        # for each number of sets, take the largest amount per set that the volume allows; a later
        # candidate with more sets replaces an earlier one only if its volume is larger
        for sets in range(best_sets, dose.sets + 1):
            amount = min(wanted // (sets * dose.variations), most)
            if amount >= least and sets * amount > best_sets * best:
                best_sets, best = sets, amount
        return evolve(dose.lighter(percent, self.start), sets=best_sets, **{axis: best})

    def exceeds(self, other: "DoseRange") -> bool:
        """Return whether this range ends higher than `other` on an axis that both ranges have."""
        pairs = [(getattr(self, axis), getattr(other, axis)) for axis in Dose.AXES]
        return any(span and limit and span.high > limit.high for span, limit in pairs)

    def __str__(self) -> str:
        """Return the range as text with units, such as ``2–3 × 10–20 s hold``."""
        spans = [(axis, getattr(self, axis.name)) for axis in AXES[1:]]
        texts = [axis.range_text(span) for axis, span in spans if span is not None]
        sets = f"{self.sets} × " if self.sets.high > 1 else ""
        ways = f", {self.variations} ways" if self.variations > 1 else ""
        return sets + " × ".join(texts) + ways

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
