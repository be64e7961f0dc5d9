"""What the playground tells, in lines that can be compared as text."""

from collections.abc import Iterable, Iterator

from kineticchain.domain.anatomy import Side
from kineticchain.knowledge import Knowledge
from kineticchain.progression import Standing
from kineticchain.recommendation import Item, Plan
from kineticchain.recommendation.plan.cycle import WEEK
from kineticchain.recommendation.plan.text import dose_text
from kineticchain.rules import ReferralLevel

MAX_QUESTIONS = 3


def told(
    standings: Iterable[Standing], exercise: str, side: Side, knowledge: Knowledge
) -> tuple[str, ...]:
    """Where the person stands on the ladder of an exercise; both sides in one where alike."""
    ladder = knowledge.ladder_of(exercise).id
    return _lines(one for one in standings if one.ladder == ladder and one.side.meets(side))


def heard(standings: Iterable[Standing], ladders: frozenset[str]) -> tuple[str, ...]:
    """Where the person stands on the ladders that a morning spoke of."""
    return _lines(one for one in standings if one.ladder in ladders)


def changed(
    before: Iterable[Standing], after: Iterable[Standing], ladders: frozenset[str]
) -> tuple[str, ...]:
    """The standings of some ladders of which something else is told now."""
    pairs = zip(before, after, strict=True)
    return _lines(new for old, new in pairs if new.ladder in ladders and _said(old) != _said(new))


def moved(
    before: Iterable[Standing], after: Iterable[Standing], ladders: frozenset[str]
) -> tuple[str, ...]:
    """The standings whose place has changed, on some ladders."""
    pairs = zip(before, after, strict=True)
    return _lines(
        new
        for old, new in pairs
        if new.ladder in ladders and (old.height, old.maintenance) != (new.height, new.maintenance)
    )


def _lines(standings: Iterable[Standing]) -> tuple[str, ...]:
    """A line for each standing; one for both sides where they say the same."""
    said: dict[tuple[str, str], list[Side]] = {}
    for one in standings:
        said.setdefault((one.ladder, _said(one)), []).append(one.side)
    return tuple(
        f"{sides[0] if len(sides) == 1 else Side.BOTH}: {text}" for (_, text), sides in said.items()
    )


def _said(standing: Standing) -> str:
    if standing.exercise is None or standing.dose is None:
        return f"{standing.ladder} is not open · {standing.action} · {standing.reason}"
    parts = [f"{standing.exercise} {dose_text(standing.dose)}"]
    parts += [f"{standing.days_a_week} days a week"] if standing.days_a_week < WEEK else []
    parts += [f"{standing.share} %"] if standing.share < 100 else []  # noqa: PLR2004 - all of it
    return " · ".join([*parts, f"{standing.action}", f"{standing.reason}"])


def status(plan: Plan) -> tuple[str, ...]:
    """What a plan comes to: its status, its referral with reasons, its open questions."""
    return tuple(_status(plan))


def _status(plan: Plan) -> Iterator[str]:
    level = "" if plan.referral.level is ReferralLevel.NONE else f" · {plan.referral.level}"
    yield f"{plan.status}{level}"
    for reason in plan.referral.reasons:
        yield f"  {reason.message.text}"
    for question in plan.questions[:MAX_QUESTIONS]:
        yield f"  ? {question.text}"
    more = len(plan.questions) - MAX_QUESTIONS
    if more > 0:
        yield f"  ? … and {more} more"


def plan(plan: Plan) -> tuple[str, ...]:
    """A plan in short: status, referral, and a line for each item."""
    lines = [*_status(plan)]
    for session in plan.sessions:
        lines.append(f"{'micro-' if session.micro else ''}session {session.number}")
        lines += [f"  {_item(item, plan.cycle_days)}" for item in session.items]
    return tuple(lines)


def _item(item: Item, cycle: int) -> str:
    days = "every day" if len(item.days) == cycle else "days " + ",".join(map(str, item.days))
    days += "" if cycle == WEEK or len(item.days) == cycle else f" of {cycle}"
    return f"{item.exercise}, {item.side}: {dose_text(item.dose)}, {days}"
