"""Limits of the weekly frequency of exercises, from the last weeks."""

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from attrs import evolve, field, frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import Dose
from kineticchain.domain.person import History, PlanIssued
from kineticchain.knowledge import Knowledge
from kineticchain.recommendation.plan.cycle import WEEK

WEEKS_BACK = 6
_ONE_DAY = datetime.timedelta(days=1)


def times_a_day(
    history: History, on: datetime.date | None, knowledge: Knowledge
) -> Mapping[str, int]:
    """Return how many times each ladder was done on its last training day.

    Both sides count once, whether they are logged together or line by line; so do the sets of a
    round. Only ladders that were trained in the last six weeks have an entry.

    Args:
        history: The sessions so far, up to the day of the plan.
        on: The day of the plan; None disregards the sessions.
        knowledge: The knowledge, for the ladder of each exercise.
    """
    if on is None:
        return {}
    last: dict[str, int] = {}
    times: Counter[str] = Counter()
    for ladder, ago in _rounds(history, on + _ONE_DAY, knowledge):
        if last.setdefault(ladder, ago) == ago:
            times[ladder] += 1
    return times


def last_doses(
    history: History, on: datetime.date | None, ladders: Collection[str], knowledge: Knowledge
) -> Mapping[str, Dose]:
    """Return the dose of each exercise on its last training day, from the side with less volume.

    Equal sets of all sessions of the day are added up. If sets differ, the equal sets with the
    largest volume count. Sets beyond the dose that the plan asked for, or beyond the most sets of
    any dose of the exercise, are extra: later plans need not maintain them.

    Args:
        history: The sessions so far.
        on: The day of the plan; None disregards the sessions.
        ladders: The ladders whose exercises are of interest.
        knowledge: The knowledge, for the ladder of each exercise.

    Returns:
        The dose of each exercise that was done in the last six weeks.
    """
    if on is None or not ladders:
        return {}
    last: dict[str, datetime.date] = {}
    sets: dict[tuple[str, Side], Counter[Dose]] = {}
    for session in reversed(history.sessions):
        if session.on > on:
            continue
        if (on - session.on).days > WEEK * WEEKS_BACK:
            break
        for line in session.lines:
            name = line.performed
            if name is None or line.done is None or knowledge.ladder_of(name).id not in ladders:
                continue
            if last.setdefault(name, session.on) == session.on:
                for side in line.side.each:
                    counted = sets.setdefault((name, side), Counter())
                    counted[evolve(line.done, sets=1)] += line.done.sets
    doses: dict[str, Dose] = {}
    planned_doses = _asked_for(history, last)
    for (name, side), counted in sets.items():
        ladder, rung = knowledge.ladder_index.rung_of[name]
        most = max(dose.sets for dose in ladder.rungs[rung].axis)
        largest = max(
            (evolve(one_set, sets=min(count, most)) for one_set, count in counted.items()),
            key=_volume,
        )
        wanted = planned_doses.get((name, side))
        if wanted is not None and largest.reaches(wanted):
            largest = wanted
        doses[name] = min(largest, doses.get(name, largest), key=_volume)
    return doses


def _asked_for(
    history: History, last: Mapping[str, datetime.date]
) -> Mapping[tuple[str, Side], Dose]:
    """Return the dose of each exercise in the last plan that asked for it by its last day."""
    planned_doses: dict[tuple[str, Side], Dose] = {}
    for plan in history:
        if not isinstance(plan, PlanIssued):
            continue
        for item in plan.items:
            if item.dose is not None and item.exercise in last and plan.on <= last[item.exercise]:
                for side in item.side.each:
                    planned_doses[item.exercise, side] = item.dose
    return planned_doses


def _volume(dose: Dose) -> int:
    return dose.volume


@frozen
class WeeklyLimits:
    """The most days and sessions a week of each ladder that was trained for a whole week.

    Each limit is one more than in the busiest of the last six weeks, or a fifth more if that is
    larger. A ladder that was begun in the last six days has no limit yet, since its first week is
    not over.

    Attributes:
        days: The most days a week of each ladder. A dose that several sessions of a day share
            counts as one day.
        sessions: The most sessions a week of each ladder. Each further round counts as a session;
            both sides together count once.
    """

    days: Mapping[str, int] = field(factory=dict)
    sessions: Mapping[str, int] = field(factory=dict)

    @classmethod
    def of(cls, history: History, on: datetime.date | None, knowledge: Knowledge) -> "WeeklyLimits":
        """Return the weekly limits for a plan.

        Args:
            history: The sessions so far.
            on: The day of the plan; None disregards the sessions.
            knowledge: The knowledge, for the ladder of each exercise.
        """
        rounds = [*_rounds(history, on, knowledge)]
        trained = {ladder for ladder, ago in rounds if ago >= WEEK - 1}
        return cls(
            _once_more(trained, _by_week(set(rounds))), _once_more(trained, _by_week(rounds))
        )


def _once_more(ladders: Iterable[str], counted: Counter[tuple[str, int]]) -> Mapping[str, int]:
    busiest = {
        ladder: max(counted[ladder, week] for week in range(WEEKS_BACK)) for ladder in ladders
    }
    return {ladder: max(most + 1, most * 6 // 5) for ladder, most in busiest.items()}


def days_in_a_week(
    history: History, on: datetime.date | None, knowledge: Knowledge
) -> Mapping[str, int]:
    """Return on how many days each ladder was done in the busier of the last two weeks.

    Args:
        history: The sessions so far.
        on: The day of the plan; None disregards the sessions.
        knowledge: The knowledge, for the ladder of each exercise.
    """
    counted = _by_week(set(_rounds(history, on, knowledge)))
    done = {ladder: max(counted[ladder, 0], counted[ladder, 1]) for ladder, _ in counted}
    return {ladder: times for ladder, times in done.items() if times}


def _by_week(times: Iterable[tuple[str, int]]) -> Counter[tuple[str, int]]:
    """Return how many times each ladder was done in each week before the day of a plan."""
    return Counter((ladder, ago // WEEK) for ladder, ago in times)


def _rounds(
    history: History, on: datetime.date | None, knowledge: Knowledge
) -> Iterator[tuple[str, int]]:
    """Yield a ladder and a number of days ago for each round of the last six weeks.

    The day before the plan is 0 days ago. `_rounds_in` counts the rounds of a session.
    """
    if on is None:
        return
    plans = [event for event in history if isinstance(event, PlanIssued)]
    for session in reversed(history.sessions):
        ago = (on - session.on).days - 1
        if ago >= WEEK * WEEKS_BACK:
            return
        sets: Counter[tuple[str, Side]] = Counter()
        for line in session.lines:
            if line.performed is not None:
                for side in line.side.each:
                    sets[line.performed, side] += 0 if line.done is None else line.done.sets
        in_force = next((plan for plan in reversed(plans) if plan.on <= session.on), None)
        rounds: dict[str, int] = {}
        for (name, _), done in sets.items():
            ladder = knowledge.ladder_of(name).id
            rounds[ladder] = max(rounds.get(ladder, 0), _rounds_in(done, name, in_force, knowledge))
        if ago >= 0:
            yield from ((ladder, ago) for ladder, times in rounds.items() for _ in range(times))


def _rounds_in(sets: int, exercise: str, in_force: PlanIssued | None, knowledge: Knowledge) -> int:
    """Return how many rounds the sets of an exercise in one session are, at least one.

    A round has the sets that the plan in force asked for; without such a plan it has the most sets
    of any dose of the exercise. How the sets are divided into lines does not matter.
    """
    asked = [
        item.dose.sets
        for item in (() if in_force is None else in_force.items)
        if item.exercise == exercise and item.dose is not None
    ]
    ladder, rung = knowledge.ladder_index.rung_of[exercise]
    sets_of_a_round = max(asked or [dose.sets for dose in ladder.rungs[rung].axis])
    return max(1, sets // sets_of_a_round)


def volume_of_last_week(
    history: History, on: datetime.date | None, exercise: str, side: Side
) -> int:
    """Return the volume of an exercise in the seven days before a day, on the side with less.

    Args:
        history: The sessions so far.
        on: The day, which is not one of the seven; None disregards the sessions.
        exercise: The id of the exercise.
        side: The side, or both sides.

    Returns:
        The volume, in repetitions, seconds or steps as the exercise is dosed.
    """
    if on is None:
        return 0
    volumes = dict.fromkeys(side.each, 0)
    for session in reversed(history.sessions):
        if (on - session.on).days > WEEK:
            break
        for line in session.lines:
            if session.on < on and line.performed == exercise and line.done is not None:
                for one_side in volumes:
                    volumes[one_side] += line.done.volume if line.side.meets(one_side) else 0
    return min(volumes.values())


def most_days(
    history: History,
    on: datetime.date | None,
    exercise: str,
    side: Side,
    day_volume: int,
    knowledge: Knowledge,
) -> int:
    """Return the most days a week of a dose, so that a week does not load far more than before.

    The largest of three numbers counts: the days of the last week; one more than the days with at
    least this dose in the busiest of the last six weeks; and the days that keep the volume within a
    fifth more than that of the largest of these weeks. A day with a harder exercise of the same
    ladder counts as a day with this dose. An exercise that was begun in the last six days has no
    limit yet, nor has one that was begun on one side then.

    Args:
        history: The sessions so far.
        on: The day of the plan; None disregards the sessions.
        exercise: The id of the exercise.
        side: The side, or both sides; of two sides the one with less volume counts.
        day_volume: The volume of a day, in repetitions, seconds or steps.
        knowledge: The ladders.
    """
    if on is None:
        return WEEK
    ladder, rung = knowledge.ladder_index.rung_of[exercise]
    harder = {step.exercise for step in ladder.rungs[rung + 1 :]}
    volumes = {part: Counter[int]() for part in side.each}
    for session in reversed(history.sessions):
        ago = (on - session.on).days - 1
        if ago >= WEEK * WEEKS_BACK:
            break
        for line in session.lines:
            is_harder = line.performed in harder
            if ago >= 0 and (line.performed == exercise or is_harder):
                # A line without a dose counts as the dose in question.
                volume = day_volume if is_harder or line.done is None else line.done.volume
                for part in volumes.keys() & set(line.side.each):
                    volumes[part][ago] += volume
    if any(max(by_day, default=0) < WEEK - 1 for by_day in volumes.values()):
        return WEEK
    days = {ago for by_day in volumes.values() for ago in by_day}
    by_day = {ago: min(of_side[ago] for of_side in volumes.values()) for ago in days}
    weeks = [
        [volume for ago, volume in by_day.items() if volume and ago // WEEK == week]
        for week in range(WEEKS_BACK)
    ]
    alike = max(sum(volume >= day_volume for volume in week) for week in weeks)
    largest = max(map(sum, weeks))
    return max(len(weeks[0]), alike + 1, largest * 6 // (5 * max(1, day_volume)))
