"""The handout: the patient's view of a plan with pictures of its exercises."""

from kineticchain.domain.anatomy import Region
from kineticchain.domain.exercises import Exercise
from kineticchain.domain.messages import MessageCatalog
from kineticchain.domain.validators import require_instance
from kineticchain.knowledge import Knowledge
from kineticchain.recommendation import Plan
from kineticchain.recommendation.plan.view.html_format import sheet_page
from kineticchain.report.figure_picture import figure_svg


def handout(plan: Plan, knowledge: Knowledge, catalog: MessageCatalog | str | None = None) -> str:
    """Return the patient's page with a picture of each exercise that has a figure.

    The page needs no network and no script, and prints on A4. Each picture shows the working
    side, and tints the region that the exercise trains most.

    Args:
        plan: The plan.
        knowledge: The knowledge with the figures.
        catalog: The messages for titles and labels, or a language, as for `Plan.for_patient`.

    Raises:
        InvalidInput: If `plan` is no `Plan`, or `knowledge` is no `Knowledge`.
    """
    require_instance(plan, Plan, "plan", "give what recommend returned")
    require_instance(knowledge, Knowledge, "knowledge", "give `recommender.knowledge`")
    return sheet_page(plan.for_patient(catalog), pictures_of(plan, knowledge))


def pictures_of(plan: Plan, knowledge: Knowledge) -> dict[str, str]:
    """Return SVG pictures by exercise id, for the exercises of a plan that have a figure.

    Args:
        plan: The plan.
        knowledge: The knowledge with the figures.
    """
    return {
        item.exercise: figure_svg(
            knowledge.figures[item.exercise],
            main_region(knowledge.exercises[item.exercise]),
            item.side,
            instead=" ".join(item.steps),
        )
        for item in reversed(plan.items)
        if item.exercise in knowledge.figures and item.exercise in knowledge.exercises
    }


def main_region(exercise: Exercise) -> Region:
    """Return the region that an exercise trains most.

    Args:
        exercise: The exercise.
    """
    return max(exercise.weights, key=lambda weight: weight[1])[0]
