"""Constants of progression."""

from itertools import pairwise
from typing import Any, TypeVar

import attrs
from attrs import field, frozen

from kineticchain.domain.exercises import Constants, Ladder
from kineticchain.domain.validators import Validator, each, unknown_word_fault, whole
from kineticchain.errors import Fault, InvalidInput

T = TypeVar("T")


LIMITS = frozenset({"pain_safe", "pain_ceiling", "pain_stop", "effort_safe", "effort_deload"})
"""Constants that a ladder can only lower, whatever the policy of an app is."""

LOWERED = LIMITS | {
    "hard_days_before_deload",
    "bad_mornings_before_regress",
    "touched_days_before_regress",
    "days_before_stop",
    "reduced_share",
    "flares_before_cap",
    "flares_before_lasting_cap",
    "latest_morning_days",
    "short_gap_days",
    "long_gap_days",
    "restart_gap_days",
    "weekly_step",
}
"""Constants of which a lower value is more cautious: a ladder of a pack can only lower them."""

RAISED = frozenset({"good_sessions_in_a_row", "stop_days", "flare_cap_days", "least_attendance"})
"""Constants of which a higher value is more cautious: a ladder of a pack can only raise them."""

_SHARES = each(whole(1, 100, "per cent"))


def _constant(default: T, check: Validator, *rows: str) -> T:
    """Return a field with its default, its check and the rows of evidence that it follows."""
    constant: T = field(default=default, validator=check, metadata={"evidence": rows})
    return constant


@frozen(kw_only=True)
class Policy:
    """Constants that the transition table reads by name; an app may replace them.

    The defaults are the design constants of sections C2 and C3 of the fact base: a synthesis of
    its rows, not facts of their own.
    """

    sessions_before_step: int = _constant(3, whole(1, 50), "C01", "C09")
    """Training days at a dose before the dose grows, and on a rung before the next rung."""

    days_before_step: int = _constant(7, whole(0, 365, "days"), "C01", "C28")
    """Days at a dose before the dose grows, and on a rung before the next rung."""

    days_before_step_loaded: int = _constant(14, whole(0, 365, "days"), "B18", "C11", "C28")
    """Days before a step for strength work of L3 and up, and for all work of L4 and up."""

    good_sessions_in_a_row: int = _constant(2, whole(1, 20), "C09")
    """Consecutive training days that must be calm and reach the dose before a step (2-for-2)."""

    pain_safe: int = _constant(2, whole(0, 10), "C01", "C02")
    """Highest pain during training (0-10) that allows a step up. With more pain, a dose grows
    only after a streak of steady days and only up to the mastery dose, and no mastery is shown."""

    pain_ceiling: int = _constant(5, whole(0, 10), "C01", "C02", "C07")
    """Highest pain during training (0-10) without a step down; rules may lower this ceiling."""

    pain_stop: int = _constant(7, whole(0, 10), "C01")
    """Highest pain during training (0-10) without a stop and a referral."""

    effort_safe: int = _constant(6, whole(0, 10), "C17", "C18")
    """Highest effort (0-10) that allows a step up."""

    effort_deload: int = _constant(9, whole(1, 10), "C40")
    """Lowest effort (0-10) that leads to a deload if it occurs on consecutive training days."""

    hard_days_before_deload: int = _constant(2, whole(1, 10), "C40")
    """Consecutive training days of very great effort that lead to a deload."""

    deload: tuple[int, ...] = _constant((50,), _SHARES, "C40")
    """Shares of the dose in per cent for the weeks of a deload."""

    bad_mornings_before_regress: int = _constant(2, whole(1, 10), "C03", "C04")
    """Consecutive training days with a worse next morning that lead to an easier rung."""

    touched_days_before_regress: int = _constant(2, whole(1, 10), "C20")
    """Consecutive training days with balance lost that lead to an easier rung."""

    days_before_stop: int = _constant(3, whole(1, 10), "C01", "C03")
    """Consecutive training days, with pain above its ceiling or with a worse next morning, that
    lead to a stop if there is no easier rung."""

    stop_days: int = _constant(28, whole(1, 365, "days"), "C01", "C36")
    """Days after a stop until the person is asked whether the cause of the stop has settled."""

    reduced_share: int = _constant(75, whole(1, 99, "per cent"), "C03", "C38")
    """Share of the dose in per cent after a reduction because of symptoms."""

    flares_before_cap: int = _constant(2, whole(1, 1000), "C03")
    """Number of flares, at a dose or below it, that cap this dose for `flare_cap_days`."""

    flare_cap_days: int = _constant(42, whole(1, 365, "days"), "C03", "C29")
    """Days after the last flare for which the cap of `flares_before_cap` lasts."""

    flares_before_lasting_cap: int = _constant(3, whole(1, 1000), "C03")
    """Number of flares, at a dose or below it, that cap this dose until a professional's
    examination or a restart."""

    latest_morning_days: int = _constant(2, whole(1, 30, "days"), "C03")
    """Most days after a training day on which an equal or better morning still counts for it."""

    ask_morning_after_days: int = _constant(2, whole(1, 30, "days"), "C03")
    """Days after a session until the person is asked for a next morning that is not reported."""

    short_gap_days: int = _constant(7, whole(1, 365, "days"), "C38")
    """Days without a session that count as a short break."""

    long_gap_days: int = _constant(14, whole(1, 365, "days"), "C36", "C37", "C39")
    """Days without a session that count as a long break."""

    restart_gap_days: int = _constant(28, whole(1, 365, "days"), "C33", "C34", "C35")
    """Days without a session after which training restarts at the baseline."""

    after_short_gap: tuple[int, ...] = _constant((80,), _SHARES, "C38", "C39")
    """Shares of the dose in per cent for the weeks after a short break."""

    after_long_gap: tuple[int, ...] = _constant((50, 70, 80), _SHARES, "C36", "C37")
    """Shares of the dose in per cent for the weeks after a long break."""

    after_restart: tuple[int, ...] = _constant((50,), _SHARES, "C36", "C37")
    """Shares of the dose in per cent for the weeks after a restart."""

    least_attendance: int = _constant(50, whole(0, 100, "per cent"), "C42")
    """Lowest share of planned sessions in per cent that allows a step up."""

    weekly_step: int = _constant(20, whole(0, 100, "per cent"), "C26", "C27")
    """Highest growth of the weekly volume in per cent when a day is added."""

    maintenance_after_days: int = _constant(84, whole(0, 3650, "days"), "C30", "C31")
    """Days from mastery of the hardest open rung to maintenance."""

    maintenance_days_a_week: int = _constant(2, whole(1, 7, "days"), "B66", "C30", "C31", "C32")
    """Highest number of days a week in maintenance."""

    maintenance_sets: int = _constant(2, whole(1, 20), "C30", "C31")
    """Highest number of sets in maintenance, unless the range of the exercise begins above it."""

    def with_constants(self, constants: Constants) -> "Policy":
        """Return a copy with other constants.

        Args:
            constants: The constants by name.

        Raises:
            InvalidInput: A name is not that of a constant, a value is out of range, or limits do
                not ascend. The fault of a name suggests names that it resembles.
        """
        numbers = list(self.numbers())
        faults = [
            unknown_word_fault("a constant of progression", name, numbers)
            for name, _ in constants
            if name not in numbers
        ]
        if faults:
            raise InvalidInput(*faults)
        changes: dict[str, Any] = dict(constants)
        return attrs.evolve(self, **changes)

    def of_ladder(self, ladder: Ladder) -> "Policy":
        """Return this policy with the constants of a ladder; limits are never raised.

        Args:
            ladder: The ladder.

        Raises:
            InvalidInput: As for `with_constants`.
        """
        return self.with_constants(
            tuple(
                (name, min(value, getattr(self, name)) if name in LIMITS else value)
                for name, value in ladder.policy
            )
        )

    def __attrs_post_init__(self) -> None:
        """Check that pain limits, gaps and flare counts ascend."""
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
        """Return the rows of evidence that each default follows, by the constant's name."""
        return {constant.name: constant.metadata["evidence"] for constant in attrs.fields(cls)}

    def ramp(self, name: str) -> tuple[int, ...]:
        """Return a constant that lists shares in per cent for the weeks after a step down.

        Args:
            name: Name of the constant.

        Returns:
            The shares; empty if there is no such constant, or if it is a number.

        """
        shares = getattr(self, name, None)
        return shares if isinstance(shares, tuple) else ()

    def numbers(self) -> dict[str, int]:
        """Return the constants that a guard can read, with their values; lists are left out."""
        values = {
            constant.name: getattr(self, constant.name) for constant in attrs.fields(type(self))
        }
        return {name: value for name, value in values.items() if isinstance(value, int)}
