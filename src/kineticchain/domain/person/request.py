"""What a person asks for."""

from collections.abc import Iterable

from attrs import field, frozen

from kineticchain.domain.person.readers import ids
from kineticchain.domain.validators import boolean, each, identifier, optional, whole
from kineticchain.errors import Fault, InvalidInput

DAYS_A_WEEK = 7

MAX_MICRO_MINUTES = 5
"""A session of up to so many minutes fits into a moment of the day."""


def _read_place(values: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if values is None else ids(values)


@frozen(kw_only=True)
class Request:
    """Time, days and goal. `equipment`, if given, is what this place has instead of home.

    `minutes` is the budget of one session, rests and side changes included. With
    `every_other_day` there are sessions on every second day instead of some days of each week.
    Micro-sessions come on top, on every day, with a budget of their own. Of the exercises that
    are safe, those in `prefer` count more, and those in `avoid` are left out.
    """

    minutes: int = field(default=10, validator=whole(1, 240, "minutes"))
    sessions_per_day: int = field(default=1, validator=whole(1, 6, "sessions"))
    days_per_week: int = field(default=DAYS_A_WEEK, validator=whole(1, DAYS_A_WEEK, "days"))
    every_other_day: bool = field(default=False, validator=boolean())
    micro_sessions_per_day: int = field(default=0, validator=whole(0, 6, "sessions"))
    micro_minutes: int = field(default=3, validator=whole(1, MAX_MICRO_MINUTES, "minutes"))
    goal: str | None = field(default=None, validator=optional(identifier()))
    equipment: tuple[str, ...] | None = field(
        default=None, converter=_read_place, validator=optional(each(identifier()))
    )
    prefer: tuple[str, ...] = field(default=(), converter=ids, validator=each(identifier()))
    avoid: tuple[str, ...] = field(default=(), converter=ids, validator=each(identifier()))

    @property
    def sessions(self) -> tuple[int, ...]:
        """The minutes of each session of a day; the micro-sessions are the last."""
        longer = (self.minutes,) * self.sessions_per_day
        return (*longer, *(self.micro_minutes,) * self.micro_sessions_per_day)

    def __attrs_post_init__(self) -> None:
        """Refuse to prefer and avoid the same, and days in two ways."""
        both = sorted({*self.prefer} & {*self.avoid})
        if both:
            raise InvalidInput(
                Fault(f"`{both[0]}` is preferred and avoided", ".avoid", "leave it out of one")
            )
        if self.every_other_day and self.days_per_week != DAYS_A_WEEK:
            days = f"every other day is not {self.days_per_week} days a week"
            raise InvalidInput(Fault(days, ".every_other_day", "give one of the two"))
