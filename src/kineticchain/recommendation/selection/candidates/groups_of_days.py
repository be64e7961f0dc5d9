"""The groups of days that can contain all days of an exercise."""

from collections.abc import Iterable

from kineticchain.domain.exercises import Exercise
from kineticchain.recommendation.assessment.tissue_loading import days_between
from kineticchain.recommendation.plan.cycle import WEEK, all_days, spread_days
from kineticchain.recommendation.selection.offers.offer import Offer
from kineticchain.recommendation.selection.session_budget import SessionBudget


class GroupsOfDays:
    """The groups of days that can contain all days of an exercise, for the sessions of a budget.

    Many exercises have the same days a week and rest days, so each combination is computed once.
    """

    def __init__(self, budget: SessionBudget) -> None:
        """Start with no combination computed."""
        self.budget = budget
        self.holding: dict[tuple[int, int], tuple[frozenset[int], frozenset[int]]] = {}

    def groups_of(self, offer: Offer) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the groups of longer and of micro-sessions that can contain all days of an offer.

        Both are empty if there is only one group, which contains all days anyway.
        """
        limit = self.budget.often.get(offer.ladder.id, WEEK)
        longer, micro = zip(
            *[
                self._holding(min(limit, pick.exercise.dose.days_a_week.high), pick.exercise)
                for pick in offer.picks
            ],
            strict=True,
        )
        return _common(longer), _common(micro)

    def _holding(self, a_week: int, exercise: Exercise) -> tuple[frozenset[int], frozenset[int]]:
        key = a_week, days_between(exercise)
        if key not in self.holding:
            longer, micro = self.budget.groups
            self.holding[key] = self._indices(longer, *key), self._indices(micro, *key)
        return self.holding[key]

    def _indices(
        self, groups: tuple[tuple[int, ...], ...], a_week: int, rest_days: int
    ) -> frozenset[int]:
        """Return the groups in which an exercise has as many days as in all of them."""
        if len(groups) < 2:  # noqa: PLR2004 - one group holds all days
            return frozenset()
        cycle = self.budget.cycle
        most = a_week * cycle // WEEK

        def possible(days: tuple[int, ...]) -> int:
            return len(spread_days(days, min(most, len(days)), rest_days, cycle))

        possible_in_all = possible(all_days(groups))
        return frozenset(
            index for index, days in enumerate(groups) if possible(days) >= possible_in_all
        )


def _common(groups: Iterable[frozenset[int]]) -> tuple[int, ...]:
    return tuple(sorted(frozenset.intersection(*groups)))
