"""The least change of answers, measures, pain and equipment that makes an exercise feasible.

The exclusions of an exercise are removed one after another by changes; the smallest sets of changes
are tried first. Each set is applied and assessed, so that every result is verified. If every set
ends at an exclusion that no change removes, no change makes the exercise feasible.
"""

from collections.abc import Iterable, Mapping
from heapq import heappop, heappush
from itertools import count
from typing import TypeAlias

from attrs import field, frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.facts import Value
from kineticchain.domain.facts.normal_form import Column
from kineticchain.knowledge import Knowledge
from kineticchain.recommendation.assessment.assess import assess
from kineticchain.recommendation.assessment.assessment import Assessment
from kineticchain.recommendation.assessment.infeasibility import Infeasibility
from kineticchain.recommendation.counterfactual.change import (
    Change,
    ClearScreening,
    SetEquipment,
    SetFact,
    SetPain,
    applied,
)
from kineticchain.recommendation.counterfactual.pain_repair import PAIN, place_of
from kineticchain.recommendation.counterfactual.repair import Repair, RepairFinder
from kineticchain.recommendation.plan.plan_input import PlanInput
from kineticchain.rules.model.exercise_index import ExerciseSide

TRIES = 40
"""The default number of sets of changes that are assessed before the search gives up."""

MAX_CHANGES = 6

_Columns: TypeAlias = Mapping[Column, Value]


@frozen(kw_only=True)
class LeastChange:
    """The fewest changes that were found; `changes` is None if none were found.

    `never` is true if no change of answers, measures, pain or equipment makes the exercise
    feasible.
    """

    changes: tuple[Change, ...] | None = None
    never: bool = False


def least_change(
    knowledge: Knowledge,
    asked: PlanInput,
    exercise: str,
    sides: Iterable[Side],
    but_for: frozenset[str] = frozenset(),
    tries: int = TRIES,
) -> LeastChange:
    """Return the least change with which an exercise is feasible on all given sides.

    Exclusions whose codes are in `but_for` may stay.
    """
    search = _ChangeSearch(knowledge, asked, exercise, tuple(sides), but_for, tries)
    result = search.run()
    if result.changes is None:
        return result
    return LeastChange(changes=search.without_needless(result.changes))


@frozen
class _ChangeSearch:
    """One search; `finder` finds the repairs."""

    knowledge: Knowledge
    asked: PlanInput
    exercise: str
    sides: tuple[Side, ...]
    but_for: frozenset[str]
    tries: int
    finder: RepairFinder = field(init=False)

    @finder.default
    def _finder(self) -> RepairFinder:
        return RepairFinder(self.knowledge)

    def run(self) -> LeastChange:
        """Return the first set of changes without exclusions; the smallest sets are tried first."""
        order = count()
        queue: list[tuple[int, int, bool, _Columns]] = [(0, next(order), False, {})]
        if not self.asked.person.screening.everything:
            heappush(queue, (1, next(order), True, {}))
        seen: set[tuple[bool, frozenset[tuple[Column, Value]]]] = set()
        complete = True
        for _ in range(self.tries):
            if not queue:
                return LeastChange(never=complete)
            _, _, clear, columns = heappop(queue)
            changes = self._changes(clear, columns)
            assessment = self._assessed(changes)
            exclusions = self._exclusions(assessment)
            if not exclusions:
                return LeastChange(changes=changes)
            options = [self.finder.repairs(exclusion, assessment) for exclusion in exclusions]
            fewest = min(options, key=lambda option: (len(option.repairs), not option.complete))
            complete = complete and fewest.complete
            for repair in fewest.repairs:
                joined = _joined(columns, repair)
                if joined is None or len(joined) > MAX_CHANGES:
                    complete = complete and joined is None
                    continue
                key = (clear, frozenset(joined.items()))
                if key not in seen:
                    seen.add(key)
                    heappush(queue, (len(joined) + clear, next(order), clear, joined))
        return LeastChange()

    def without_needless(self, changes: tuple[Change, ...]) -> tuple[Change, ...]:
        """Return the changes without any change that the other changes make unnecessary."""
        for change in changes:
            fewer = tuple(
                remaining_change for remaining_change in changes if remaining_change is not change
            )
            if not self._exclusions(self._assessed(fewer)):
                return self.without_needless(fewer)
        return changes

    def _assessed(self, changes: Iterable[Change]) -> Assessment:
        return assess(applied(self.asked, changes), self.knowledge)

    def _exclusions(self, assessment: Assessment) -> tuple[Infeasibility, ...]:
        """Return the reasons why the exercise is infeasible, without the codes that may stay."""
        sides = assessment.knowledge.exercise(self.exercise).sides()
        return tuple(
            reason
            for side in sides
            if side in self.sides
            for reason in assessment.feasible.reasons(ExerciseSide(self.exercise, side))
            if reason.code not in self.but_for
        )

    def _changes(self, clear: bool, columns: _Columns) -> tuple[Change, ...]:  # noqa: FBT001
        """Return columns as changes; the members of a set become one answer."""
        changes: list[Change] = [ClearScreening()] if clear else []
        sets: dict[str, set[str]] = {}
        for (name, member), value in columns.items():
            if name == "equipment" and member is not None:
                changes.append(SetEquipment(member, there=value is True))
            elif name == PAIN and member is not None:
                region, side = place_of(member)
                changes.append(SetPain(region, side, int(value) if isinstance(value, int) else 0))
            elif member is None:
                changes.append(SetFact(name, value))
            else:
                words = sets.setdefault(name, self._words(name))
                (words.add if value is True else words.discard)(member)
        return (*changes, *(SetFact(name, frozenset(words)) for name, words in sets.items()))

    def _words(self, name: str) -> set[str]:
        current = self.asked.person.facts.get(name)
        return set(current) if isinstance(current, frozenset) else set()


def _joined(columns: _Columns, repair: Repair) -> dict[Column, Value] | None:
    """Return columns together with a repair; None if they need different values."""
    if any(columns.get(column, value) != value for column, value in repair.items()):
        return None
    return {**columns, **repair}
