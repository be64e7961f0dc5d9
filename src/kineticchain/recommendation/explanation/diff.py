"""Differences between two plans, with their causes."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from attrs import evolve, frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.messages import Message, MessageCatalog
from kineticchain.domain.person import Request
from kineticchain.progression import Standing
from kineticchain.recommendation.explanation.explanation import Explanation
from kineticchain.recommendation.plan.cycle import WEEK
from kineticchain.recommendation.plan.model import Item, Reason
from kineticchain.recommendation.plan.plan import Plan, check_plan
from kineticchain.recommendation.plan.text import dose_text


class ChangeKind(StrEnum):
    """In what way an exercise differs from one plan to another."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    MORE = "more"
    LESS = "less"
    CHANGED = "changed"


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
    changes: tuple[PlanChange, ...]

    @property
    def is_same(self) -> bool:
        """True if status, referral and exercises are the same."""
        levels = self.before.referral.level is self.after.referral.level
        return levels and self.before.status is self.after.status and not self.changes

    def __str__(self) -> str:
        """Readable lines."""
        pairs = {
            "status": (self.before.status.value, self.after.status.value),
            "referral": (self.before.referral.level.value, self.after.referral.level.value),
        }
        lines = [f"{name}: {old} → {new}" for name, (old, new) in pairs.items() if old != new]
        if lines:
            lines += [f"  {reason.message.text}" for reason in self.after.referral.reasons]
        lines += [str(change) for change in self.changes]
        return "\n".join(lines) or "no difference"


def diff(before: Plan, after: Plan) -> Comparison:
    """Compare two plans, without the reasons of knowledge; see `Recommender.diff`.

    Args:
        before: The earlier plan.
        after: The later plan.

    Raises:
        InvalidInput: For what is no plan.
    """
    check_plan(before, "before")
    check_plan(after, "after")
    changes = _both_sides(_changes(_Side(before), _Side(after)))
    return Comparison(before=before, after=after, changes=tuple(changes))


def explained_diff(before: Explanation, after: Explanation) -> Comparison:
    """Compare two plans, with the reasons of their explanations."""
    changes = _both_sides(_changes(_Side(before.plan, before), _Side(after.plan, after)))
    return Comparison(before=before.plan, after=after.plan, changes=tuple(changes))


@frozen
class _Side:
    """One of two plans, with its explanation if there is one."""

    plan: Plan
    explanation: Explanation | None = None

    def reasons_for(self, item: Item) -> tuple[Reason, ...]:
        """Return why an item is in the plan."""
        if self.explanation is not None:
            return self.explanation.reasons[item.exercise]
        return ()

    def reasons_against(self, exercise: str, side: Side) -> tuple[Reason, ...]:
        """Return why an exercise is not in the plan."""
        if self.explanation is None:
            return ()
        omissions = self.explanation.out(exercise)
        return tuple(
            dict.fromkeys(omission.reason for omission in omissions if omission.side.meets(side))
        )

    def standings(self, exercise: str, side: Side) -> list[Standing]:
        """Return the standings on an exercise."""
        standings = self.plan.standings
        if self.explanation is not None:
            standings = self.explanation.standings
        return [
            standing
            for standing in standings
            if standing.exercise == exercise and standing.side.meets(side)
        ]


def _changes(before: _Side, after: _Side) -> Iterator[PlanChange]:
    old, new = _by_place(before.plan), _by_place(after.plan)
    cycles = before.plan.cycle_days, after.plan.cycle_days
    for exercise, side in sorted({*old, *new}):
        was, now = old.get((exercise, side), ()), new.get((exercise, side), ())
        kind = _kind(was, now, cycles)
        if kind is None:
            continue
        lifted: tuple[Reason, ...] = ()
        match kind:
            case ChangeKind.ADDED:
                reasons = after.reasons_for(now[0][1])[:1]
                lifted = before.reasons_against(exercise, side)
            case ChangeKind.REMOVED:
                reasons = after.reasons_against(exercise, side)
            case _:
                earlier_reasons = before.reasons_for(was[0][1])
                reasons = tuple(
                    reason
                    for reason in after.reasons_for(now[0][1])
                    if reason not in earlier_reasons
                )
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


def _why_changed(before: _Side, after: _Side, exercise: str, side: Side) -> Iterator[Reason]:
    """Its new standing, else what was asked for, else that others changed beside it."""
    then, now = before.standings(exercise, side), after.standings(exercise, side)
    moved = [standing for standing in now if standing not in then]
    if moved:
        yield Reason(message=moved[0].reason)
        return
    asked = tuple(_asked_otherwise(before.plan, after.plan))
    code = "others_changed"
    if _of_another_day(before.plan, after.plan):
        code = "days_follow_the_log"
    yield from asked or (Reason(message=after.plan.catalog.say(code)),)


def _of_another_day(before: Plan, after: Plan) -> bool:
    """Return whether something was logged in between, or time has passed."""
    if before.made_from is None or after.made_from is None:
        return before.on != after.on
    return (before.on, before.made_from.history) != (after.on, after.made_from.history)


def _asked_otherwise(before: Plan, after: Plan) -> Iterator[Reason]:
    if before.made_from is None or after.made_from is None:
        return
    old, new = before.made_from.request, after.made_from.request
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


def _both_sides(changes: Iterable[PlanChange]) -> Iterator[PlanChange]:
    """One delta where left and right differ alike."""
    merged: dict[PlanChange, PlanChange] = {}
    for change in changes:
        alike = evolve(change, side=Side.BOTH)
        merged[alike] = alike if alike in merged else change
    yield from merged.values()


def _by_place(plan: Plan) -> Mapping[tuple[str, Side], Placed]:
    """The items of each exercise on each side, with the sessions that they are in."""
    placed: dict[tuple[str, Side], Placed] = {}
    for session in plan.sessions:
        for item in session.items:
            sides = item.side.each if item.per_side else (Side.BOTH,)
            for side in sides:
                so_far = placed.get((item.exercise, side), ())
                placed[item.exercise, side] = _with_place(so_far, session.number, item)
    return placed


def _with_place(so_far: Placed, number: int, item: Item) -> Placed:
    """Return the places with one more; sessions that take turns are one place on all their days."""
    for at, (before, same) in enumerate(so_far):
        if before == number and not set(same.days) & set(item.days):
            days = tuple(sorted({*same.days, *item.days}))
            return (*so_far[:at], (number, evolve(same, days=days)), *so_far[at + 1 :])
    return (*so_far, (number, item))


def _kind(was: Placed, now: Placed, cycles: tuple[int, int]) -> ChangeKind | None:
    """Return how the places of an exercise differ between two plans."""
    if _plain(was) == _plain(now) and cycles[0] == cycles[1]:
        return None
    if not was or not now:
        return ChangeKind.ADDED if now else ChangeKind.REMOVED
    old = (_resistance(was), Fraction(_work(was), cycles[0]))
    new = (_resistance(now), Fraction(_work(now), cycles[1]))
    if old != new:
        return ChangeKind.MORE if new > old else ChangeKind.LESS
    places = [[(number, item.days) for number, item in items] for items in (was, now)]
    return ChangeKind.MOVED if places[0] != places[1] else ChangeKind.CHANGED


def _plain(placed: Placed) -> list[tuple[int, Item]]:
    """Return an item without its reasons."""
    return [(number, evolve(item, side=Side.BOTH, seconds=1)) for number, item in placed]


def _resistance(placed: Placed) -> tuple[int, ...]:
    """The largest resistance of a plan on one side."""
    return max(item.dose.resistance for _, item in placed)


def _work(placed: Placed) -> int:
    """The work of all days of a plan on one side."""
    return sum(item.dose.volume * len(item.days) for _, item in placed)


def _told(items: tuple[Item, ...], sessions: tuple[int, ...], cycle: int) -> str:
    first = items[0]
    days = ",".join(map(str, first.days))
    days += "" if cycle == WEEK else f" of {cycle}"
    text = f"{dose_text(first.dose)}, days {days}, session {','.join(map(str, sessions))}"
    if first.starts > 1:
        text += f", from day {first.starts} on"
    return text + (f", beside {' and '.join(first.paired_with)}" if first.paired_with else "")
