"""The versions of an offer: the time of a dose, in one session or spread over several."""

from collections.abc import Sequence

from attrs import evolve

from kineticchain.recommendation.selection.offers.prescription import Prescription, spread_over
from kineticchain.recommendation.selection.solver.problem import Version

MAX_SESSIONS = 24
"""The most sessions of a day that may share a dose."""


def version_of(
    items: Sequence[Prescription],
    session_seconds: Sequence[int],
    eighths: int,
    *,
    has_growth_time: bool,
    most: int = MAX_SESSIONS,
) -> Version:
    """Return a version with the time of a dose, which is spread if it is too long for any session.

    Args:
        items: The dose.
        session_seconds: The seconds of the sessions of a day.
        eighths: The share of the whole dose, in eighths.
        has_growth_time: True if the dose can grow within its time, or does not grow.
        most: The most sessions that may share the dose.
    """
    seconds = sum([item.seconds for item in items])
    if len(session_seconds) > 1 and seconds > max(session_seconds):
        spread = _fewest_sessions(items, session_seconds, most)
        if spread is not None:
            return Version(spread[1], eighths, spread[0], has_growth_time)
    return Version(seconds, eighths, 1, has_growth_time)


def spread_version(
    items: Sequence[Prescription], session_seconds: Sequence[int], unspread: Version
) -> Version | None:
    """Return the version of a dose that is spread although it fits into one session.

    Args:
        items: The dose.
        session_seconds: The seconds of the sessions of a day.
        unspread: The version of the dose that is spread only if necessary.
    """
    if (
        len(session_seconds) == 1
        or unspread.sessions > 1
        or unspread.seconds > max(session_seconds)
    ):
        return None
    spread = _fewest_sessions(items, session_seconds, MAX_SESSIONS)
    if spread is None:
        return None
    return evolve(unspread, seconds=spread[1], sessions=spread[0])


def _fewest_sessions(
    items: Sequence[Prescription], session_seconds: Sequence[int], most: int
) -> tuple[int, int] | None:
    """Return the fewest sessions, at least two, that can share a dose, and the seconds of a part.

    Args:
        items: The dose.
        session_seconds: The seconds of the sessions of a day.
        most: The most sessions that may share the dose.
    """
    most = min(most, len(session_seconds), *[item.dose.sets for item in items])
    for sessions in range(2, most + 1):
        part = sum(item.seconds for item in spread_over(items, sessions))
        if sum(part <= seconds for seconds in session_seconds) >= sessions:
            return sessions, part
    return None
