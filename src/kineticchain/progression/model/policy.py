"""The constants of progression."""

from itertools import pairwise
from typing import TypeVar

import attrs
from attrs import field, frozen

from kineticchain.domain.validators import Validator, each, whole
from kineticchain.errors import Fault, InvalidInput

T = TypeVar("T")


_SHARES = each(whole(1, 100, "per cent"))


def _constant(default: T, check: Validator, *rows: str) -> T:
    """A constant with its default and the rows of evidence that it follows."""
    made: T = field(default=default, validator=check, metadata={"evidence": rows})
    return made


@frozen(kw_only=True)
class Policy:
    """When a dose or a rung changes: the numbers that the transition table speaks of by name.

    All of it may be replaced by an app. The defaults are the design constants of sections C2
    and C3 of the fact base: a synthesis of its rows, not facts of their own.
    """

    sessions_before_step: int = _constant(3, whole(1, 50), "C01", "C09")
    """Training days at a dose before it grows, and on a rung before the next one."""

    days_before_step: int = _constant(7, whole(0, 365, "days"), "C01", "C28")
    days_before_step_loaded: int = _constant(14, whole(0, 365, "days"), "B18", "C11", "C28")
    """For strength work of L3 and up, and all work of L4 and up."""

    good_sessions_in_a_row: int = _constant(2, whole(1, 20), "C09")
    """Training days that must be calm, and reach the dose, one after another (2-for-2)."""

    pain_safe: int = _constant(2, whole(0, 10), "C01", "C02")
    """Pain during up to this allows a step up; above it the dose is held."""

    pain_ceiling: int = _constant(5, whole(0, 10), "C01", "C02", "C07")
    """Pain during above this steps down. Rules may lower it."""

    pain_stop: int = _constant(7, whole(0, 10), "C01")
    """Pain during above this stops: a professional should look at it."""

    effort_safe: int = _constant(6, whole(0, 10), "C17", "C18")
    """Effort up to this allows a step up."""

    effort_deload: int = _constant(9, whole(1, 10), "C40")
    """Effort from here on, on days in a row, calls for an easy week."""

    hard_days_before_deload: int = _constant(2, whole(1, 10), "C40")
    deload: tuple[int, ...] = _constant((50,), _SHARES, "C40")
    """Shares of the dose, in per cent, for the weeks of a deload."""

    bad_mornings_before_regress: int = _constant(2, whole(1, 10), "C03", "C04")
    touched_days_before_regress: int = _constant(2, whole(1, 10), "C20")
    days_before_stop: int = _constant(3, whole(1, 10), "C01", "C03")
    """Days in a row above the ceiling, or with worse mornings, where nothing is easier."""

    stop_days: int = _constant(28, whole(1, 365, "days"), "C01", "C36")
    """After so many days without a professional's statement it is asked whether a stop is over."""

    reduced_share: int = _constant(75, whole(1, 99, "per cent"), "C03", "C38")

    flares_before_cap: int = _constant(2, whole(1, 1000), "C03")
    """So many flares at a dose or below cap it for `flare_cap_days` after the last one."""

    flare_cap_days: int = _constant(42, whole(1, 365, "days"), "C03", "C29")
    flares_before_lasting_cap: int = _constant(3, whole(1, 1000), "C03")
    """So many cap it until somebody has looked at it, or a new start."""

    latest_morning_days: int = _constant(2, whole(1, 30, "days"), "C03")
    """A better or equal morning speaks of the training day up to so many days later."""

    ask_morning_after_days: int = _constant(2, whole(1, 30, "days"), "C03")
    """So many days after a session whose next morning is not known, it is asked for."""

    short_gap_days: int = _constant(7, whole(1, 365, "days"), "C38")
    long_gap_days: int = _constant(14, whole(1, 365, "days"), "C36", "C37", "C39")
    restart_gap_days: int = _constant(28, whole(1, 365, "days"), "C33", "C34", "C35")
    after_short_gap: tuple[int, ...] = _constant((80,), _SHARES, "C38", "C39")
    after_long_gap: tuple[int, ...] = _constant((50, 70, 80), _SHARES, "C36", "C37")
    """Shares of the dose, in per cent, for the weeks after a break."""

    after_restart: tuple[int, ...] = _constant((50,), _SHARES, "C36", "C37")

    least_attendance: int = _constant(50, whole(0, 100, "per cent"), "C42")
    """Below this share of the planned sessions nothing grows."""

    weekly_step: int = _constant(20, whole(0, 100, "per cent"), "C26", "C27")
    """By so much a week's volume may grow where a day is added."""

    maintenance_after_days: int = _constant(84, whole(0, 3650, "days"), "C30", "C31")
    """Days from mastering the hardest rung that is open to maintenance."""

    maintenance_days_a_week: int = _constant(2, whole(1, 7, "days"), "B66", "C30", "C31", "C32")
    maintenance_sets: int = _constant(2, whole(1, 20), "C30", "C31")

    def __attrs_post_init__(self) -> None:
        """Check what must ascend."""
        for names in (
            ("pain_safe", "pain_ceiling", "pain_stop"),
            ("short_gap_days", "long_gap_days", "restart_gap_days"),
            ("flares_before_cap", "flares_before_lasting_cap"),
        ):
            for lower, higher in pairwise(names):
                if getattr(self, lower) > getattr(self, higher):
                    problem = f"`{lower}` is above `{higher}`"
                    raise InvalidInput(Fault(problem, lower, f"not more than {higher}"))

    @classmethod
    def evidence(cls) -> dict[str, tuple[str, ...]]:
        """The rows of evidence that each default follows, by the constant's name."""
        return {one.name: one.metadata["evidence"] for one in attrs.fields(cls)}

    def ramp(self, name: str) -> tuple[int, ...]:
        """A constant that is a row of shares for the weeks after a step down."""
        shares = getattr(self, name, None)
        return shares if isinstance(shares, tuple) else ()

    def numbers(self) -> dict[str, int]:
        """The constants that a guard may name, with their values."""
        values = {one.name: getattr(self, one.name) for one in attrs.fields(type(self))}
        return {name: value for name, value in values.items() if isinstance(value, int)}
