"""The days of the exercises of a plan."""

from collections.abc import Mapping

from attrs import frozen

from kineticchain.domain.exercises import Dose, Exercise
from kineticchain.domain.person import Request
from kineticchain.recommendation.plan.cycle import WEEK, all_days, cycle_days, day_groups, every_day
from kineticchain.recommendation.plan.plan_input import PlanInput
from kineticchain.recommendation.planning.budget import DayDone
from kineticchain.recommendation.planning.plan_context import PlanContext
from kineticchain.recommendation.planning.schedule.session_days import exercise_days
from kineticchain.recommendation.planning.schedule.weekly_frequency import most_days
from kineticchain.recommendation.selection.offers.prescription import Prescription
from kineticchain.recommendation.selection.offers.selected_offer import SelectedOffer


def groups_in_slot(
    longer: tuple[tuple[int, ...], ...], request: Request, slot: int
) -> tuple[tuple[int, ...], ...]:
    """Return the days of a session in their groups; micro-sessions are on every day.

    Args:
        longer: The groups of days of the sessions that are no micro-sessions.
        request: The days asked for.
        slot: The session, from 0.
    """
    if is_micro(slot, request):
        return day_groups(every_day(request), cycle_days(request))
    return longer


def is_micro(slot: int, request: Request) -> bool:
    """Return whether a session, counted from 0, is a micro-session."""
    return slot >= request.sessions_per_day


@frozen
class PlanDays:
    """The days of the exercises of a plan.

    Attributes:
        context: The assessment and the selection of the plan.
        session_groups: The days with sessions that are no micro-sessions, in their groups.
        before: On how many days each ladder was done in the busier of the last two weeks.
        done: The exercises that were done on the day of the plan.
    """

    context: PlanContext
    session_groups: tuple[tuple[int, ...], ...]
    before: Mapping[str, int]
    done: DayDone

    def groups(self, slot: int) -> tuple[tuple[int, ...], ...]:
        """Return the days of a session in their groups.

        Args:
            slot: The session, from 0.
        """
        return groups_in_slot(self.session_groups, self.context.request, slot)

    def of(
        self, exercise: Exercise, slot: int, group: int | None, starts: int = 1
    ) -> tuple[int, ...]:
        """Return the days that the request, the exercise and its standings allow in a session.

        Args:
            exercise: The exercise.
            slot: The session, from 0.
            group: The group of days; None for all.
            starts: The first day on which the exercise may be done, from 1.
        """
        context, request = self.context, self.context.request
        ladder = context.knowledge.ladder_of(exercise.id)
        standings = [
            standing
            for standing in context.standings_on[ladder.id]
            if standing.exercise == exercise.id
        ]
        groups = self.groups(slot)
        return exercise_days(
            exercise,
            all_days(groups) if group is None else groups[group],
            standings,
            limit=context.day_limits.get(ladder.id, WEEK),
            cycle=cycle_days(request),
            starts=starts,
        )

    @property
    def _states_days(self) -> bool:
        """True for a programme and for a cycle for every other day: their days are stated."""
        return self.context.programme is not None or cycle_days(self.context.request) != WEEK

    def of_a_larger_dose(self, exercise: Exercise, day: Dose, days: int) -> int:
        """Return the most days of a dose; a dose larger than the last one gets no further day.

        In a week a plan raises either the number of days or the dose, never both. This limit does
        not apply to a programme, which states its days, or to a cycle for every other day, which
        always has the same number of days.

        Args:
            exercise: The exercise.
            day: The dose of a day.
            days: The number of days that is allowed without this limit.
        """
        if self._states_days:
            return days
        last_dose = self.context.last_doses.get(exercise.id)
        days_before = self.before.get(self.context.knowledge.ladder_of(exercise.id).id)
        if last_dose is None or days_before is None or day.volume <= last_dose.volume:
            return days
        return min(days, days_before)

    def of_weekly_volume(
        self, prescription: Prescription, day: Dose, plan_input: PlanInput, days: int
    ) -> int:
        """Return the most days of a dose after the volumes of the last weeks; see `most_days`.

        This limit does not apply to a programme or to a cycle for every other day.

        Args:
            prescription: The exercise and its side.
            day: The dose of a day.
            plan_input: The history and the day.
            days: The number of days that is allowed without this limit.
        """
        if self._states_days:
            return days
        most = most_days(
            plan_input.history,
            plan_input.on,
            prescription.exercise.id,
            prescription.side,
            day.volume,
            self.context.knowledge,
        )
        return min(days, most)

    def allow_repeat(self, repeat: SelectedOffer) -> bool:
        """Return whether a repeat and the earlier repeats of its offer keep to the weekly limit."""
        limit = self.context.session_limits.get(repeat.offer.ladder.id)
        if limit is None:
            return True
        repeats_so_far = sum(
            earlier_repeat.offer is repeat.offer and earlier_repeat.session <= repeat.session
            for earlier_repeat in self.context.selection.repeats
        )
        days = min(
            len(self.of(item.exercise, repeat.session, repeat.group)) for item in repeat.items
        )
        return (1 + repeats_so_far) * days * WEEK <= limit * cycle_days(self.context.request)
