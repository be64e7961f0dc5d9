"""Notes on exercises that were left out so that others can grow."""

from collections.abc import Iterator

from kineticchain.recommendation.plan.model import Reason
from kineticchain.recommendation.planning.explainer import Explainer
from kineticchain.recommendation.planning.plan_context import PlanContext
from kineticchain.recommendation.selection.bonuses import MAKES_ROOM


def room_notes(context: PlanContext, explain: Explainer) -> Iterator[Reason]:
    """Yield a note for each exercise that was left out to make room for other exercises.

    Args:
        context: The assessment and the selection of the plan.
        explain: Makes reasons in the language of the knowledge.
    """
    planned = {selected.offer.ladder.id for selected in context.selection.selected}
    left_out = {
        ladder for ladder, code in context.continuity.items() if code == MAKES_ROOM
    } - planned
    if not left_out:
        return
    trained = {
        standing.exercise
        for standing in context.assessment.standings
        if standing.ladder in left_out and standing.exercise is not None
    }
    for exercise in sorted(trained):
        yield explain.plain("made_room", exercise=context.knowledge.title(exercise))
