"""Bonus points for exercises that were begun, are mastered, or are preferred."""

import datetime
from collections.abc import Container, Iterable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from attrs import field, frozen

from kineticchain.domain.exercises import Kind
from kineticchain.domain.person import History, PlanIssued
from kineticchain.knowledge import Knowledge
from kineticchain.progression import Standing
from kineticchain.recommendation.assessment.assessment import Assessment

CURRENT = "goes_on"
STARTED = "carried_on"
KEPT = "mastered_goes_on"
MAINTAINED = "kept_up"
PREREQUISITE = "opens_next"
OPENING = "goes_on_to_open"
MAKES_ROOM = "makes_room"
STEP_WAITS = "step_waits"

Continuity: TypeAlias = Mapping[str, str]
"""For each continued ladder, the id of the message that gives the reason."""

POINTS: Mapping[str, int] = MappingProxyType(
    {
        CURRENT: 400,
        STARTED: 0,
        KEPT: 120,
        MAINTAINED: 20,
        PREREQUISITE: 190,
        OPENING: 550,
        STEP_WAITS: 400,
        MAKES_ROOM: -1000,
    }
)
"""Points for continuing a ladder at any dose, by reason. They are design choices. A ladder that
still grows gives way only to an exercise that is asked for. A mastered ladder gives way to one that
opens the next step, at its whole dose. `MAINTAINED` counts about as much as a goal region. A ladder
that makes room has negative points. A ladder whose next step waits counts as one that grows."""

GROWING_POINTS: Mapping[str, int] = MappingProxyType({STARTED: 20})
"""Additional points at the whole dose, by reason."""

CUT_POINTS: Mapping[str, int] = MappingProxyType({PREREQUISITE: 40, OPENING: 150})
"""Points that a dose below the whole dose costs, by reason: a dose that is cut for time never opens
the next step. They are more than a maintained ladder is worth, and less than one that grows."""

LESS_POINTS: Mapping[str, int] = MappingProxyType({CURRENT: 380, STEP_WAITS: 380})
"""Points that a dose below the last dose costs, by reason. They are more than the growth of all
other exercises, and less than a ladder that still grows, so that a smaller budget cuts doses before
it drops exercises."""

HELD = 2000
"""Points for exercises on a ladder of the programme or of a pinned exercise: more than all other
points together."""

NO_GROWTH_COST_OF_KIND: Mapping[Kind, int] = MappingProxyType({Kind.BALANCE: 25, Kind.STRENGTH: 6})
"""Points that a new exercise loses if it has no time to grow, by kind: few exercises that grow are
worth more than many that cannot. Balance grows from one exercise to the next, strength more slowly.
"""

NO_GROWTH_COST_OF_CODE: Mapping[str, int] = MappingProxyType(
    {CURRENT: 40, PREREQUISITE: 40, OPENING: 40}
)
"""Points that a continued ladder loses if it has no time to grow, by reason: more than most new
exercises are worth."""

CYCLE = 8
"""Days of the longest cycle of a plan."""

STANDING_IN = 20
"""Points for a substitute of a begun exercise: as many as for the exercise itself."""

PREFERRED = 800
"""Points for an exercise that the person prefers: more than any reason to continue a ladder gives.
"""


@frozen
class SelectionBonus:
    """Bonus points of exercises, by their ids.

    Attributes:
        points: Points at any dose.
        growing: Points at the whole dose, for exercises that progress only after the whole dose is
            done; a smaller dose has its share of them.
        no_growth_cost: Points that an exercise loses without time to grow;
            `NO_GROWTH_COST_OF_KIND` applies if it is more.
        cut: Points that a dose below the whole dose costs.
        less: Points that a dose below the last dose costs.
        preferred: The exercises that are asked for, by preference, programme or pin.
    """

    points: Mapping[str, int] = field(factory=dict)
    growing: Mapping[str, int] = field(factory=dict)
    no_growth_cost: Mapping[str, int] = field(factory=dict)
    cut: Mapping[str, int] = field(factory=dict)
    less: Mapping[str, int] = field(factory=dict)
    preferred: frozenset[str] = frozenset()

    def wanted(self, exercises: Iterable[str]) -> bool:
        """Return whether any of the given exercises is asked for."""
        return not self.preferred.isdisjoint(exercises)


def selection_bonus(
    continuity: Continuity,
    substitutes: Iterable[str],
    prefer: Iterable[str],
    held: Iterable[str],
    knowledge: Knowledge,
) -> SelectionBonus:
    """Return the bonus points of a selection.

    Args:
        continuity: The continued ladders with their reasons.
        substitutes: The ladders that substitute for ladders without their equipment.
        prefer: The ids of preferred exercises.
        held: The ladders of the programme and of pinned exercises.
        knowledge: The ladders.
    """
    points: dict[str, int] = {}
    growing: dict[str, int] = {}
    no_growth_cost: dict[str, int] = {}
    cut: dict[str, int] = {}
    less: dict[str, int] = {}
    for ladder, code in continuity.items():
        for rung in knowledge.ladder_index.by_id[ladder].rungs:
            points[rung.exercise] = POINTS[code]
            if code in GROWING_POINTS:
                growing[rung.exercise] = GROWING_POINTS[code]
            if code in NO_GROWTH_COST_OF_CODE:
                no_growth_cost[rung.exercise] = NO_GROWTH_COST_OF_CODE[code]
            if code in CUT_POINTS:
                cut[rung.exercise] = CUT_POINTS[code]
            if code in LESS_POINTS:
                less[rung.exercise] = LESS_POINTS[code]
    for ladder in substitutes:
        for rung in knowledge.ladder_index.by_id[ladder].rungs:
            points[rung.exercise] = points.get(rung.exercise, 0) + STANDING_IN
    preferred = frozenset(prefer)
    for exercise in preferred:
        points[exercise] = points.get(exercise, 0) + PREFERRED
    for ladder in held:
        for rung in knowledge.ladder_index.by_id[ladder].rungs:
            points[rung.exercise] = points.get(rung.exercise, 0) + HELD
            preferred |= {rung.exercise}
    return SelectionBonus(points, growing, no_growth_cost, cut, less, preferred)


def continuing_ladders(
    assessment: Assessment, history: History, on: datetime.date | None, knowledge: Knowledge
) -> Continuity:
    """Return the ladders that a plan should continue, each with one reason.

    The reasons in order of precedence:

    - Mastery of an exercise of the ladder is a prerequisite of the next rung of a mastered ladder.
    - The ladder was trained in the last cycle, and still grows or is mastered.
    - Its exercise is mastered and is maintained.
    - The ladder was trained less than `restart_gap_days` ago, so that it does not start again.

    Args:
        assessment: The standings, and the exercises that the person says they have mastered.
        history: The sessions so far.
        on: The day of the plan; None disregards the sessions.
        knowledge: The ladders, and `restart_gap_days`.
    """
    stated = assessment.situation.facts.get("mastered")
    stated_mastered = stated if isinstance(stated, frozenset) else frozenset()
    maintained = {
        standing.ladder: MAINTAINED
        for standing in assessment.standings
        if standing.exercise is not None
        and (standing.exercise in stated_mastered or standing.exercise in standing.mastered)
    }
    if on is None:
        return {**_opening(maintained, assessment), **maintained}
    since = on - datetime.timedelta(days=knowledge.policy.restart_gap_days)
    begun = {
        knowledge.ladder_of(line.performed).id: STARTED
        for session in history.sessions
        if since < session.on <= on
        for line in session.lines
        if line.performed is not None
    }
    growing = {
        standing.ladder
        for standing in assessment.standings
        if standing.exercise not in {*stated_mastered, *standing.mastered}
        or _awaited(standing, assessment)
    }
    current = {
        ladder: code if ladder in growing else KEPT
        for ladder, code in _current(assessment, history, since, on).items()
    }
    opening = {
        ladder: OPENING if current.get(ladder) == CURRENT else code
        for ladder, code in _opening(maintained, assessment).items()
    }
    return {**begun, **maintained, **current, **opening}


def still_growing(continuity: Continuity) -> frozenset[str]:
    """Return the continued ladders that still grow, where a cut of the last dose costs points."""
    return frozenset(ladder for ladder, code in continuity.items() if code in LESS_POINTS)


def _opening(ladders: Container[str], assessment: Assessment) -> Continuity:
    """Return the ladders with an exercise that opens the next rung of one of the given ladders."""
    return {
        assessment.knowledge.ladder_of(name).id: PREREQUISITE
        for standing in assessment.standings
        if standing.ladder in ladders
        for name in _awaited(standing, assessment)
    }


def _awaited(standing: Standing, assessment: Assessment) -> tuple[str, ...]:
    """Return the exercises that must be mastered before the rung above a standing opens."""
    if standing.rung is None:
        return ()
    return assessment.pending_prerequisites(standing, standing.rung + 1)


def _current(
    assessment: Assessment, history: History, since: datetime.date, on: datetime.date
) -> Continuity:
    """Return the ladders of the last cycle of training, if it was after the day `since`.

    There are none if a complaint is newer than that cycle or has become much worse since, or if
    another goal is asked for, since the complaint or the goal then comes first. Training under a
    plan for another goal does not count, whether or not a plan for the present goal was issued.
    """
    knowledge = assessment.knowledge
    so_far = [session for session in history.sessions if since < session.on <= on]
    trained = [session.on for session in so_far if session.trained]
    if not trained:
        return {}
    # The plan of the cycle already accounts for complaints stated on its first day. Only later
    # complaints count as new.
    first_day = min(day for day in trained if (trained[-1] - day).days < CYCLE)
    if any(moment[0] > first_day for _, moment in assessment.situation.state.complaints):
        return {}
    issued = [event for event in history if isinstance(event, PlanIssued) and event.on <= on]
    goal = assessment.situation.facts.get("goal")
    in_force = [plan for plan in issued if plan.on <= trained[-1]]
    if goal is not None and in_force and in_force[-1].goal not in {None, goal}:
        return {}
    plans_for_other_goals = [
        number
        for number, plan in enumerate(in_force)
        if goal is not None and plan.goal not in {None, goal}
    ]
    if plans_for_other_goals:  # sessions before the plan that followed were for the other goal
        first_day = max(first_day, in_force[plans_for_other_goals[-1] + 1].on)
    last_done = {
        knowledge.ladder_of(line.performed).id: session.on
        for session in so_far
        if session.on >= first_day
        for line in session.lines
        if line.performed is not None
    }
    left_out = _left_out(assessment, issued[-1], last_done) if issued else frozenset()
    return {ladder: CURRENT for ladder in last_done if ladder not in left_out}


def _left_out(
    assessment: Assessment, plan: PlanIssued, last_done: Mapping[str, datetime.date]
) -> frozenset[str]:
    """Return the ladders that the last plan left out while their dose waited to be done in full.

    These ladders made room, and do not take the time back from ladders that have grown since. A
    ladder that was done again since the last plan is not one of them.
    """
    ladder_of = assessment.knowledge.ladder_of
    planned = {ladder_of(item.exercise).id for item in plan.items}
    waiting = {
        standing.ladder
        for standing in assessment.standings
        if standing.reason.id == "dose_not_reached"
    }
    done_since = {ladder for ladder, day in last_done.items() if day >= plan.on}
    return frozenset(waiting - planned - done_since)
