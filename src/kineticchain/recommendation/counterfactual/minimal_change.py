"""The least change that lets an exercise into the feasible set, found and made.

The exclusions of an exercise are lifted one after another, by all changes of answers, measures and
equipment, the fewest first. Each set of changes is made and assessed, so that every result is true.
If each of them ends at an exclusion that no answers lift, no change lets the exercise in.
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
"""Sets of changes that are assessed before the search gives up, unless more are asked for."""

MAX_CHANGES = 6

_Columns: TypeAlias = Mapping[Column, Value]


@frozen(kw_only=True)
class LeastChange:
    """The changes, fewest first found; None where none was.

    `never` says that no change of answers, measures, pain or equipment would do.
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
    """The least change with which an exercise may be chosen on all these sides.

    Bars whose codes are in `but_for` may stay.
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
        """Try sets of changes, the smallest first."""
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
        """The changes less those that are not needed once the others are made."""
        for change in changes:
            fewer = tuple(other for other in changes if other is not change)
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
        """The columns as changes; members of a set come to one answer."""
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
        now = self.asked.person.facts.get(name)
        return set(now) if isinstance(now, frozenset) else set()


def _joined(columns: _Columns, repair: Repair) -> dict[Column, Value] | None:
    """Both together; None where they ask for different values."""
    if any(columns.get(column, value) != value for column, value in repair.items()):
        return None
    return {**columns, **repair}
