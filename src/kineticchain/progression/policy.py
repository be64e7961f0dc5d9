"""The constants of progression."""

from typing import ClassVar

from attrs import field, frozen

from kineticchain.constraints import whole


@frozen(kw_only=True)
class Policy:
    """When a dose or a rung changes. All of it may be replaced by an app.

    The defaults are the design constants of section C2 of the fact base: a synthesis of
    C01–C09 (pain and the next morning), B18 and B26 (dose before difficulty), C33–C38
    (breaks), not facts of their own.
    """

    EVIDENCE: ClassVar[tuple[str, ...]] = (
        "B18", "B26", "B66",
        "C01", "C02", "C03", "C07", "C09", "C11", "C28", "C36", "C37", "C38", "C41",
    )  # fmt: skip
    """The rows that the defaults follow."""

    sessions_before_step: int = field(default=3, validator=whole(1, 50))
    days_before_step: int = field(default=7, validator=whole(0, 365, "days"))
    days_before_step_loaded: int = field(default=14, validator=whole(0, 365, "days"))
    """For strength work of L3 and up."""

    good_sessions_in_a_row: int = field(default=2, validator=whole(1, 20))
    """Sessions that must reach the dose one after another (the 2-for-2 rule)."""

    pain_safe: int = field(default=2, validator=whole(0, 10))
    """Pain during up to this allows a step up; above it the dose is held."""

    pain_ceiling: int = field(default=5, validator=whole(0, 10))
    """Pain during above this steps down. Rules may lower it."""

    pain_stop: int = field(default=7, validator=whole(0, 10))
    """Pain during above this stops: a professional should look at it."""

    effort_safe: int = field(default=6, validator=whole(0, 10))
    bad_mornings_before_regress: int = field(default=2, validator=whole(1, 10))
    touched_sessions_before_regress: int = field(default=2, validator=whole(1, 10))
    reduced_share: int = field(default=75, validator=whole(1, 100, "per cent"))

    short_gap_days: int = field(default=7, validator=whole(1, 365, "days"))
    long_gap_days: int = field(default=14, validator=whole(1, 365, "days"))
    restart_gap_days: int = field(default=28, validator=whole(1, 365, "days"))
    after_short_gap: tuple[int, ...] = (80,)
    after_long_gap: tuple[int, ...] = (50, 70, 80)
    """Shares of the dose, in per cent, for the weeks after a break."""

    share_after_restart: int = field(default=50, validator=whole(1, 100, "per cent"))
