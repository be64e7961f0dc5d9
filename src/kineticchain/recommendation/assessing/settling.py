"""What is not begun while something that loads the same tissue has just been stepped down."""

from collections.abc import Iterable

from kineticchain.knowledge import Knowledge
from kineticchain.person import History
from kineticchain.progression import Standing
from kineticchain.recommendation.assessing.bars import Barred
from kineticchain.recommendation.assessing.feasible import FeasibleSet
from kineticchain.recommendation.assessing.tissue import heavy_places


def settled(
    feasible: FeasibleSet, standings: Iterable[Standing], history: History, knowledge: Knowledge
) -> FeasibleSet:
    """The feasible set less what would load heavily, and anew, what was stepped down.

    A step down makes room on its tissue, which another ladder must not take with more.
    """
    stepped = {
        place
        for one in standings
        if one.action.steps_down
        for rung in knowledge.ladderbook.by_id[one.ladder].rungs
        for place in heavy_places(knowledge.exercises[rung.exercise], one.side)
    }
    if not stepped:
        return feasible
    trained = {
        knowledge.ladder_of(line.performed).id
        for session in history.sessions
        for line in session.lines
        if line.performed is not None
    }
    barred = [
        Barred(exercise=one.exercise.id, side=one.side, code="settling")
        for one in feasible.items
        if knowledge.ladder_of(one.exercise.id).id not in trained
        and not stepped.isdisjoint(heavy_places(one.exercise, one.side))
    ]
    return feasible.without(barred) if barred else feasible
