"""Answers to why an exercise is not in a plan, with the least change that would include it."""

from collections.abc import Iterable, Iterator

from attrs import evolve, frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.evidence import Evidence
from kineticchain.domain.facts import FactClass
from kineticchain.knowledge import Knowledge
from kineticchain.recommendation.assessment.assess import assess
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
from kineticchain.recommendation.counterfactual.minimal_change import (
    TRIES,
    LeastChange,
    least_change,
)
from kineticchain.recommendation.counterfactual.repair import LIFTED_BY_TRAINING
from kineticchain.recommendation.explanation.explanation import Explanation
from kineticchain.recommendation.plan.model import Reason, Status
from kineticchain.recommendation.plan.plan_input import PlanInput
from kineticchain.recommendation.planning.planner import (
    Planner,
    plan_input_of,
    planned,
)

MAX_MINUTES = 240

TRIES_OF_DATES = 300
"""Sets of changes to assess before a date is simulated."""

MAX_PLANS = 24
"""Plans that are made to find a change that helps; with it an answer takes at most 50 ms."""

LONGER = (10, 15, 20, 30, 60)
"""Minutes of a session that are tried, besides slightly more and the minutes that reasons name."""


@frozen(kw_only=True)
class WhyNot:
    """The reasons why an exercise is not in a plan, and the changes that would include it.

    Attributes:
        exercise: The id of the exercise.
        reasons: Why it is not in the plan.
        evidence: The rows that the reasons cite.
        changes: The fewest changes with which the exercise is feasible, verified by an assessment.
            They include more time or a preference if a plan needs these to contain the exercise.
            Empty if no changes were found, and for a plan that was read from JSON.
        is_in: False if the exercise is feasible with the changes, but no plan contains it.
        never: True if no change of answers, measures, pain or equipment makes it feasible.
        lines: The changes in words.
    """

    exercise: str
    reasons: tuple[Reason, ...]
    evidence: tuple[Evidence, ...] = ()
    changes: tuple[Change, ...] = ()
    is_in: bool = True
    never: bool = False
    lines: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Readable lines."""
        head = [f"{self.exercise}:", *(f"  - {reason}" for reason in self.reasons)]
        rows = [f"  {row.id} ({row.grade}): {row.statement}" for row in self.evidence]
        return "\n".join([*head, *(f"  - {line}" for line in self.lines), *rows])


def why_not(
    planner: Planner, explanation: Explanation, exercise: str, tries: int = TRIES
) -> WhyNot:
    """Return the reasons, and changes that would include it; see `Recommender.why_not`."""
    reasons = explanation.why_not(exercise)
    answer = WhyNot(exercise=exercise, reasons=reasons.reasons, evidence=reasons.evidence)
    plan = explanation.plan
    may_change = plan.made_from is not None and plan.status is not Status.REFER
    if may_change and _sides(explanation, exercise):
        answer = _WhyNotSearch.of(planner, explanation, exercise, tries).search(answer)
    return evolve(answer, lines=tuple(_lines(answer, planner.knowledge)))


def when(planner: Planner, explanation: Explanation, exercise: str) -> EarliestDate | None:
    """Return when training leads to an exercise; see `Recommender.when`."""
    explanation.why_not(exercise)  # called for its errors
    search = _WhyNotSearch.of(planner, explanation, exercise, TRIES_OF_DATES)
    if not search.out or not explanation.plan.status.selects:
        return None
    closed = search.closed_sides
    return search.earliest_date(closed) if closed else None


def _sides(explanation: Explanation, exercise: str) -> tuple[Side, ...]:
    """Return the sides on which the plan omits an exercise."""
    return tuple(dict.fromkeys(omission.side for omission in explanation.out(exercise)))


def _lines(answer: WhyNot, knowledge: Knowledge) -> Iterator[str]:
    """Yield the changes that would include the exercise, in words."""
    text = knowledge.catalog.text
    if answer.changes:
        code = "would_come_in" if answer.is_in else "would_be_possible"
        yield text(code, changes=in_words(answer.changes, knowledge, answer.exercise))
    if answer.never:
        yield text("never_comes_in")


def date_lines(date: EarliestDate, exercise: str, knowledge: Knowledge) -> Iterator[str]:
    """Yield the date on which training leads to an exercise, and the changes needed, in words."""
    text = knowledge.catalog.text
    exercises = "; ".join(knowledge.title(name) for name in date.exercises)
    if date.given:
        yield text("given_besides", changes=in_words(date.given, knowledge, exercise))
    yield text("comes_later", sessions=date.sessions, day=date.on.isoformat(), exercises=exercises)
    first_plan = date.arrival
    if first_plan is None or first_plan.changes:
        yield text("arrives_not", weeks=WEEKS)
    if first_plan is not None and first_plan.changes:
        changes = in_words(first_plan.changes, knowledge, exercise)
        yield text("arrives_with", changes=changes, day=first_plan.on.isoformat())
    elif first_plan is not None:
        yield text("arrives", day=first_plan.on.isoformat())


@frozen
class _WhyNotSearch:
    """The search for changes that would include one exercise in a plan.

    Attributes:
        planner: Assesses people and makes plans.
        explanation: The explanation of the plan.
        plan_input: The input of the plan.
        exercise: The id of the exercise.
        out: The sides on which the plan omits the exercise.
        tries: Sets of changes to assess.
    """

    planner: Planner
    explanation: Explanation
    plan_input: PlanInput
    exercise: str
    out: tuple[Side, ...]
    tries: int

    @classmethod
    def of(
        cls, planner: Planner, explanation: Explanation, exercise: str, tries: int
    ) -> "_WhyNotSearch":
        """Return a search. Raises `InvalidInput` for a plan that was read from JSON."""
        plan_input = plan_input_of(explanation.plan)
        out = _sides(explanation, exercise)
        return cls(planner, explanation, plan_input, exercise, out, tries)

    @property
    def closed_sides(self) -> tuple[Side, ...]:
        """The omitted sides on which the exercise is infeasible."""
        feasible = self.explanation.context.feasible.by_key
        return tuple(side for side in self.out if (self.exercise, side) not in feasible)

    def search(self, answer: WhyNot) -> WhyNot:
        """Return the answer with the changes that would include the exercise.

        If it is infeasible, they make it feasible first. Otherwise they are more time or a
        preference.
        """
        closed = self.closed_sides
        if not closed:
            least: tuple[Change, ...] = ()
            if self.explanation.plan.status is Status.ASK_FIRST:
                least = self._least(self.out).changes or ()
            return evolve(answer, changes=self.first_that_helps(least))
        change = self._least(closed)
        if change.changes is None:
            return evolve(answer, never=change.never)
        changes = self.first_that_helps(change.changes)
        return evolve(answer, changes=changes or change.changes, is_in=bool(changes))

    def _least(self, sides: Iterable[Side], but_for: frozenset[str] = frozenset()) -> LeastChange:
        return least_change(
            self.planner.knowledge, self.plan_input, self.exercise, sides, but_for, self.tries
        )

    def earliest_date(self, sides: tuple[Side, ...]) -> EarliestDate | None:
        """Return the earliest date on which training makes the exercise feasible.

        The other changes that it needs, such as less pain or equipment, are taken as made. None if
        training does not lead to it, if the request avoids the exercise, or if it needs a fact that
        nothing changes, such as a past fall.
        """
        given = self._least(sides, LIFTED_BY_TRAINING).changes
        avoided = self.exercise in self.plan_input.request.avoid
        if avoided or given is None or not all(map(self._may_come, given)):
            return None
        changed = applied(self.plan_input, given)
        assessment = assess(changed, self.planner.knowledge)
        feasible = assessment.feasible.by_key
        at_once = any((self.exercise, side) in feasible for side in sides)
        if at_once or assessment.status is not Status.READY:
            return None
        date = earliest_date(self.planner.knowledge, changed, assessment, self.exercise)
        if date is None:
            return None
        wishes = (*self._unplanned(date), self.exercise)
        first_plan = arrival(self.planner, changed, self.exercise, sides, wishes)
        date = evolve(date, given=given, arrival=first_plan).capped_by_first_plan()
        lines = tuple(date_lines(date, self.exercise, self.planner.knowledge))
        return evolve(date, lines=lines)

    def _may_come(self, change: Change) -> bool:
        if not isinstance(change, SetFact):
            return True
        fact = self.planner.knowledge.vocabulary.type_of(change.fact)
        return fact is not None and fact.fact_class is FactClass.MEASURE

    def _unplanned(self, date: EarliestDate) -> Iterator[str]:
        """Return the exercises on the way whose ladders are not in the plan."""
        ladder_of = self.planner.knowledge.ladder_of
        planned_ladders = {ladder_of(item.exercise).id for item in self.explanation.plan.items}
        return (
            exercise for exercise in date.exercises if ladder_of(exercise).id not in planned_ladders
        )

    def first_that_helps(self, least: tuple[Change, ...]) -> tuple[Change, ...]:
        """Return the first changes with which a plan contains the exercise.

        They are the given changes, alone or with more time, a preference, or both.
        """
        if self.exercise in self.plan_input.request.avoid:
            return ()
        tried = [least] if least else []
        tried += [(*least, SetMinutes(minutes)) for minutes in self._minutes()]
        wish = PreferExercise(self.exercise)
        tried.append((*least, wish))
        tried += [(*least, SetMinutes(minutes), wish) for minutes in self._minutes()]
        for changes in tried[:MAX_PLANS]:
            if self._is_in(changes):
                return changes
        return ()

    def _minutes(self) -> Iterator[int]:
        requested = self.plan_input.request.minutes
        slightly_more = range(requested + 1, requested + 6)
        named_minutes = (
            value
            for omission in self.explanation.out(self.exercise)
            for name, value in omission.reason.message.args
            if name == "minutes" and isinstance(value, int)
        )
        yield from sorted(
            {
                minutes
                for minutes in (*slightly_more, *named_minutes, *LONGER)
                if requested < minutes <= MAX_MINUTES
            }
        )

    def _is_in(self, changes: Iterable[Change]) -> bool:
        plan = planned(self.planner, applied(self.plan_input, changes))
        sides = self.planner.knowledge.exercise(self.exercise).sides
        return any(
            item.exercise == self.exercise and not set(sides(item.side)).isdisjoint(self.out)
            for item in plan.items
        )
