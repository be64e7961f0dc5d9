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
    """The kind of difference of an exercise between two plans."""

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
    """A difference of an exercise on a side: its kind, the items before and after, and reasons.

    *More* and *less* compare the resistance, then the average volume of a day. *Moved* means
    another session or other days. `sessions_before` and `sessions_after` are the numbers of the
    sessions that contain the exercise, and `cycles` the days after which each plan repeats.
    `reasons` explain the later plan. For an added exercise, `lifted` contains the reasons that kept
    it out of the earlier plan.
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
        """Return a line such as ``walking added: 5 min, days 1,4, session 1 — Why``."""
        side = "" if self.side is Side.BOTH else f" ({self.side})"
        before, after = self.cycles
        before_and_after = (
            (self.before, self.sessions_before, before),
            (self.after, self.sessions_after, after),
        )
        doses = " → ".join(
            _told(items, numbers, days) for items, numbers, days in before_and_after if items
        )
        why = " ".join(reason.message.text for reason in self.reasons)
        return f"{self.exercise}{side} {self.kind}: {doses}" + (f" — {why}" if why else "")


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
        """Return the differences as readable lines."""
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
    """Compare two plans, without reasons that need the knowledge; see `Recommender.diff`.

    Args:
        before: The earlier plan.
        after: The later plan.

    Raises:
        InvalidInput: If an argument is no plan.
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
        items_before, items_after = old.get((exercise, side), ()), new.get((exercise, side), ())
        kind = _kind(items_before, items_after, cycles)
        if kind is None:
            continue
        lifted: tuple[Reason, ...] = ()
        match kind:
            case ChangeKind.ADDED:
                reasons = after.reasons_for(items_after[0][1])[:1]
                lifted = before.reasons_against(exercise, side)
            case ChangeKind.REMOVED:
                reasons = after.reasons_against(exercise, side)
            case _:
                earlier_reasons = before.reasons_for(items_before[0][1])
                reasons = tuple(
                    reason
                    for reason in after.reasons_for(items_after[0][1])
                    if reason not in earlier_reasons
                )
                reasons = reasons or tuple(_why_changed(before, after, exercise, side))
        yield PlanChange(
            exercise=exercise,
            side=side,
            kind=kind,
            before=tuple(item for _, item in items_before),
            after=tuple(item for _, item in items_after),
            sessions_before=tuple(number for number, _ in items_before),
            sessions_after=tuple(number for number, _ in items_after),
            cycles=cycles,
            reasons=reasons,
            lifted=lifted,
        )


def _why_changed(before: _Side, after: _Side, exercise: str, side: Side) -> Iterator[Reason]:
    """Yield why an exercise changed: a new standing, else another request, else other changes.

    Without the first two reasons, the days follow the log of another day, or other exercises have
    changed.
    """
    standings_before, standings_after = (
        before.standings(exercise, side),
        after.standings(exercise, side),
    )
    moved = [standing for standing in standings_after if standing not in standings_before]
    if moved:
        yield Reason(message=moved[0].reason)
        return
    request_reasons = tuple(_asked_otherwise(before.plan, after.plan))
    code = "others_changed"
    if _of_another_day(before.plan, after.plan):
        code = "days_follow_the_log"
    yield from request_reasons or (Reason(message=after.plan.catalog.say(code)),)


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
    """Yield the changes, with one change for both sides if left and right differ alike."""
    merged: dict[PlanChange, PlanChange] = {}
    for change in changes:
        alike = evolve(change, side=Side.BOTH)
        merged[alike] = alike if alike in merged else change
    yield from merged.values()


def _by_place(plan: Plan) -> Mapping[tuple[str, Side], Placed]:
    """Return the items of each exercise on each side, with the numbers of their sessions."""
    placed: dict[tuple[str, Side], Placed] = {}
    for session in plan.sessions:
        for item in session.items:
            sides = item.side.each if item.per_side else (Side.BOTH,)
            for side in sides:
                so_far = placed.get((item.exercise, side), ())
                placed[item.exercise, side] = _with_place(so_far, session.number, item)
    return placed


def _with_place(so_far: Placed, number: int, item: Item) -> Placed:
    """Return the placed items with one more item.

    An item in sessions that take turns is placed once, on the days of all these sessions.
    """
    for index, (placed_number, placed_item) in enumerate(so_far):
        if placed_number == number and not set(placed_item.days) & set(item.days):
            days = tuple(sorted({*placed_item.days, *item.days}))
            return (*so_far[:index], (number, evolve(placed_item, days=days)), *so_far[index + 1 :])
    return (*so_far, (number, item))


def _kind(items_before: Placed, items_after: Placed, cycles: tuple[int, int]) -> ChangeKind | None:
    """Return how the places of an exercise differ between two plans."""
    if _plain(items_before) == _plain(items_after) and cycles[0] == cycles[1]:
        return None
    if not items_before or not items_after:
        return ChangeKind.ADDED if items_after else ChangeKind.REMOVED
    old = (_resistance(items_before), Fraction(_work(items_before), cycles[0]))
    new = (_resistance(items_after), Fraction(_work(items_after), cycles[1]))
    if old != new:
        return ChangeKind.MORE if new > old else ChangeKind.LESS
    places = [
        [(number, item.days) for number, item in items] for items in (items_before, items_after)
    ]
    return ChangeKind.MOVED if places[0] != places[1] else ChangeKind.CHANGED


def _plain(placed: Placed) -> list[tuple[int, Item]]:
    """Return placed items without their side and duration, which do not count as a difference."""
    return [(number, evolve(item, side=Side.BOTH, seconds=1)) for number, item in placed]


def _resistance(placed: Placed) -> tuple[int, ...]:
    """Return the largest resistance of the items of an exercise."""
    return max(item.dose.resistance for _, item in placed)


def _work(placed: Placed) -> int:
    """Return the volume of the items of an exercise over all days of a plan."""
    return sum(item.dose.volume * len(item.days) for _, item in placed)


def _told(items: tuple[Item, ...], sessions: tuple[int, ...], cycle: int) -> str:
    first_item = items[0]
    days = ",".join(map(str, first_item.days))
    days += "" if cycle == WEEK else f" of {cycle}"
    text = f"{dose_text(first_item.dose)}, days {days}, session {','.join(map(str, sessions))}"
    if first_item.starts > 1:
        text += f", from day {first_item.starts} on"
    return text + (
        f", beside {' and '.join(first_item.paired_with)}" if first_item.paired_with else ""
    )
