"""What differs between two plans, and why."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from attrs import evolve, frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.messages import Message, MessageCatalog
from kineticchain.domain.person import Request
from kineticchain.recommendation.plan.cycle import WEEK
from kineticchain.recommendation.plan.model import Item, Reason
from kineticchain.recommendation.plan.plan import Plan, check_plan
from kineticchain.recommendation.plan.text import dose_text


class ChangeKind(StrEnum):
    """In what way an exercise differs from one plan to another."""

    CAME = "came"
    WENT = "went"
    MOVED = "moved"
    MORE = "more"
    LESS = "less"
    OTHERWISE = "otherwise"


Placed: TypeAlias = tuple[tuple[int, Item], ...]
"""Items with the numbers of their sessions."""


@frozen(kw_only=True)
class PlanChange:
    """An exercise on a side that differs: how, from what to what, and why.

    *More* and *less* speak of the dose of a day on average; *moved* is to another session or
    other days. `sessions_before` and `sessions_after` are the numbers of the sessions that it is
    in, and `cycles` the days after which each plan begins anew. `reasons` tell why it is so now,
    and `lifted` what kept out before what has come.
    """

    exercise: str
    side: Side
    kind: ChangeKind
    before: tuple[Item, ...] = ()
    after: tuple[Item, ...] = ()
    sessions_before: tuple[int, ...] = ()
    sessions_after: tuple[int, ...] = ()
    cycles: tuple[int, int] = (WEEK, WEEK)
    reasons: tuple[Reason, ...] = ()
    lifted: tuple[Reason, ...] = ()

    def __str__(self) -> str:
        """Such as ``walking came: 5 min, days 1,4, session 1 — Why``."""
        side = "" if self.side is Side.BOTH else f" ({self.side})"
        before, after = self.cycles
        both = (
            (self.before, self.sessions_before, before),
            (self.after, self.sessions_after, after),
        )
        then = " → ".join(_told(items, numbers, days) for items, numbers, days in both if items)
        why = " ".join(reason.message.text for reason in self.reasons)
        return f"{self.exercise}{side} {self.kind}: {then}" + (f" — {why}" if why else "")


@frozen(kw_only=True)
class Comparison:
    """Two plans, and all that differs: the status, the referral and the exercises."""

    before: Plan
    after: Plan
    deltas: tuple[PlanChange, ...]

    @property
    def is_same(self) -> bool:
        """Whether status, referral and exercises are the same."""
        levels = self.before.referral.level is self.after.referral.level
        return levels and self.before.status is self.after.status and not self.deltas

    def __str__(self) -> str:
        """Readable lines."""
        pairs = {
            "status": (self.before.status.value, self.after.status.value),
            "referral": (self.before.referral.level.value, self.after.referral.level.value),
        }
        lines = [f"{name}: {old} → {new}" for name, (old, new) in pairs.items() if old != new]
        if lines:
            lines += [f"  {one.message.text}" for one in self.after.referral.reasons]
        lines += [str(one) for one in self.deltas]
        return "\n".join(lines) or "no difference"


def diff(before: Plan, after: Plan) -> Comparison:
    """What came, went, moved, or is done more or less, from one plan to another, and why."""
    check_plan(before, "before")
    check_plan(after, "after")
    return Comparison(before=before, after=after, deltas=tuple(_both_sides(_deltas(before, after))))


def _deltas(before: Plan, after: Plan) -> Iterator[PlanChange]:
    old, new = _by_place(before), _by_place(after)
    cycles = before.cycle_days, after.cycle_days
    for exercise, side in sorted({*old, *new}):
        was, now = old.get((exercise, side), ()), new.get((exercise, side), ())
        kind = _kind(was, now, cycles)
        if kind is None:
            continue
        lifted: tuple[Reason, ...] = ()
        match kind:
            case ChangeKind.CAME:
                reasons = now[0][1].reasons[:1]
                lifted = _why_out(before, exercise, side)
            case ChangeKind.WENT:
                reasons = _why_out(after, exercise, side)
            case _:
                known = was[0][1].reasons
                reasons = tuple(one for one in now[0][1].reasons if one not in known)
                reasons = reasons or tuple(_why_changed(before, after, exercise, side))
        yield PlanChange(
            exercise=exercise,
            side=side,
            kind=kind,
            before=tuple(item for _, item in was),
            after=tuple(item for _, item in now),
            sessions_before=tuple(number for number, _ in was),
            sessions_after=tuple(number for number, _ in now),
            cycles=cycles,
            reasons=reasons,
            lifted=lifted,
        )


def _why_changed(before: Plan, after: Plan, exercise: str, side: Side) -> Iterator[Reason]:
    """Where it stands now, else what was asked for, else that others came or went beside it."""
    then, now = (
        [one for one in plan.standings if one.exercise == exercise and one.side.meets(side)]
        for plan in (before, after)
    )
    moved = [one for one in now if one not in then]
    if moved:
        yield Reason(message=moved[0].reason)
        return
    asked = tuple(_asked_otherwise(before, after))
    otherwise = "days_follow_the_log" if _of_another_day(before, after) else "others_changed"
    yield from asked or (Reason(message=after.catalog.say(otherwise)),)


def _of_another_day(before: Plan, after: Plan) -> bool:
    """Whether something was logged in between, or time has passed."""
    if before.asked is None or after.asked is None:
        return before.on != after.on
    return (before.on, before.asked.history) != (after.on, after.asked.history)


def _asked_otherwise(before: Plan, after: Plan) -> Iterator[Reason]:
    if before.asked is None or after.asked is None:
        return
    old, new = before.asked.request, after.asked.request
    pairs = {
        "asked_minutes": (old.minutes, new.minutes),
        "asked_days_per_week": (old.days_per_week, new.days_per_week),
        "asked_sessions_per_day": (old.sessions_per_day, new.sessions_per_day),
        "asked_micro_sessions": (old.micro_sessions_per_day, new.micro_sessions_per_day),
    }
    if old.micro_sessions_per_day and new.micro_sessions_per_day:
        pairs["asked_micro_minutes"] = (old.micro_minutes, new.micro_minutes)
    if old.every_other_day is not new.every_other_day:
        del pairs["asked_days_per_week"]
        yield Reason(message=_days_asked_for(new, after.catalog))
    for code, (then, now) in pairs.items():
        if then != now:
            yield Reason(message=after.catalog.say(code, before=then, after=now))


def _days_asked_for(request: Request, catalog: MessageCatalog) -> Message:
    if request.every_other_day:
        return catalog.say("asked_every_other_day")
    return catalog.say("asked_days_again", days=request.days_per_week)


def _both_sides(deltas: Iterable[PlanChange]) -> Iterator[PlanChange]:
    """One delta where left and right differ alike."""
    found: dict[PlanChange, PlanChange] = {}
    for one in deltas:
        alike = evolve(one, side=Side.BOTH)
        found[alike] = alike if alike in found else one
    yield from found.values()


def _why_out(plan: Plan, exercise: str, side: Side) -> tuple[Reason, ...]:
    found = [
        one.reason
        for one in (*plan.exclusions, *plan.omissions)
        if one.exercise == exercise and one.side.meets(side)
    ]
    return tuple(dict.fromkeys(found))


def _by_place(plan: Plan) -> Mapping[tuple[str, Side], Placed]:
    """The items of each exercise on each side, with the sessions that they are in."""
    found: dict[tuple[str, Side], Placed] = {}
    for session in plan.sessions:
        for item in session.items:
            sides = item.side.each if item.per_side else (Side.BOTH,)
            for side in sides:
                so_far = found.get((item.exercise, side), ())
                found[item.exercise, side] = (*so_far, (session.number, item))
    return found


def _kind(was: Placed, now: Placed, cycles: tuple[int, int]) -> ChangeKind | None:
    """How the places of an exercise in two plans differ, each with its own number of days."""
    if _plain(was) == _plain(now) and cycles[0] == cycles[1]:
        return None
    if not was or not now:
        return ChangeKind.CAME if now else ChangeKind.WENT
    old, new = Fraction(_work(was), cycles[0]), Fraction(_work(now), cycles[1])
    if old != new:
        return ChangeKind.MORE if new > old else ChangeKind.LESS
    places = [[(number, item.days) for number, item in one] for one in (was, now)]
    return ChangeKind.MOVED if places[0] != places[1] else ChangeKind.OTHERWISE


def _plain(placed: Placed) -> list[tuple[int, Item]]:
    """What is done, whatever the reasons."""
    return [
        (number, evolve(item, reasons=(), side=Side.BOTH, seconds=1)) for number, item in placed
    ]


def _work(placed: Placed) -> int:
    """The work of all days of a plan on one side."""
    return sum(item.dose.volume * len(item.days) for _, item in placed)


def _told(items: tuple[Item, ...], sessions: tuple[int, ...], cycle: int) -> str:
    first = items[0]
    days = ",".join(map(str, first.days))
    days += "" if cycle == WEEK else f" of {cycle}"
    told = f"{dose_text(first.dose)}, days {days}, session {','.join(map(str, sessions))}"
    if first.starts > 1:
        told += f", from day {first.starts} on"
    return told + (f", beside {' and '.join(first.beside)}" if first.beside else "")
