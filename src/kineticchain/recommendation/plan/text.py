"""The words of a plan: doses, days and sessions."""

import datetime
from collections.abc import Iterable, Sequence

from kineticchain.domain.exercises import Dose
from kineticchain.domain.messages import ENGLISH, MessageCatalog
from kineticchain.recommendation.plan.cycle import CYCLE_OF_EVERY_OTHER_DAY, WEEK
from kineticchain.recommendation.plan.model import Item, Session


def dose_text(dose: Dose, catalog: MessageCatalog = ENGLISH) -> str:
    """Return a dose in words, such as ``2 × 10 s``."""
    parts = [catalog.text("dose_sets", sets=dose.sets)] if dose.sets > 1 else []
    if dose.reps is not None and dose.hold_s is not None:
        parts.append(catalog.text("dose_reps_hold", reps=dose.reps, seconds=dose.hold_s))
    elif dose.reps is not None:
        parts.append(catalog.text("dose_reps", reps=dose.reps))
    elif dose.hold_s is not None:
        parts.append(catalog.text("dose_hold", seconds=dose.hold_s))
    elif dose.duration_s is not None and dose.duration_s < 60:  # noqa: PLR2004 - a minute
        parts.append(catalog.text("dose_hold", seconds=dose.duration_s))
    elif dose.duration_s is not None:
        parts.append(catalog.text("dose_duration", minutes=_minutes(dose.duration_s)))
    elif dose.steps is not None:
        parts.append(catalog.text("dose_steps", steps=dose.steps))
    if dose.variations > 1:
        parts.append(catalog.text("dose_variations", variations=dose.variations))
    if dose.weight_g is not None:
        parts.append(catalog.text("dose_weight", weight=catalog.decimal(dose.weight_g)))
    if dose.band is not None:
        parts.append(catalog.text("dose_band", band=dose.band))
    return " ".join(parts)


def tempo_text(item: Item, catalog: MessageCatalog) -> str:
    """Return seconds up, held and down in words; empty without a tempo."""
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
    """Return the number and the duration of a session, such as ``Session 1 (9:30 min)``.

    Args:
        session: The session.
        sessions: The sessions of the plan. If another one has the same number, the days are named.
        catalog: The messages.
        on: The first day of the plan, for the names of days.
        cycle: The days after which the plan begins again; only in a week days have names.
    """
    minutes = _minutes(session.seconds)
    if is_alone(session, sessions):
        code = "micro_session" if session.micro else "session"
        return catalog.text(code, number=session.number, minutes=minutes)
    code = "micro_session_on_days" if session.micro else "session_on_days"
    days = _days(session.days, on if cycle == WEEK else None, catalog)
    return catalog.text(code, number=session.number, minutes=minutes, days=days)


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
    return ", ".join(_weekday(day, on, catalog) for day in days)


def _weekday(day: int, on: datetime.date, catalog: MessageCatalog) -> str:
    return catalog.text(f"weekday_{(on.weekday() + day - 1) % WEEK + 1}")


def _minutes(seconds: int) -> str:
    whole, rest = divmod(seconds, 60)
    return f"{whole}:{rest:02d}" if rest else str(whole)
