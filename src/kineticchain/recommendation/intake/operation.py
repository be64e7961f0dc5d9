"""Questions about the place of an operation of which only the time is known, and their answers."""

from collections.abc import Iterator, Mapping

from attrs import evolve

from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.facts import Section, Value
from kineticchain.domain.person import Surgery, SurgeryDone
from kineticchain.domain.person.complaint import MAX_WEEKS
from kineticchain.domain.validators import is_number
from kineticchain.knowledge import Knowledge
from kineticchain.recommendation.intake.question import (
    IntakeQuestion,
    PersonAnswers,
    QuestionKind,
    choice_question,
)
from kineticchain.recommendation.plan.plan_input import PlanInput

WEEKS_AGO = "surgery_weeks_ago"
"""The fact that states how many weeks ago an operation was, but not its place."""

ELSEWHERE = "elsewhere"
"""The answer that no region of the knowledge was operated on; the place stays unknown to rules."""

PLACE_MATTERS_WEEKS = 26
"""The weeks after an operation in which rules depend on its place."""

_REGION, _SIDE, _CLEARED = "surgery.region", "surgery.side", "surgery.cleared"


def is_unplaced_operation(started: PlanInput, facts: Mapping[str, Value | None]) -> bool:
    """Return whether facts state the time of a recent operation, and nothing states its place.

    Args:
        started: The person and the history before the answers.
        facts: The answers by the name of the fact.
    """
    stated = started.person.facts if started.is_first_day else {}
    weeks = facts[WEEKS_AGO] if WEEKS_AGO in facts else stated.get(WEEKS_AGO)
    is_recent = is_number(weeks) and weeks <= PLACE_MATTERS_WEEKS
    placed = (isinstance(event, SurgeryDone) for event in started.history)
    return is_recent and not started.person.surgeries and not any(placed)


def operation_questions(answers: PersonAnswers, knowledge: Knowledge) -> Iterator[IntakeQuestion]:
    """Yield the open questions about an operation: region, side, and clearance.

    Args:
        answers: The answers about the person so far.
        knowledge: The regions and the texts.
    """
    text = knowledge.catalog.text
    if _REGION not in answers:
        regions = {region.value: text(f"region_{region}") for region in knowledge.regions}
        options = {**regions, ELSEWHERE: text("operation_elsewhere")}
        place = choice_question(_REGION, text("question_operation_region"), options)
        yield evolve(place, section=Section.CONDITIONS)
    region = answers.get(_REGION)
    if not isinstance(region, str) or region == ELSEWHERE:
        return
    if _SIDE not in answers and Region(region).paired:
        sides = {side.value: text(f"side_{side}") for side in Side}
        side = choice_question(_SIDE, text("question_operation_side"), sides)
        yield evolve(side, section=Section.CONDITIONS)
    if _CLEARED not in answers:
        cleared = choice_question(_CLEARED, text("question_operation_cleared"), {})
        section, kind = Section.CONDITIONS, QuestionKind.YES_NO
        yield evolve(cleared, section=section, kind=kind, private=False)


def operation_form(knowledge: Knowledge) -> tuple[IntakeQuestion, ...]:
    """Return all questions about an operation, for any region."""
    place, *_ = operation_questions({}, knowledge)
    paired = next(region for region in knowledge.regions if region.paired)
    return place, *operation_questions({_REGION: paired.value}, knowledge)


def surgeries_in(answers: PersonAnswers, facts: Mapping[str, Value | None]) -> tuple[Surgery, ...]:
    """Return the operation with its place; empty without the weeks or a region.

    Args:
        answers: The answers about the person.
        facts: The facts of the person, with the weeks since the operation.
    """
    region, weeks = answers.get(_REGION), facts.get(WEEKS_AGO)
    if not isinstance(region, str) or region == ELSEWHERE or not is_number(weeks):
        return ()
    side = answers.get(_SIDE) if Region(region).paired else None
    cleared = answers.get(_CLEARED)
    return (
        Surgery(
            Region(region),
            side=side if isinstance(side, str) else None,
            weeks_ago=min(int(weeks), MAX_WEEKS),
            cleared=cleared if isinstance(cleared, bool) else None,
        ),
    )
