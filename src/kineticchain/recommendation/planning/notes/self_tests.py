"""Self-tests for measures that the next rung of a ladder needs and that nobody has stated."""

from collections.abc import Iterable, Iterator

from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import Exercise, Ladder
from kineticchain.domain.facts import FactClass, FactType, evaluate
from kineticchain.domain.facts.condition import names_in
from kineticchain.domain.facts.fact_values import stem
from kineticchain.recommendation.plan.model import SelfTest, Session
from kineticchain.recommendation.planning.plan_context import PlanContext
from kineticchain.recommendation.selection.offers.offer import LEAST_TARGET_WEIGHT
from kineticchain.rules.model.exercise_index import ExerciseSide

MOST = 2
"""The most tests that a plan offers: each takes a few minutes. A design choice."""


def self_tests(context: PlanContext, sessions: Iterable[Session]) -> tuple[SelfTest, ...]:
    """Return the tests whose results could open a next step, for planned ladders first.

    A test is offered only if nothing else closes the step, and if no region that its exercise
    trains has a complaint, an injury or an operation that makes a test of strength or balance
    unwise.

    Args:
        context: The context of the plan; its selection is ignored.
        sessions: The sessions of the plan.
    """
    planned = {
        context.knowledge.ladder_of(item.exercise).id
        for session in sessions
        for item in session.items
    }
    if not planned:
        return ()
    closed = {standing.ladder for standing in context.assessment.standings if standing.rung is None}
    ladders = [ladder for ladder in context.knowledge.ladders if ladder.id in planned | closed]
    ladders.sort(key=lambda ladder: ladder.id not in planned)
    translated = context.knowledge.catalog.translated
    tests: dict[str, SelfTest] = {}
    for ladder in ladders:
        for exercise, fact in _awaited(ladder, context, is_planned=ladder.id in planned):
            title = context.knowledge.title(exercise.id)
            question, how = translated(fact.question), translated(fact.help)
            tests.setdefault(fact.id, SelfTest(id=fact.id, question=question, how=how, opens=title))
        if len(tests) >= MOST:
            break
    return tuple(tests.values())[:MOST]


def _awaited(
    ladder: Ladder, context: PlanContext, *, is_planned: bool
) -> Iterator[tuple[Exercise, FactType]]:
    """Yield each unknown measure that keeps a next rung closed, with the exercise of the rung.

    Rungs that are also closed for another reason are skipped.
    """
    for standing in context.standings_on[ladder.id]:
        rung = 0 if standing.rung is None else standing.rung + 1
        if rung >= len(ladder.rungs) or not (is_planned or standing.rung is None):
            continue
        exercise = context.knowledge.exercises[ladder.rungs[rung].exercise]
        if not is_planned and not _serves_target(exercise, standing.side, context):
            continue
        if context.assessment.report.reasons(ExerciseSide(exercise.id, standing.side)):
            continue
        if not _is_spared(exercise, standing.side, context):
            for fact in _unknown_measures(ladder, rung, standing.side, context):
                yield exercise, fact


def _serves_target(exercise: Exercise, side: Side, context: PlanContext) -> bool:
    """Return whether a target region is among the regions that an exercise mainly trains."""
    return any(
        weight >= LEAST_TARGET_WEIGHT
        and any(
            (region, target_side) in context.targets.points
            for target_side in (Side.BOTH, *side.each)
        )
        for region, weight in exercise.weights
    )


def _is_spared(exercise: Exercise, side: Side, context: PlanContext) -> bool:
    """Return whether a region of the exercise hurts or was injured or operated on."""
    safe = context.knowledge.policy.pain_safe
    for binding in context.assessment.situation.all_bindings:
        pain = binding.values.get("here.pain")
        hurts = not isinstance(pain, int | float) or pain > safe
        if hurts and binding.region in exercise.regions and binding.side.meets(side):
            return True
    return False


def _unknown_measures(
    ladder: Ladder, rung: int, side: Side, context: PlanContext
) -> Iterator[FactType]:
    """Yield the measures without a value that decide whether a rung is open."""
    needs = ladder.rungs[rung].needs
    replay = context.assessment.replay_context
    facts = {**replay.facts, "mastered": replay.mastered_by_word}
    if needs is None or all(evaluate(needs, facts, one_side) is not None for one_side in side.each):
        return
    stated_facts = {stem(name) for name in facts}
    for name in sorted(names_in(needs)):
        fact = context.knowledge.vocabulary.type_of(name)
        is_measure = fact is not None and fact.fact_class is FactClass.MEASURE
        if fact is not None and is_measure and fact.help and fact.id not in stated_facts:
            yield fact
