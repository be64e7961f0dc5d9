"""Why an exercise is left out, with the least change that would let it in."""

from collections.abc import Iterable, Iterator

from attrs import evolve, frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.evidence import Evidence
from kineticchain.domain.facts import FactClass
from kineticchain.errors import Fault, InvalidInput
from kineticchain.knowledge import Knowledge
from kineticchain.recommendation.counterfactual.change import (
    Change,
    PreferExercise,
    SetFact,
    SetMinutes,
    applied,
)
from kineticchain.recommendation.counterfactual.change_text import in_words
from kineticchain.recommendation.counterfactual.earliest_date import EarliestDate, earliest_date
from kineticchain.recommendation.counterfactual.first_plan import WEEKS, arrival
from kineticchain.recommendation.counterfactual.minimal_change import LeastChange, least_change
from kineticchain.recommendation.counterfactual.repair import CLIMBED
from kineticchain.recommendation.plan.model import Reason, Status
from kineticchain.recommendation.plan.plan import Plan, check_plan
from kineticchain.recommendation.plan.plan_input import PlanInput
from kineticchain.recommendation.planning.planner import Planner, assessed, planned

MAX_MINUTES = 240
LONGER = (10, 15, 20, 30, 45, 60, 90)
"""SetMinutes of a session that are tried, besides a few more and those that are surely enough."""


@frozen(kw_only=True)
class WhyNot:
    """Why an exercise, or one of its sides, is left out, and what would let it in.

    `changes` are the fewest changes with which it may be chosen; they were made, and it was. With
    them, and more time or a wish where that is needed, the plan holds it; where even so it
    does not, `is_in` is False. They are empty where none was found or looked for; `never` then
    says that no change of answers, measures, pain or equipment would do. `earliest_date` tells when
    training leads there at the earliest.
    """

    exercise: str
    reasons: tuple[Reason, ...]
    evidence: tuple[Evidence, ...] = ()
    changes: tuple[Change, ...] = ()
    is_in: bool = True
    never: bool = False
    earliest_date: EarliestDate | None = None
    lines: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Readable lines."""
        head = [f"{self.exercise}:", *(f"  - {reason}" for reason in self.reasons)]
        rows = [f"  {row.id} ({row.grade}): {row.statement}" for row in self.evidence]
        return "\n".join([*head, *(f"  - {line}" for line in self.lines), *rows])


def asked_of(plan: Plan) -> PlanInput:
    """What a plan was asked for with.

    Raises `InvalidInput` for one that was read from data, and for what is no plan.
    """
    check_plan(plan, "plan")
    if plan.asked is None:
        remedy = "recommend again: what is stored of a plan leaves the person out"
        raise InvalidInput(Fault("the plan does not tell whom it is for", "plan", remedy))
    return plan.asked


def why_not(planner: Planner, plan: Plan, exercise: str) -> WhyNot:
    """The plan's reasons, and what would let the exercise in."""
    check_plan(plan, "plan")
    answer = plan.why_not(exercise)
    out = tuple(
        dict.fromkeys(
            one.side for one in (*plan.exclusions, *plan.omissions) if one.exercise == exercise
        )
    )
    found = WhyNot(exercise=exercise, reasons=answer.reasons, evidence=answer.evidence)
    if out and plan.status is not Status.REFER:
        found = _WhyNotSearch(planner, plan, asked_of(plan), exercise, out).looked_into(found)
    return evolve(found, lines=tuple(_lines(found, planner.knowledge)))


def _lines(found: WhyNot, knowledge: Knowledge) -> Iterator[str]:
    """What is found, in words; what training does before what answers would."""
    catalog = knowledge.catalog
    if found.earliest_date is not None:
        yield from _of_training(found, found.earliest_date, knowledge)
    if found.changes:
        code = "would_come_in" if found.is_in else "would_be_possible"
        yield catalog.text(code, changes=in_words(found.changes, knowledge, found.exercise))
    if found.never:
        yield catalog.text("never_comes_in")


def _of_training(found: WhyNot, after: EarliestDate, knowledge: Knowledge) -> Iterator[str]:
    say = knowledge.catalog.text
    exercises = "; ".join(knowledge.title(name) for name in after.exercises)
    if after.given:
        given = in_words(after.given, knowledge, found.exercise)
        yield say("given_besides", changes=given)
    yield say("comes_later", sessions=after.sessions, day=after.on.isoformat(), exercises=exercises)
    arrives = after.arrival
    if arrives is None or arrives.changes:
        yield say("arrives_not", weeks=WEEKS)
    if arrives is not None and arrives.changes:
        changes = in_words(arrives.changes, knowledge, found.exercise)
        yield say("arrives_with", changes=changes, day=arrives.on.isoformat())
    elif arrives is not None:
        yield say("arrives", day=arrives.on.isoformat())


@frozen
class _WhyNotSearch:
    """What is asked of one exercise that a plan leaves out."""

    planner: Planner
    plan: Plan
    asked: PlanInput
    exercise: str
    out: tuple[Side, ...]

    def looked_into(self, found: WhyNot) -> WhyNot:
        """What would let it in: answers where something bars it, else more time or a wish."""
        assessment = assessed(self.planner, self.asked)
        feasible = assessment.feasible.by_place
        barred = tuple(side for side in self.out if (self.exercise, side) not in feasible)
        if not barred:
            least: tuple[Change, ...] = ()
            if self.plan.status is Status.ASK_FIRST:
                least = self._least(self.out).changes or ()
            return evolve(found, changes=self.first_that_helps(least))
        change = self._least(barred)
        if change.changes is None:
            after = None if change.never else self.earliest_date(barred)
            return evolve(found, never=change.never, earliest_date=after)
        changes = self.first_that_helps(change.changes)
        return evolve(
            found,
            changes=changes or change.changes,
            is_in=bool(changes),
            earliest_date=self.earliest_date(barred),
        )

    def _least(self, sides: Iterable[Side], but_for: frozenset[str] = frozenset()) -> LeastChange:
        return least_change(self.planner, self.asked, self.exercise, sides, but_for)

    def earliest_date(self, sides: tuple[Side, ...]) -> EarliestDate | None:
        """When training leads there, with what else may come: less pain, equipment, measures.

        None if no training does, if it is avoided, or if it would take another life: nobody
        undoes a fall.
        """
        given = self._least(sides, CLIMBED).changes
        avoided = self.exercise in self.asked.request.avoid
        if avoided or given is None or not all(map(self._may_come, given)):
            return None
        asked = applied(self.asked, given)
        assessment = assessed(self.planner, asked)
        feasible = assessment.feasible.by_place
        at_once = any((self.exercise, side) in feasible for side in sides)
        if at_once or assessment.status is not Status.READY:
            return None
        after = earliest_date(self.planner.knowledge, asked, assessment, self.exercise)
        if after is None:
            return None
        bonus = (*self._left_out(after), self.exercise)
        arrives = arrival(self.planner, asked, self.exercise, sides, bonus)
        return evolve(after, given=given, arrival=arrives).as_soon_as_plans()

    def _may_come(self, change: Change) -> bool:
        if not isinstance(change, SetFact):
            return True
        fact = self.planner.knowledge.vocabulary.type_of(change.fact)
        return fact is not None and fact.fact_class is FactClass.MEASURE

    def _left_out(self, after: EarliestDate) -> Iterator[str]:
        """What is trained on the way, and of whose ladder the plan has nothing."""
        ladder_of = self.planner.knowledge.ladder_of
        planned_ladders = {ladder_of(item.exercise).id for item in self.plan.items}
        return (one for one in after.exercises if ladder_of(one).id not in planned_ladders)

    def first_that_helps(self, least: tuple[Change, ...]) -> tuple[Change, ...]:
        """The first changes with which a plan holds it: the least, more time, a wish, or both."""
        if self.exercise in self.asked.request.avoid:
            return ()
        tried = [least] if least else []
        tried += [(*least, SetMinutes(minutes)) for minutes in self._minutes()]
        wish = PreferExercise(self.exercise)
        tried.append((*least, wish))
        tried += [(*least, SetMinutes(minutes), wish) for minutes in self._minutes()]
        for changes in tried:
            if self._is_in(changes):
                return changes
        return ()

    def _minutes(self) -> Iterator[int]:
        now = self.asked.request.minutes
        little = range(now + 1, now + 6)
        named = (
            value
            for one in self.plan.omissions
            if one.exercise == self.exercise
            for name, value in one.reason.message.args
            if name == "minutes" and isinstance(value, int)
        )
        yield from sorted(
            {minutes for minutes in (*little, *named, *LONGER) if now < minutes <= MAX_MINUTES}
        )

    def _is_in(self, changes: Iterable[Change]) -> bool:
        plan = planned(self.planner, applied(self.asked, changes))
        sides = self.planner.knowledge.exercise(self.exercise).sides
        return any(
            item.exercise == self.exercise and not set(sides(item.side)).isdisjoint(self.out)
            for item in plan.items
        )
