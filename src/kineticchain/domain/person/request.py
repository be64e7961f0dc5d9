"""The request for a plan."""

from collections.abc import Iterable

from attrs import evolve, field, fields_dict, frozen

from kineticchain.domain.exercises import Programme
from kineticchain.domain.person.readers import ids
from kineticchain.domain.validators import boolean, each, identifier, optional, whole
from kineticchain.errors import Fault, InvalidInput

DAYS_A_WEEK = 7

_SCHEDULE = ("minutes", "sessions_per_day", "days_per_week", "every_other_day")
"""The fields of the schedule, which both a request and a programme have."""

MAX_MICRO_MINUTES = 5
"""The longest micro-session in minutes, short enough to fit into a moment of the day."""


def _read_equipment(values: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if values is None else ids(values, ".equipment")


def _read_pinned(values: Iterable[str]) -> tuple[str, ...]:
    return ids(values, ".pinned")


def _read_prefer(values: Iterable[str]) -> tuple[str, ...]:
    return ids(values, ".prefer")


def _read_avoid(values: Iterable[str]) -> tuple[str, ...]:
    return ids(values, ".avoid")


@frozen(kw_only=True)
class Request:
    """The available time, the training days, the goal and preferences.

    Attributes:
        minutes: the time of one session including rests and changes of side (1 to 240).
        sessions_per_day: the number of sessions per training day (1 to 6).
        days_per_week: the number of training days per week (1 to 7).
        every_other_day: True for sessions on every second day instead of `days_per_week`.
        micro_sessions_per_day: the number of additional micro-sessions on every day (0 to 6).
        micro_minutes: the time of one micro-session in minutes (1 to 5).
        goal: the id of the goal; None for none.
        equipment: ids of the equipment at the place of training; None for the equipment at home.
        programme: the id of the programme to follow; None for none. The minutes, sessions and days
            of the programme apply, except where the request has values other than the defaults.
        pinned: ids of exercises that a clinician chose. Each of them is in the plan, at the highest
            open rung of its ladder, unless a rule or missing equipment excludes it.
        prefer: ids of exercises that get a higher priority if they are safe.
        avoid: ids of exercises that are excluded.

    """

    minutes: int = field(default=10, validator=whole(1, 240, "minutes"))
    sessions_per_day: int = field(default=1, validator=whole(1, 6, "sessions"))
    days_per_week: int = field(default=DAYS_A_WEEK, validator=whole(1, DAYS_A_WEEK, "days"))
    every_other_day: bool = field(default=False, validator=boolean())
    micro_sessions_per_day: int = field(default=0, validator=whole(0, 6, "sessions"))
    micro_minutes: int = field(default=3, validator=whole(1, MAX_MICRO_MINUTES, "minutes"))
    goal: str | None = field(default=None, validator=optional(identifier()))
    equipment: tuple[str, ...] | None = field(
        default=None, converter=_read_equipment, validator=optional(each(identifier()))
    )
    programme: str | None = field(default=None, validator=optional(identifier()))
    pinned: tuple[str, ...] = field(
        default=(),
        converter=_read_pinned,
        validator=each(identifier()),
    )
    prefer: tuple[str, ...] = field(
        default=(),
        converter=_read_prefer,
        validator=each(identifier()),
    )
    avoid: tuple[str, ...] = field(
        default=(),
        converter=_read_avoid,
        validator=each(identifier()),
    )

    def scheduled(self, programme: Programme) -> "Request":
        """Return the request with the schedule of a programme in place of its default values.

        Args:
            programme: the programme that the request names.

        """
        changes = {name: getattr(programme, name) for name in _SCHEDULE if self._is_default(name)}
        if changes.get("every_other_day") and not self._is_default("days_per_week"):
            del changes["every_other_day"]
        if self.every_other_day:  # stated by the request: the programme's days do not apply
            changes.pop("days_per_week", None)
        return evolve(self, **changes)

    def _is_default(self, name: str) -> bool:
        return bool(getattr(self, name) == fields_dict(Request)[name].default)

    @property
    def sessions(self) -> tuple[int, ...]:
        """The minutes of each session of a day, micro-sessions last."""
        full_sessions = (self.minutes,) * self.sessions_per_day
        return (*full_sessions, *(self.micro_minutes,) * self.micro_sessions_per_day)

    def __attrs_post_init__(self) -> None:
        """Reject exercises that are wanted and avoided, and contradicting training days."""
        contradicted = sorted({*self.prefer, *self.pinned} & {*self.avoid})
        if contradicted:
            raise InvalidInput(
                Fault(
                    f"`{contradicted[0]}` is preferred and avoided", ".avoid", "leave it out of one"
                )
            )
        if self.every_other_day and self.days_per_week != DAYS_A_WEEK:
            days = f"every other day is not {self.days_per_week} days a week"
            raise InvalidInput(Fault(days, ".every_other_day", "give one of the two"))
