"""Validation of cases against the knowledge in use."""

from collections.abc import Iterable, Iterator

from kineticchain.domain.facts import Vocabulary, parse_condition
from kineticchain.domain.facts.type_check import condition_faults
from kineticchain.domain.validators import unknown_word_fault
from kineticchain.errors import Fault, InvalidCondition, InvalidInput
from kineticchain.knowledge import Knowledge
from kineticchain.progression import Action
from kineticchain.recommendation import Status
from kineticchain.recommendation.assessment.input_validation import FIRST_YEAR, LAST_YEAR
from kineticchain.testing.cases.case import Case, Expectation, Future


def check_case(case: Case, knowledge: Knowledge) -> None:
    """Check that all ids, words and bounds of a case are valid.

    Args:
        case: the case.
        knowledge: the knowledge in use.

    Raises:
        InvalidInput: with all faults, if the case is invalid.

    """
    if not FIRST_YEAR <= case.on.year <= LAST_YEAR:
        raise InvalidInput(Fault("outside of the years that plans are made for", "on"))
    faults = [*_of_expectation(case.expect, knowledge)]
    for index, future in enumerate(case.progress):
        faults += (fault.under(f"progress[{index}].") for fault in _of_future(future, knowledge))
    if faults:
        raise InvalidInput(*faults)


def _of_expectation(expect: Expectation, knowledge: Knowledge) -> Iterator[Fault]:
    exercises = (
        *(name for names in expect.include_any for name in names),
        *(name for names in expect.include_on.values() for name in names),
        *expect.exclude,
    )
    yield from _unknown("an exercise", exercises, knowledge.exercises, "expect")
    yield from _unknown("a status", [expect.status], list(Status), "expect.status")
    rows = (*expect.rows_any, *expect.evidence)
    yield from _unknown("a row of evidence", rows, knowledge.evidence, "expect")
    yield from _unknown("a conflict", expect.conflicts, knowledge.conflicts, "expect.conflicts")
    messages = (*expect.whom, *expect.precautions, *expect.advice)
    yield from _unknown("a message", messages, knowledge.catalog.ids, "expect")
    conditions = (
        *expect.exclude_where,
        *(text for texts in expect.exclude_on.values() for text in texts),
    )
    about = Vocabulary(knowledge.exercise_attributes)
    for text in conditions:
        try:
            faults = condition_faults(parse_condition(text), about)
        except InvalidCondition as error:
            faults = list(error.faults)
        yield from (fault.under("expect.exclude_where: ") for fault in faults)
    for name in ("hold_s", "roll_s", "stretch_hold_s", "strength_days"):
        bounds = getattr(expect, name)
        if bounds and len(bounds) != len(("low", "high")):
            yield Fault("not two bounds", f"expect.{name}", "write [10, 15]")


def _of_future(future: Future, knowledge: Knowledge) -> Iterator[Fault]:
    exercises = (*future.next_any, *future.next_not, *future.mastered)
    yield from _unknown("an exercise", exercises, knowledge.exercises, "next_any")
    ladders = [] if future.ladder is None else [future.ladder]
    yield from _unknown("a ladder", ladders, knowledge.ladder_index.by_id, "ladder")
    actions = (*future.action_in, *future.action_not)
    yield from _unknown("an action", actions, list(Action), "action_in")
    statuses = [] if future.status is None else [future.status]
    yield from _unknown("a status", statuses, list(Status), "status")
    yield from _unknown("a message", future.advice, knowledge.catalog.ids, "advice")
    if future.dose_percent and len(future.dose_percent) != len(("low", "high")):
        yield Fault("not two bounds", "dose_percent", "write [40, 70]")
    if (future.sessions or future.planned) and not future.weeks:
        yield Fault("sessions without weeks", "weeks", "say over how many weeks they are spread")


def _unknown(what: str, names: Iterable[str], valid: Iterable[str], where: str) -> Iterator[Fault]:
    """Yield a fault for each name that is not valid."""
    options = sorted(valid)
    for name in names:
        if name not in options:
            yield unknown_word_fault(what, name, options, where=where)
