"""The log folded into standings: a pure function of events, ladders, policy and day."""

import datetime
from collections.abc import Iterable, Mapping
from itertools import groupby

from attrs import evolve, frozen

from kineticchain.anatomy import Region, Side
from kineticchain.exercises import Exercise, Ladder
from kineticchain.facts import Value
from kineticchain.messages import Phrases
from kineticchain.person import (
    Event,
    ExerciseLog,
    History,
    MorningAfter,
    PlanIssued,
    SessionLog,
)
from kineticchain.progression.placement import needs_met, place
from kineticchain.progression.policy import Policy
from kineticchain.progression.review import Terms, is_mastered, review
from kineticchain.progression.standing import Action, Standing
from kineticchain.progression.track import Session, Track


@frozen(kw_only=True)
class Course:
    """What replay goes by, besides the events.

    `facts` are those of the day of the plan: they place a person on each ladder and meet
    its needs. `reach` tells, for each exercise, its regions and their neighbours.
    `pain_ceiling` is the policy's, lowered by rules. `stopped` says that a
    referral stops everything.
    """

    ladders: tuple[Ladder, ...]
    exercises: Mapping[str, Exercise]
    facts: Mapping[str, Value]
    policy: Policy
    phrases: Phrases
    pain_ceiling: int
    reach: Mapping[str, frozenset[Region]]
    stopped: bool = False


def replay(history: History, course: Course, on: datetime.date | None) -> tuple[Standing, ...]:
    """A standing for every ladder and side, as of the day `on`."""
    events = history if on is None else history.until(on)
    tracks = start(course)
    for day, of_day in groupby(events, key=lambda event: event.on):
        tracks = fold_day(tracks, day, tuple(of_day), course)
    return tuple(_standing(track, course, on) for track in _as_of(tracks, course, on))


def start(course: Course) -> tuple[Track, ...]:
    """The tracks of all ladders that are open, before the first event."""
    return tuple(
        Track(ladder=ladder, side=side, rung=rung)
        for ladder in course.ladders
        for side in ladder.sides()
        if (rung := place(ladder, side, course.facts)) is not None
    )


def fold_day(
    tracks: tuple[Track, ...], day: datetime.date, events: Iterable[Event], course: Course
) -> tuple[Track, ...]:
    """The tracks after one day: mornings speak first, then plans, then sessions.

    A review follows the mornings, and another one the sessions; a day without news reviews
    nothing, so that asking where one stands never moves anything.
    """
    events = tuple(events)
    mornings = [event for event in events if isinstance(event, MorningAfter)]
    for morning in mornings:
        tracks = tuple(_hear_morning(track, morning, course) for track in tracks)
    if mornings:
        tracks = _all_reviewed(tracks, day, course)
    for event in events:
        if isinstance(event, PlanIssued):
            tracks = tuple(_take_plan(track, event) for track in tracks)
    sessions = [event for event in events if isinstance(event, SessionLog)]
    for session in sessions:
        tracks = tuple(_take_session(track, session, course) for track in tracks)
    if sessions:
        tracks = _all_reviewed(tracks, day, course)
    return _opened(tracks, course)


def _all_reviewed(
    tracks: tuple[Track, ...], day: datetime.date, course: Course
) -> tuple[Track, ...]:
    return tuple(_reviewed(track, day, tracks, course) for track in tracks)


def _reviewed(track: Track, day: datetime.date, tracks: tuple[Track, ...], course: Course) -> Track:
    """The track after a review, if it has learnt something that day."""
    known = _mastered(tracks, track.side)

    def next_rung_open(one: Track) -> bool:
        with_this = known | {one.at.exercise}
        return needs_met(one.ladder, one.rung + 1, one.side, course.facts, with_this)

    terms = Terms(
        policy=course.policy,
        pain_ceiling=course.pain_ceiling,
        exercises=course.exercises,
        next_rung_open=next_rung_open,
    )
    if track.sessions and is_mastered(track, course.policy):
        track = evolve(track, mastered=track.mastered | {track.at.exercise})
    return review(track, day, terms)


def _hear_morning(track: Track, morning: MorningAfter, course: Course) -> Track:
    """A morning speaks of the latest training day before it, where it touches the region."""
    last = track.last_session
    if last is None or last >= morning.on or not morning.side.meets(track.side):
        return track
    heard = [
        index
        for index, session in enumerate(track.sessions)
        if session.on == last and _works_on(session.exercise, morning.region, course)
    ]
    if not heard:
        return track
    before = [track.sessions[index].morning for index in heard]
    worst = max([morning.change, *(change for change in before if change is not None)])
    sessions = tuple(
        evolve(session, morning=worst) if index in heard else session
        for index, session in enumerate(track.sessions)
    )
    already_bad = any(change is not None and change > 0 for change in before)
    bad_mornings = track.bad_mornings + (not already_bad) if worst > 0 else 0
    return evolve(track, sessions=sessions, bad_mornings=bad_mornings)


def _works_on(exercise: str, region: Region | None, course: Course) -> bool:
    return region is None or region in course.reach[exercise]


def _take_plan(track: Track, plan: PlanIssued) -> Track:
    asked = dict(track.asked)
    for item in plan.items:
        if item.dose is not None and item.side.meets(track.side):
            asked[item.exercise] = item.dose
    return evolve(track, asked=tuple(asked.items()))


def _take_session(track: Track, session: SessionLog, course: Course) -> Track:
    for line in session.lines:
        exercise = line.substituted_by or line.exercise
        rung = track.ladder.index(exercise)
        if rung is None or line.skipped is not None or not line.side.meets(track.side):
            continue
        track = _back_from_break(track, session.on, course)
        track = _add(track, session.on, exercise, rung, line)
    return track


def _add(track: Track, day: datetime.date, exercise: str, rung: int, line: ExerciseLog) -> Track:
    session = Session(
        on=day,
        exercise=exercise,
        asked=track.asked_on(day, exercise),
        log=line,
        current=rung == track.rung,
    )
    return evolve(track, sessions=(*track.sessions, session), last_session=day)


def _back_from_break(track: Track, day: datetime.date, course: Course) -> Track:
    """The step down that a break asks for; nothing after less than a week."""
    if track.last_session is None:
        return track
    policy = course.policy
    missed = (day - track.last_session).days - 1
    if missed >= policy.restart_gap_days:
        placed = place(track.ladder, track.side, course.facts) or 0
        rung = min(placed, max(0, track.rung - 1))
        restarted = track.moved(day, Action.RESTART_BASELINE, "gap_restart", rung=rung, level=0)
        return _ramped(restarted, day, (policy.share_after_restart,))
    if missed >= policy.long_gap_days:
        rung = max(0, track.rung - 1)
        action = Action.REGRESS_VARIANT if track.rung > 0 else Action.REDUCE_DOSE
        level = min(track.level, track.ladder.rungs[rung].top)
        easier = track.moved(day, action, "gap_long", rung=rung, level=level, share=track.share)
        return _ramped(easier, day, policy.after_long_gap)
    if missed >= policy.short_gap_days:
        less = track.moved(
            day,
            Action.REDUCE_DOSE,
            "gap_short",
            rung=track.rung,
            level=track.level,
            share=track.share,
        )
        return _ramped(less, day, policy.after_short_gap)
    return track


def _ramped(track: Track, day: datetime.date, shares: tuple[int, ...]) -> Track:
    return evolve(track, ramp=shares, ramp_from=day, bad_mornings=0)


def _mastered(tracks: Iterable[Track], side: Side) -> frozenset[str]:
    """What the log has mastered so far on a side, over all ladders."""
    return frozenset().union(*(one.mastered for one in tracks if one.side.meets(side)))


def _opened(tracks: tuple[Track, ...], course: Course) -> tuple[Track, ...]:
    """The tracks, with those that what was mastered has opened."""
    there = {(track.ladder.id, track.side) for track in tracks}
    opened = [
        Track(ladder=ladder, side=side, rung=0)
        for ladder in course.ladders
        for side in ladder.sides()
        if (ladder.id, side) not in there
        and needs_met(ladder, 0, side, course.facts, _mastered(tracks, side))
    ]
    return (*tracks, *opened)


def _as_of(
    tracks: tuple[Track, ...], course: Course, on: datetime.date | None
) -> Iterable[Track | tuple[Ladder, Side]]:
    """For every ladder and side its track as of the day, or the pair where it is closed."""
    by_place = {(track.ladder.id, track.side): track for track in tracks}
    for ladder in course.ladders:
        for side in ladder.sides():
            track = by_place.get((ladder.id, side))
            if track is None:
                yield (ladder, side)
            else:
                yield track if on is None else _back_from_break(track, on, course)


def _standing(
    track: Track | tuple[Ladder, Side], course: Course, on: datetime.date | None
) -> Standing:
    if isinstance(track, tuple):
        ladder, side = track
        return Standing(
            ladder=ladder.id,
            side=side,
            action=Action.STOP_AND_REFER if course.stopped else Action.HOLD,
            reason=course.phrases.say("referral_first" if course.stopped else "ladder_closed"),
        )
    return Standing(
        ladder=track.ladder.id,
        side=track.side,
        exercise=track.at.exercise,
        rung=track.rung,
        level=track.level,
        dose=track.dose_on(on),
        share=track.share_on(on),
        action=Action.STOP_AND_REFER if course.stopped else track.action,
        reason=course.phrases.say("referral_first" if course.stopped else track.reason),
        mastered=tuple(sorted(track.mastered)),
    )
