"""Laws 16 to 18 over whole lives: one step, the week, and neither stuck nor swinging."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, pairwise

from drawn_people import DAY, KNOWLEDGE, RECOMMENDER, Life, Step
from lived import STEPS_DOWN, Place, assessed, breaches, diligent_breaches

import kineticchain as kc
from kineticchain.domain.anatomy import Side
from kineticchain.domain.person import Event
from kineticchain.progression import advance, begin, standings

# 16


def harder_axes(old: kc.Dose, new: kc.Dose) -> list[str]:
    before = dict(old.amounts())
    return [name for name, value in new.amounts() if value > before.get(name, value)]


def two_steps_at_once(of: Life) -> Iterator[str]:
    """From one day of sessions to the next, with the days between that tell of mornings alone."""
    last = of.last
    by_day: dict[datetime.date, list[Event]] = defaultdict(list)
    for event in last.history:
        by_day[event.on].append(event)
    course = assessed(of, last).replay_context
    state = begin(course)
    before: tuple[kc.Standing, ...] | None = None
    for day in sorted(by_day):
        for event in by_day[day]:
            state = advance(state, event, course)
        after = tuple(standings(state.progress, course, day))
        quiet = all(
            isinstance(one, (kc.SessionLog, kc.MorningAfter, kc.PlanIssued)) for one in by_day[day]
        )
        if before is not None and quiet:
            yield from (f"{day} {told}" for told in steps_up(before, after))
        before = after


def steps_up(before: Iterable[kc.Standing], after: Iterable[kc.Standing]) -> Iterator[str]:
    for old, new in zip(before, after, strict=True):
        if old.rung is None or new.rung is None or new.height <= old.height:
            continue
        allowed = {(old.rung, old.level), (old.rung, old.level + 1), (old.rung + 1, 0)}
        if (new.rung, new.level) not in allowed:
            yield f"{new.ladder} {new.side} {old.height} to {new.height}"
        whole = old.dose_percent == new.dose_percent == 100 and new.rung == old.rung
        protocol = new.reason.id == "protocol_step"
        if whole and not protocol and old.dose and new.dose:
            harder = harder_axes(old.dose, new.dose)
            harder += ["days"] if new.days_a_week > old.days_a_week else []
            if len(harder) > 1:
                yield f"{new.ladder} {new.side} {harder}: {old.dose} to {new.dose}"


def test_in_a_review_one_step_up_is_taken_at_most_and_in_one_dimension() -> None:
    assert breaches(two_steps_at_once) == []
    assert diligent_breaches(two_steps_at_once) == []


# 17


Times = Mapping[tuple[int, int], int]
"""The volume of an exercise by day and session."""


def asked(plan: kc.Plan) -> Mapping[Place, Times]:
    """What a plan asks of each exercise and side, on each of its days in each session."""
    sums: dict[Place, dict[tuple[int, int], int]] = defaultdict(lambda: defaultdict(int))
    for session in plan.sessions:
        for item in session.items:
            for side in KNOWLEDGE.exercises[item.exercise].sides(item.side):
                for day in item.days:
                    sums[item.exercise, side][day, session.number] += item.dose.volume
    return sums


def by_day(times: Times) -> Mapping[int, int]:
    days: dict[int, int] = defaultdict(int)
    for (day, _), volume in times.items():
        days[day] += volume
    return days


def once_more(now: Iterable[int], before: Iterable[Iterable[int]], cycle: int) -> bool:
    """At most once more a week than ever before, with at most a fifth more each time."""
    volumes, earlier = list(now), [list(times) for times in before]
    most = max(-(-len(times) * 7 // cycle) for times in earlier)
    more = -(-len(volumes) * 7 // cycle) <= most + 1
    return more and max(volumes) * 100 <= 120 * max(chain.from_iterable(earlier))


def levels(plan: kc.Plan) -> Mapping[Place, int]:
    """The named dose that a plan asks for; -1 for one without a name.

    Where time cuts a dose to a smaller named one, that one counts.
    """
    cut = {
        item.exercise: item.day_dose or item.dose
        for session in plan.sessions
        for item in session.items
        if item.is_cut
    }
    return {
        (one.exercise, side): named(one, cut.get(one.exercise))
        for one in RECOMMENDER.explain(plan).standings
        if one.exercise is not None
        for side in KNOWLEDGE.exercises[one.exercise].sides(one.side)
    }


def named(standing: kc.Standing, cut: kc.Dose | None) -> int:
    """The number of the named dose that is asked for; -1 for a share of one."""
    if standing.dose_percent < 100:
        return -1
    if cut is None:
        return standing.level
    steps = KNOWLEDGE.ladder_index.steps[standing.exercise or ""]
    return next((level for level, step in enumerate(steps) if step.dose == cut), -1)


def grows_too_fast(of: Life) -> Iterator[str]:
    """Each plan's week against the highest that was planned, and done, in the six weeks before.

    But for a named dose that those weeks did not ask for in full yet; and for one day or one
    session more than in the busiest of these weeks, since with few of them a whole one is more than
    a fifth.
    """
    weeks = [(step, asked(step.plan), levels(step.plan)) for step in of.steps]
    for at, (step, places, level) in enumerate(weeks):
        for place, times in places.items():
            six = [
                (earlier[place], of_level.get(place, -1))
                for other, earlier, of_level in weeks[:at]
                if place in earlier and (step.on - other.on).days <= 42
            ]
            if not six:
                continue
            volume, highest = sum(times.values()), max(sum(one.values()) for one, _ in six)
            named = level.get(place, -1) > max(one for _, one in six)
            cycle = step.plan.cycle_days
            more = once_more(times.values(), [one.values() for one, _ in six], cycle) or once_more(
                by_day(times).values(), [by_day(one).values() for one, _ in six], cycle
            )
            if volume * 100 > highest * 120 and not named and not more:
                yield f"{step.on} {place}: {highest} to {volume} at level {level.get(place)}"


def test_a_week_grows_by_a_fifth_at_most_but_for_named_doses() -> None:
    assert diligent_breaches(grows_too_fast) == []


# 18


def stuck(of: Life) -> Iterator[str]:
    """Good sessions, and for twelve weeks no step, though a reason for staying is missing."""
    recent = of.steps[-12:]
    if len(recent) < 12 or not all(step.plan.items for step in recent):
        return
    standings = [RECOMMENDER.explain(step.plan).standings for step in recent]
    heights_of: dict[tuple[str, kc.Side], set[tuple[int, int, int]]] = {}
    for standing in chain.from_iterable(standings):
        heights_of.setdefault((standing.ladder, standing.side), set()).add(standing.height)
    ends = {(one.ladder, one.side): one for one in standings[-1]}
    for place, end in ends.items():
        heights = heights_of[place]
        in_all = all(
            any(KNOWLEDGE.ladder_of(item.exercise).id == place[0] and item.side.meets(place[1])
                for item in step.plan.items)
            for step in recent
        )  # fmt: skip
        cut = any(item.is_cut for step in recent for item in step.plan.items)
        if not in_all or len(heights) > 1 or end.rung is None or end.maintenance or cut:
            continue
        steps = KNOWLEDGE.ladder_index.steps[end.exercise or ""]
        if end.level < len(steps) - 1 and not is_barred(end.exercise, recent):
            yield f"{place} at {end.height} {end.reason.id}"


def is_barred(exercise: str | None, recent: Iterable[Step]) -> bool:
    """Whether a rule keeps the exercise of a standing out of the plan, and none of it was done."""
    steps = list(recent)
    done = {item.exercise for step in steps for item in step.plan.items}
    return exercise not in done and any(
        omission.reason.rule is not None
        for omission in RECOMMENDER.explain(steps[-1].plan).out(exercise or "")
    )


def test_good_sessions_move_on_until_the_top_of_the_rung() -> None:
    assert diligent_breaches(stuck) == []


def falls_back(of: Life) -> Iterator[str]:
    """Where all goes well no ladder goes down from one plan that holds it to the next.

    But for a break between days that only a plan outside the history explains.
    """
    for before, after in pairwise(of.steps):
        if not (before.plan.items and after.plan.items):
            continue
        asked = {
            (item.exercise, side)
            for item in before.plan.items
            for side in KNOWLEDGE.exercises[item.exercise].sides(item.side)
        }
        for old, new in zip(
            RECOMMENDER.explain(before.plan).standings,
            RECOMMENDER.explain(after.plan).standings,
            strict=True,
        ):
            trained = any(old.exercise == name and old.side.meets(side) for name, side in asked)
            told = any(
                isinstance(event, kc.PlanIssued) and event.on == before.on
                for event in after.history
            )
            unexplained = new.reason.id == "coming_back" and not told
            if trained and new.height < old.height and not unexplained:
                place = f"{new.ladder} {new.side}"
                yield f"{after.on} {place} {old.height} to {new.height} {new.reason.id}"


def swings(of: Life) -> Iterator[str]:
    """The same good sessions never lead down and up three times, pauses aside."""
    turns: dict[tuple[str, Side], int] = defaultdict(int)
    for before, after in pairwise(of.steps):
        held = {KNOWLEDGE.ladder_of(item.exercise).id for item in before.plan.items}
        for old, new in zip(
            RECOMMENDER.explain(before.plan).standings,
            RECOMMENDER.explain(after.plan).standings,
            strict=True,
        ):
            paused = new.ladder not in held and new.reason.id.startswith("gap_")
            turns[new.ladder, new.side] += new.height < old.height and not paused
    yield from (f"{place} went down {often} times" for place, often in turns.items() if often > 2)


def test_good_sessions_never_lead_down_and_up_again_and_again() -> None:
    assert diligent_breaches(swings) == []


def test_good_sessions_never_lead_down() -> None:
    assert diligent_breaches(falls_back) == []


def goes_on_in_pain(of: Life) -> Iterator[str]:
    """Three sessions of the same exercises with pain of 7 lead down, or to a stop."""
    step = next((one for one in of.steps if one.plan.items), None)
    if step is None:
        return
    history, stepped = step.history, set[Place]()
    on = step.on
    places: set[Place] = set()
    for _ in range(3):
        stands = RECOMMENDER.replay(of.person, history, request=step.request, on=on)
        trained = {KNOWLEDGE.ladder_of(item.exercise).id: item.side for item in step.plan.items}
        lines = [
            kc.ExerciseLog(one.exercise, one.side, done=one.dose, pain=7)
            for one in stands
            if one.ladder in trained and one.exercise is not None
        ]
        places |= {
            (one.ladder, one.side) for one in stands if one.ladder in trained and one.exercise
        }
        history = history.with_events(kc.SessionLog(on=on, lines=lines))
        stands = RECOMMENDER.replay(of.person, history, request=step.request, on=on)
        stepped |= {(one.ladder, one.side) for one in stands if one.action in STEPS_DOWN}
        on += 2 * DAY
    if missing := sorted(places - stepped):
        yield f"{step.on} {missing[0]}"


def test_pain_that_stays_above_its_ceiling_leads_down_or_to_a_stop() -> None:
    assert breaches(goes_on_in_pain) == []
