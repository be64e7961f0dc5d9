"""What comes before anything new: what was begun, what is mastered, what is wished for."""

import datetime
from collections.abc import Hashable, Iterable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from attrs import field, frozen

from kineticchain.domain.person import History
from kineticchain.knowledge import Knowledge
from kineticchain.recommendation.assessment.assessment import Assessment

STARTED = "carried_on"
MAINTAINED = "kept_up"
PREREQUISITE = "opens_next"

Continuity: TypeAlias = Mapping[str, str]
"""For each ladder that is carried on the message that says why."""

POINTS: Mapping[str, int] = MappingProxyType({STARTED: 20, MAINTAINED: 20, PREREQUISITE: 50})
"""What carrying on is worth. A design choice: about as much as one region that is wished for."""

STANDING_IN = 20
"""Points for what stands in for something begun: as many as for that."""

PREFERRED = 50
"""Points for what the person would like to do: more than most that speaks for something else."""


@frozen
class SelectionBonus:
    """Further points of exercises, by their ids; those of what is `growing` are for its whole dose.

    What grows has to be done in full before it does; what is kept up may be done in part.
    """

    points: Mapping[str, int] = field(factory=dict)
    growing: Mapping[str, int] = field(factory=dict)

    @property
    def said(self) -> tuple[Hashable, ...]:
        """All of it, as part of a key."""
        return frozenset(self.points.items()), frozenset(self.growing.items())


def selection_bonus(
    continuity: Continuity, substitutes: Iterable[str], prefer: Iterable[str], knowledge: Knowledge
) -> SelectionBonus:
    """The points of what is carried on, of what stands in for it, and of what is preferred."""
    points: dict[str, int] = {}
    growing: dict[str, int] = {}
    for ladder, code in continuity.items():
        for rung in knowledge.ladder_index.by_id[ladder].rungs:
            (points if code == MAINTAINED else growing)[rung.exercise] = POINTS[code]
    for ladder in substitutes:
        for rung in knowledge.ladder_index.by_id[ladder].rungs:
            points[rung.exercise] = points.get(rung.exercise, 0) + STANDING_IN
    for exercise in prefer:
        points[exercise] = points.get(exercise, 0) + PREFERRED
    return SelectionBonus(points, growing)


def continuing_ladders(
    assessment: Assessment, history: History, on: datetime.date | None, knowledge: Knowledge
) -> Continuity:
    """Ladders trained since a break would have meant a new start, those kept up, and openings.

    An opening is a ladder whose mastery the next rung of one that is kept up waits for.
    """
    named = assessment.situation.facts.get("mastered")
    by_word = named if isinstance(named, frozenset) else frozenset()
    kept = {
        one.ladder: MAINTAINED
        for one in assessment.standings
        if one.exercise is not None and (one.exercise in by_word or one.exercise in one.mastered)
    }
    opening = {
        knowledge.ladder_of(name).id: PREREQUISITE
        for one in assessment.standings
        if one.ladder in kept and one.rung is not None
        for name in assessment.pending_prerequisites(one, one.rung + 1)
    }
    if on is None:
        return {**opening, **kept}
    since = on - datetime.timedelta(days=knowledge.policy.restart_gap_days)
    begun = {
        knowledge.ladder_of(line.performed).id: STARTED
        for session in history.sessions
        if since < session.on <= on
        for line in session.lines
        if line.performed is not None
    }
    return {**begun, **opening, **kept}
