"""Changes of a plan from one week to the next: what grew, stayed, shrank or is new, and why."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import groupby

from attrs import evolve, frozen

from kineticchain.domain.exercises import Dose
from kineticchain.domain.messages import Message
from kineticchain.knowledge import Knowledge
from kineticchain.progression.model.track import TrackKey
from kineticchain.recommendation.explanation.explanation import Explanation
from kineticchain.recommendation.forecast.outcome import Outcome
from kineticchain.recommendation.forecast.preview import LONGEST_DAYS, TrainingDate, preview
from kineticchain.recommendation.plan.cycle import WEEK
from kineticchain.recommendation.plan.model import Item
from kineticchain.recommendation.plan.plan import Plan
from kineticchain.recommendation.plan.text import dose_text, when_text

_LINES = {
    "grew": "turn_grew",
    "stayed": "turn_stayed",
    "less": "turn_less",
    "new": "turn_new",
    "following": "turn_following",
}
"""The message of each line."""

PREVIEWED = 2
"""The most exercises for which the next step is forecast, since each forecast takes a replay."""


@frozen(kw_only=True)
class WeekTurn:
    """The differences between the plans of two weeks, by ladder.

    Attributes:
        grew: Exercises with a larger dose or a harder rung.
        stayed: Exercises with the same dose, each with the reason.
        less: Exercises with a smaller dose or an easier rung, and exercises that left the plan,
            each with the reason.
        new: Exercises that are new in the plan.
        following: The next steps, each with its date if all goes as planned.
        lines: All of these parts in at most five lines, in the language of the plan.
    """

    grew: tuple[str, ...] = ()
    stayed: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    following: tuple[str, ...] = ()
    lines: tuple[Message, ...] = ()

    def __str__(self) -> str:
        """Return the lines as text."""
        return "\n".join(line.text for line in self.lines)


def week_turn(before: Plan, after: Explanation) -> WeekTurn:
    """Return the differences between two plans.

    Args:
        before: The plan of the week before.
        after: The explanation of the plan of this week.
    """
    turn = _Turn(before, after, after.context.knowledge)
    parts = {
        "grew": turn.grew(),
        "stayed": turn.stayed(),
        "less": turn.less(),
        "new": turn.new(),
        "following": turn.following(),
    }
    unique_items = {name: tuple(dict.fromkeys(items)) for name, items in parts.items()}
    lines = tuple(
        turn.knowledge.catalog.say(_LINES[name], items="; ".join(items))
        for name, items in unique_items.items()
        if items
    )
    return WeekTurn(lines=lines, **unique_items)


@frozen
class _Turn:
    """Two plans, compared by ladder."""

    before: Plan
    explanation: Explanation
    knowledge: Knowledge

    @property
    def after(self) -> Plan:
        """The later plan."""
        return self.explanation.plan

    @cached_property
    def items_before(self) -> Mapping[TrackKey, Item]:
        """The first item of each ladder and side in the earlier plan."""
        return self._by_track(self.before)

    @cached_property
    def items_after(self) -> Mapping[TrackKey, Item]:
        """The first item of each ladder and side in the later plan."""
        return self._by_track(self.after)

    def _by_track(self, plan: Plan) -> Mapping[TrackKey, Item]:
        """Return the first item of each ladder and side."""
        items: dict[TrackKey, Item] = {}
        for item in plan.items:
            for key in self.knowledge.ladder_index.keys_of(item.exercise, item.side):
                items.setdefault(key, item)
        return items

    def _pairs(self) -> Iterator[tuple[Item, Item, int]]:
        """Yield the items of each ladder and side that both plans contain, with a comparison.

        The comparison is 1 if the later item is harder, -1 if it is easier, and 0 otherwise.
        """
        for key, new in self.items_after.items():
            if key in self.items_before:
                old = self.items_before[key]
                before, after = self._difficulty(old), self._difficulty(new)
                yield old, new, (after > before) - (after < before)

    def _difficulty(self, item: Item) -> tuple[int, tuple[int, ...], int]:
        """Return the difficulty of an item: its rung, resistance, and volume over its days."""
        _, rung = self.knowledge.ladder_index.rung_of[item.exercise]
        dose = _day_dose(item)
        return rung, dose.resistance, dose.volume * len(item.days)

    def _dose(self, item: Item) -> str:
        return dose_text(_day_dose(item), self.knowledge.catalog)

    def grew(self) -> Iterator[str]:
        """Yield the exercises that grew, with the earlier and the later dose."""
        for old, new, harder in self._pairs():
            if harder > 0:
                earlier = self._dose(old) if old.exercise == new.exercise else old.title
                days = ""
                if len(old.days) != len(new.days) and old.exercise == new.exercise:
                    cycle, catalog = self.after.cycle_days, self.knowledge.catalog
                    days = f", {when_text(new.days, cycle, None, catalog)}"
                yield f"{new.title}: {earlier} → {self._dose(new)}{days}"

    def stayed(self) -> Iterator[str]:
        """Yield the exercises that stayed the same, joined by reason."""
        titles_of_reason: dict[str, dict[str, None]] = {}
        for _, new, harder in self._pairs():
            if harder == 0:
                titles_of_reason.setdefault(self._why_held(new), {})[new.title] = None
        for reason, titles in titles_of_reason.items():
            yield f"{', '.join(titles)} ({reason})"

    def _why_held(self, item: Item) -> str:
        if item.is_cut:
            return self.knowledge.catalog.text("turn_time")
        for standing in self.explanation.context.assessment.standings:
            if standing.exercise == item.exercise and standing.side.meets(item.side):
                return standing.reason.text.rstrip(".")
        selected = self.explanation.context.selection.selected
        if any(
            selected_offer.is_below and selected_offer.items[0].exercise.id == item.exercise
            for selected_offer in selected
        ):
            return self.knowledge.catalog.text("turn_time")
        return self.knowledge.catalog.text("turn_below")

    def less(self) -> Iterator[str]:
        """Yield the exercises that became less or left the plan, with the reason."""
        for _, new, harder in self._pairs():
            if harder < 0:
                yield f"{new.title} ({self._why_held(new)})"
        ladders_after = {ladder for ladder, _ in self.items_after}
        for (ladder, _), item in self.items_before.items():
            if ladder not in ladders_after:
                yield f"{item.title} ({self._why_left(ladder, item)})"

    def _why_left(self, ladder: str, item: Item) -> str:
        """Return why an exercise left: its ladder is mastered, else the first omission on it.

        The exercise on which the person stands now comes first: after a step down, the omission of
        the exercise that left says only that it comes next.
        """
        standings = [
            standing
            for standing in self.explanation.context.assessment.standings_on[ladder]
            if standing.exercise is not None and standing.side.meets(item.side)
        ]
        for standing in standings:
            if standing.exercise in standing.mastered:
                return self.knowledge.catalog.text("turn_mastered")
        present = [standing.exercise for standing in standings if standing.exercise is not None]
        on_ladder = self.knowledge.ladder_index.exercises_on[ladder]
        for exercise in dict.fromkeys((*present, item.exercise, *on_ladder)):
            for omission in self.explanation.out(exercise):
                return omission.reason.message.text.rstrip(".")
        return self.knowledge.catalog.text("turn_below")

    def new(self) -> Iterator[str]:
        """Yield the exercises that are new, with their doses."""
        begun = {ladder for ladder, _ in self.items_before}
        for (ladder, _), item in self.items_after.items():
            if ladder not in begun:
                yield f"{item.title}: {self._dose(item)}"

    def following(self) -> Iterator[str]:
        """Yield the next steps with their dates; nothing for a plan that was read from JSON."""
        made_from, on = self.after.made_from, self.after.on
        if made_from is None or on is None:
            return
        # attendance is measured against the plan that is issued
        issued = made_from.history.with_events(self.after.issued(on))
        followed = evolve(made_from, history=issued)
        for item in self._growing(self.after.items):
            dates = self._dates_of(item)
            for forecast in preview(self.knowledge, followed, item.exercise, item.side, dates):
                if forecast.outcome is Outcome.AS_PLANNED and forecast.then is not None:
                    next_standing = forecast.then
                    if next_standing.exercise is not None and next_standing.dose is not None:
                        title = self.knowledge.title(next_standing.exercise)
                        dose = dose_text(next_standing.dose, self.knowledge.catalog)
                        yield f"{title}: {dose} ({forecast.on})"

    def _dates_of(self, item: Item) -> list[TrainingDate]:
        """Return the dates on which the plan has an item, each with the number of its sessions.

        Sessions that were done today are left out. Sessions that share a dose count as one.
        """
        made_from, on = self.after.made_from, self.after.on
        assert made_from is not None  # noqa: S101 - `following` has checked both
        assert on is not None  # noqa: S101
        sessions = self.after.calendar(
            on, LONGEST_DAYS // WEEK, history=made_from.history, today=on
        )
        dates = []
        for day, of_day in groupby(sessions, key=lambda session: session.on):
            count = sum(
                any(
                    planned_item.exercise == item.exercise and planned_item.side.meets(item.side)
                    for planned_item in session.items
                )
                for session in of_day
            )
            if count:
                dates.append((day, 1 if item.shared_by > 1 else count))
        return dates

    def _growing(self, items: Iterable[Item]) -> list[Item]:
        """Return the first items that the person stands on and whose dose is not cut."""
        current = {standing.exercise for standing in self.after.standings}
        return [item for item in items if item.exercise in current and not item.is_cut][:PREVIEWED]


def _day_dose(item: Item) -> Dose:
    """Return the dose of an item for one day: the total of the sessions that share its dose.

    Further rounds of the item are not included.
    """
    return item.day_dose or item.dose
