"""Output of the playground, in lines that can be compared as text."""

from collections.abc import Iterable, Iterator

from kineticchain.domain.anatomy import Side
from kineticchain.knowledge import Knowledge
from kineticchain.progression import Standing
from kineticchain.recommendation import Item, Plan
from kineticchain.recommendation.plan.cycle import WEEK
from kineticchain.recommendation.plan.text import dose_text
from kineticchain.rules import ReferralLevel

MAX_QUESTIONS = 3
"""The largest number of open questions that are shown."""


def told(
    standings: Iterable[Standing], exercise: str, side: Side, knowledge: Knowledge
) -> tuple[str, ...]:
    """Return the standings on the ladder of an exercise; equal sides share a line.

    Args:
        standings: all standings of the person.
        exercise: the id of the exercise.
        side: the side to show.
        knowledge: the knowledge with the ladders.

    """
    ladder = knowledge.ladder_of(exercise).id
    return _lines(each for each in standings if each.ladder == ladder and each.side.meets(side))


def heard(standings: Iterable[Standing], ladders: frozenset[str]) -> tuple[str, ...]:
    """Return the standings on the ladders that a morning report is about.

    Args:
        standings: all standings of the person.
        ladders: ids of the ladders to show.

    """
    return _lines(each for each in standings if each.ladder in ladders)


def changed(
    before: Iterable[Standing], after: Iterable[Standing], ladders: frozenset[str]
) -> tuple[str, ...]:
    """Return the standings whose text has changed.

    Args:
        before: the standings before a change.
        after: the standings after it, in the same order.
        ladders: ids of the ladders to show.

    """
    pairs = zip(before, after, strict=True)
    return _lines(new for old, new in pairs if new.ladder in ladders and _text(old) != _text(new))


def moved(
    before: Iterable[Standing], after: Iterable[Standing], ladders: frozenset[str]
) -> tuple[str, ...]:
    """Return the standings whose rung, dose or maintenance has changed.

    Args:
        before: the standings before a change.
        after: the standings after it, in the same order.
        ladders: ids of the ladders to show.

    """
    pairs = zip(before, after, strict=True)
    return _lines(
        new
        for old, new in pairs
        if new.ladder in ladders and (old.height, old.maintenance) != (new.height, new.maintenance)
    )


def _lines(standings: Iterable[Standing]) -> tuple[str, ...]:
    """Return a line for each standing; sides with equal text share a line."""
    by_text: dict[tuple[str, str], list[Side]] = {}
    for standing in standings:
        by_text.setdefault((standing.ladder, _text(standing)), []).append(standing.side)
    return tuple(
        f"{sides[0] if len(sides) == 1 else Side.BOTH}: {text}"
        for (_, text), sides in by_text.items()
    )


def _text(standing: Standing) -> str:
    if standing.exercise is None or standing.dose is None:
        return f"{standing.ladder} is not open · {standing.action} · {standing.reason}"
    parts = [f"{standing.exercise} {dose_text(standing.dose)}"]
    parts += [f"{standing.days_a_week} days a week"] if standing.days_a_week < WEEK else []
    parts += [f"{standing.dose_percent} %"] if standing.dose_percent < 100 else []  # noqa: PLR2004 - the full dose
    return " · ".join([*parts, f"{standing.action}", f"{standing.reason}"])


def status(plan: Plan) -> tuple[str, ...]:
    """Return the status of a plan, its referral with reasons, and its first open questions."""
    return tuple(_status(plan))


def _status(plan: Plan) -> Iterator[str]:
    level = "" if plan.referral.level is ReferralLevel.NONE else f" · {plan.referral.level}"
    yield f"{plan.status}{level}"
    for reason in plan.referral.reasons:
        yield f"  {reason.message.text}"
    for question in plan.questions[:MAX_QUESTIONS]:
        yield f"  ? {question.text}"
    remaining = plan.further_questions + max(0, len(plan.questions) - MAX_QUESTIONS)
    if remaining > 0:
        yield f"  ? … and {remaining} more"


def plan(plan: Plan) -> tuple[str, ...]:
    """Return a summary of a plan: status, referral, and a line for each item."""
    lines = [*_status(plan)]
    for session in plan.sessions:
        lines.append(f"{'micro-' if session.micro else ''}session {session.number}")
        lines += [f"  {_item(item, plan.cycle_days)}" for item in session.items]
    return tuple(lines)


def _item(item: Item, cycle: int) -> str:
    days = "every day" if len(item.days) == cycle else "days " + ",".join(map(str, item.days))
    days += "" if cycle == WEEK or len(item.days) == cycle else f" of {cycle}"
    return f"{item.exercise}, {item.side}: {dose_text(item.dose)}, {days}"
