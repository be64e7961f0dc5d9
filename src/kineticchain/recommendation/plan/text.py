"""The words of a plan: doses, days and sessions."""

import datetime
from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve, frozen

from kineticchain.domain.exercises import Dose
from kineticchain.domain.messages import ENGLISH, MessageCatalog
from kineticchain.recommendation.plan.cycle import CYCLE_OF_EVERY_OTHER_DAY, WEEK
from kineticchain.recommendation.plan.model import Item, Session


@frozen(kw_only=True)
class _Wording:
    """The messages for the amounts of a dose."""

    reps: str
    hold: str
    reps_hold: str
    seconds: str
    duration: str


_SHORT = _Wording(
    reps="dose_reps",
    hold="dose_hold",
    reps_hold="dose_reps_hold",
    seconds="dose_hold",
    duration="dose_duration",
)
_PLAIN = _Wording(
    reps="plain_reps",
    hold="plain_hold",
    reps_hold="plain_reps_hold",
    seconds="plain_seconds",
    duration="plain_duration",
)


def dose_text(dose: Dose, catalog: MessageCatalog = ENGLISH) -> str:
    """Return a dose in short, such as ``2 × 10 s``."""
    sets = [catalog.text("dose_sets", sets=dose.sets)] if dose.sets > 1 else []
    return " ".join([*sets, *_amounts(dose, catalog, _SHORT)])


def plain_dose_text(dose: Dose, catalog: MessageCatalog) -> str:
    """Return a dose in the words of a patient, such as ``hold for 10 s, 2 rounds``.

    Args:
        dose: The dose.
        catalog: The messages.
    """
    if dose.reps == 1 and dose.hold_s is not None:
        dose = evolve(dose, reps=None)  # one hold: "1 times" says nothing
    once = " ".join(_amounts(dose, catalog, _PLAIN))
    return once + (catalog.text("plain_sets", sets=dose.sets) if dose.sets > 1 else "")


def _amounts(dose: Dose, catalog: MessageCatalog, wording: _Wording) -> Iterator[str]:
    """Yield the amounts of one set in words."""
    if dose.reps is not None and dose.hold_s is not None:
        yield catalog.text(wording.reps_hold, reps=dose.reps, seconds=dose.hold_s)
    elif dose.reps is not None:
        yield catalog.text(wording.reps, reps=dose.reps)
    elif dose.hold_s is not None:
        yield catalog.text(wording.hold, seconds=dose.hold_s)
    elif dose.duration_s is not None and dose.duration_s < 60:  # noqa: PLR2004 - a minute
        yield catalog.text(wording.seconds, seconds=dose.duration_s)
    elif dose.duration_s is not None:
        yield catalog.text(wording.duration, minutes=_minutes(dose.duration_s))
    elif dose.steps is not None:
        yield catalog.text("dose_steps", steps=dose.steps)
    if dose.variations > 1:
        yield catalog.text("dose_variations", variations=dose.variations)
    if dose.weight_g is not None:
        yield catalog.text("dose_weight", weight=catalog.decimal(dose.weight_g))
    if dose.band is not None:
        yield catalog.text("dose_band", band=dose.band)


def tempo_text(item: Item, catalog: MessageCatalog) -> str:
    """Return the seconds of a repetition (up, hold, down) in words; empty without a tempo."""
    if item.tempo_s is None:
        return ""
    up, hold, down = item.tempo_s
    code = "dose_tempo_held" if hold else "dose_tempo"
    return catalog.text(code, up=up, hold=hold, down=down)


def is_alone(session: Session, sessions: Iterable[Session]) -> bool:
    """Return whether no other session takes turns with a session.

    Args:
        session: The session.
        sessions: The sessions of the plan.
    """
    return sum(other.number == session.number for other in sessions) == 1


def session_title(
    session: Session,
    sessions: Iterable[Session],
    catalog: MessageCatalog,
    on: datetime.date | None = None,
    cycle: int = WEEK,
) -> str:
    """Return the number and the duration of a session, such as ``Session 1 (about 10 min)``.

    The only session of a day needs no number.

    Args:
        session: The session.
        sessions: The sessions of the plan. The title names the days if sessions share a number.
        catalog: The messages.
        on: The first day of the plan, for the names of days.
        cycle: The days after which the plan begins again; only in a week days have names.
    """
    sessions = list(sessions)
    minutes = -(-session.seconds // 60)
    if session.micro:
        code, code_on_days = "micro_session", "micro_session_on_days"
    elif len({other.number for other in sessions}) == 1:
        code, code_on_days = "session_only", "session_only_on_days"
    else:
        code, code_on_days = "session", "session_on_days"
    if is_alone(session, sessions):
        return catalog.text(code, number=session.number, minutes=minutes)
    days = _days(session.days, on if cycle == WEEK else None, catalog)
    return catalog.text(code_on_days, number=session.number, minutes=minutes, days=days)


def when_text(
    days: Sequence[int], cycle: int, on: datetime.date | None, catalog: MessageCatalog
) -> str:
    """Return days of a plan in words, such as ``every day`` or ``on Mon, Wed, Fri``.

    Args:
        days: The days of the plan, from 1.
        cycle: The days after which the plan begins again.
        on: The first day of the plan, for weekdays; None for numbers of days.
        catalog: The messages.
    """
    if len(days) == cycle:
        return catalog.text("every_day")
    if cycle == CYCLE_OF_EVERY_OTHER_DAY and len(days) * 2 == cycle:
        return catalog.text("every_other_day")
    if cycle != WEEK:
        return catalog.text("days_of_cycle", days=", ".join(map(str, days)), cycle=cycle)
    if on is None:
        return catalog.text("days", days=", ".join(map(str, days)))
    return catalog.text("on_weekdays", days=_days(days, on, catalog))


def weekday_text(day: int, cycle: int, on: datetime.date | None, catalog: MessageCatalog) -> str:
    """Return the name of a day of a plan: its weekday, or its number.

    Args:
        day: The day of the plan, from 1.
        cycle: The days after which the plan begins again.
        on: The first day of the plan.
        catalog: The messages.
    """
    return str(day) if cycle != WEEK or on is None else _weekday(day, on, catalog)


def _days(days: Sequence[int], on: datetime.date | None, catalog: MessageCatalog) -> str:
    if on is None:
        return catalog.text("day_numbers", days=", ".join(map(str, days)))
    in_week = sorted(days, key=lambda day: (on.weekday() + day - 1) % WEEK)
    return ", ".join(_weekday(day, on, catalog) for day in in_week)


def _weekday(day: int, on: datetime.date, catalog: MessageCatalog) -> str:
    return catalog.text(f"weekday_{(on.weekday() + day - 1) % WEEK + 1}")


def _minutes(seconds: int) -> str:
    whole, rest = divmod(seconds, 60)
    return f"{whole}:{rest:02d}" if rest else str(whole)
