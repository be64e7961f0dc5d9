"""The recommender: the public interface to plans, forecasts and explanations."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from attrs import field, frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.memo import Memo
from kineticchain.domain.person import History, Person, Request
from kineticchain.domain.validators import instance, repr_short
from kineticchain.errors import Fault, InvalidInput, UnknownName, likely
from kineticchain.knowledge import Knowledge
from kineticchain.progression import Standing
from kineticchain.recommendation.assessment.assess import assess, situation_of
from kineticchain.recommendation.assessment.assessment import Assessment
from kineticchain.recommendation.assessment.current_ids import skipped_ids
from kineticchain.recommendation.assessment.input_validation import check_known_ids, check_types
from kineticchain.recommendation.plan.model import Item, Question
from kineticchain.recommendation.plan.plan import Plan, check_plan
from kineticchain.recommendation.plan.plan_input import PlanInput
from kineticchain.recommendation.plan_making import current_input, plan_and_assessment
from kineticchain.recommendation.planning.plan_context import PlanContext
from kineticchain.recommendation.planning.planner import plan_input_of, planned
from kineticchain.recommendation.selection.offers.ladder_offers import OfferKey
from kineticchain.recommendation.selection.offers.offer import Offer
from kineticchain.record import Situation
from kineticchain.rules import Rule

if TYPE_CHECKING:  # loaded on first use: a plan does not need them
    from concurrent.futures import Executor

    from kineticchain.recommendation.batch import Failed, PlanRequest
    from kineticchain.recommendation.counterfactual.change import Change
    from kineticchain.recommendation.counterfactual.earliest_date import EarliestDate
    from kineticchain.recommendation.counterfactual.why_not import WhyNot
    from kineticchain.recommendation.explanation.diff import Comparison
    from kineticchain.recommendation.explanation.explanation import Explanation
    from kineticchain.recommendation.explanation.model import Why
    from kineticchain.recommendation.explanation.week_turn import WeekTurn
    from kineticchain.recommendation.forecast.outlook import OutcomeForecast
    from kineticchain.recommendation.forecast.simulation import Outcomes, SimulatedCourse
    from kineticchain.recommendation.intake.intake import Intake
    from kineticchain.recommendation.intake.saved import SavedIntake
    from kineticchain.recommendation.programmes import ProgrammeFit
    from kineticchain.rules.explanation import RuleExplanation


@frozen
class Recommender:
    """A recommender for one knowledge: makes plans, and explains them.

    It changes only its caches, and can be shared between threads.

    Attributes:
        knowledge: Exercises, ladders, rules and evidence.
    """

    knowledge: Knowledge = field(
        validator=instance(Knowledge, "give Knowledge.builtin(), with packs if there are some")
    )
    _offers: Memo[OfferKey, Offer] = field(factory=Memo, init=False, eq=False, repr=False)

    def recommend(
        self,
        person: Person,
        history: History | None = None,
        *,
        request: Request | None = None,
        on: datetime.date | None = None,
    ) -> Plan:
        """Return a plan for a person.

        Args:
            person: The person.
            history: The sessions, findings and other events so far; none by default.
            request: The time, days and goal asked for; ten minutes by default.
            on: The day of the plan; required only with a history.

        Raises:
            InvalidInput: If the person, the request or the history contains an id or a value that
                the knowledge does not allow. The error lists all faults.
        """
        return self.plan_after(PlanInput(person, history or History(), request or Request(), on))[0]

    def plan_after(
        self, plan_input: PlanInput, before: Assessment | None = None
    ) -> tuple[Plan, Assessment]:
        """Return a plan and its assessment, which saves the next plan most of the replay.

        This method is meant for many plans of one person whose history grows, as in a simulation.
        Pass each assessment to the next call. The plans equal those of `recommend`.

        Args:
            plan_input: The person, the history, the request and the day.
            before: The assessment of an earlier plan of the person. It saves time and does not
                change the plan.

        Raises:
            InvalidInput: As `recommend` does.
        """
        return plan_and_assessment(plan_input, self.knowledge, self._offers, before)

    def check(self, person: Person, history: History | None = None) -> tuple[str, ...]:
        """Return the ids in stored data that this knowledge lacks or has renamed.

        Former ids are replaced and lines of the log with unknown exercises are skipped, so that a
        plan can be made. Other unknown ids make `recommend` fail.

        Args:
            person: The person as stored.
            history: The events as stored.

        Returns:
            A sentence for each id, with its location: the position and the day of an event.

        Raises:
            InvalidInput: If `person` is no person, or `history` no history.
        """
        events = History() if history is None else history
        check_types(person, Request(), events, None)
        notes = skipped_ids(person, events, self.knowledge)
        plan_input = self._plan_input(person, events, None, None)
        try:
            check_known_ids(plan_input.person, plan_input.history, self.knowledge)
        except InvalidInput as error:
            notes += tuple(str(fault) for fault in error.faults)
        return notes

    def _plan_input(
        self,
        person: Person,
        history: History | None,
        request: Request | None,
        on: datetime.date | None,
    ) -> PlanInput:
        stated = PlanInput(person, history or History(), request or Request(), on)
        return current_input(stated, self.knowledge)

    def assess(
        self,
        person: Person,
        history: History | None = None,
        *,
        request: Request | None = None,
        on: datetime.date | None = None,
    ) -> Assessment:
        """Return facts, decision, standings and the feasible set, without a selection."""
        return assess(self._plan_input(person, history, request, on), self.knowledge)

    def situation(
        self,
        person: Person,
        history: History | None = None,
        *,
        request: Request | None = None,
        on: datetime.date | None = None,
    ) -> Situation:
        """Return the facts about a person on a day, given and derived."""
        return situation_of(self._plan_input(person, history, request, on), self.knowledge)

    def next_question(
        self,
        person: Person,
        history: History | None = None,
        *,
        request: Request | None = None,
        on: datetime.date | None = None,
    ) -> Question | None:
        """Return the open question that decides the most rules; None if no question is open."""
        questions = self.recommend(person, history, request=request, on=on).questions
        return questions[0] if questions else None

    def intake(
        self,
        person: Person,
        history: History | None = None,
        *,
        request: Request | None = None,
        on: datetime.date | None = None,
        saved: SavedIntake | None = None,
    ) -> Intake:
        """Return the questions that are open for a person, in sections and screens.

        Args:
            person: The person as known so far; `Person()` if nothing is known.
            history: The sessions, findings and other events so far; none by default.
            request: The time, days and goal asked for; None to include questions about them.
            on: The day of the intake; required only with a history.
            saved: The value of `Intake.saved` for the same person, to continue an intake; None to
                start one.

        Raises:
            InvalidInput: If the person, the request or the history contains an id or a value that
                the knowledge does not allow. The error lists all faults.
        """
        from kineticchain.recommendation.intake.intake import started_intake  # noqa: PLC0415 - on first use

        plan_input = self._plan_input(person, history, request, on)
        return started_intake(self, plan_input, wishes=request is None, saved=saved)

    def ask_rule(
        self,
        rule: str,
        person: Person,
        history: History | None = None,
        *,
        request: Request | None = None,
        on: datetime.date | None = None,
    ) -> tuple[RuleExplanation, ...]:
        """Return the evaluation of a rule for a person, condition by condition.

        A rule that is evaluated for each complaint, injury or surgery has one explanation for each
        of them. Raises `UnknownName` if no rule has this id, or if the rule is written in Python.
        """
        from kineticchain.rules.explanation import answers  # noqa: PLC0415 - on first use

        checked_rule = self.knowledge.rules_by_id.get(rule)
        if not isinstance(checked_rule, Rule):
            names = [data_rule.id for data_rule in self.knowledge.rulebook.data_rules]
            raise UnknownName("rule", rule, likely(rule, names))
        situation = self.situation(person, history, request=request, on=on)
        return answers(checked_rule, situation, self.knowledge.rulebook)

    def replay(
        self,
        person: Person,
        history: History,
        *,
        request: Request | None = None,
        on: datetime.date,
    ) -> tuple[Standing, ...]:
        """Return the standings of a person on every ladder and side on a day.

        The goal and the equipment of the request affect the standings. With the goal `maintain`, a
        rung that was trained for long enough is only maintained.
        """
        return self.assess(person, history, request=request, on=on).standings

    def preview(
        self,
        person: Person,
        history: History | None,
        item: Item | str,
        *,
        request: Request | None = None,
        on: datetime.date,
    ) -> tuple[OutcomeForecast, ...]:
        """Return the standing after each kind of outcome of the next session, with reasons.

        `item` is an item of a plan, or the id of an exercise that the person stands on. Raises
        `UnknownName` for any other exercise.
        """
        from kineticchain.recommendation.forecast.preview import preview  # noqa: PLC0415 - on first use

        so_far = (history or History()).until(on)
        plan_input = self._plan_input(person, so_far, request, on)
        if not isinstance(item, (str, Item)):
            raise InvalidInput(
                Fault(f"{repr_short(item)} is no item", "item", "give an exercise's id")
            )
        exercise, side = (item, Side.BOTH) if isinstance(item, str) else (item.exercise, item.side)
        return preview(self.knowledge, plan_input, exercise, side)

    def simulate(
        self,
        person: Person,
        outcomes: Outcomes,
        weeks: int,
        *,
        history: History | None = None,
        request: Request | None = None,
        on: datetime.date,
    ) -> SimulatedCourse:
        """Simulate weeks of training from the day `on`, with a new plan each week.

        A plan for every other day lasts eight days, which count as one week of the simulation.

        `outcomes` is one outcome for every item, a script of outcomes that begins again at its
        end, or a function that returns the outcome of an item on a day. `weeks` is at most 520.
        """
        from kineticchain.recommendation.forecast.simulation import simulate  # noqa: PLC0415 - on first use

        return simulate(self, self._plan_input(person, history, request, on), outcomes, weeks)

    def programmes(
        self,
        person: Person,
        history: History | None = None,
        *,
        request: Request | None = None,
        on: datetime.date | None = None,
    ) -> tuple[ProgrammeFit, ...]:
        """Return how each programme suits a person, and what a plan for the programme contains.

        Args:
            person: The person.
            history: The events so far; nothing by default.
            request: The equipment and the goal asked for; its programme is ignored.
            on: The day of the plans; required only with a history.

        Raises:
            InvalidInput: As `recommend` does.
        """
        from kineticchain.recommendation.explanation.reconstruction import context_of  # noqa: PLC0415 - on first use
        from kineticchain.recommendation.programmes import programme_fits  # noqa: PLC0415 - on first use

        def context(plan: Plan) -> PlanContext:
            return context_of(plan, self.knowledge, self._offers)

        return tuple(programme_fits(self, context, person, history, request, on))

    def explain(self, plan: Plan) -> Explanation:
        """Return the explanation of a plan: reasons, omissions, evidence, conflicts.

        Args:
            plan: A plan that was made with this knowledge, possibly read from JSON.

        Raises:
            InvalidInput: If the plan was made with other knowledge, or if `plan` is no plan.
        """
        from kineticchain.recommendation.explanation.explanation import Explanation  # noqa: PLC0415 - on first use
        from kineticchain.recommendation.explanation.reconstruction import context_of  # noqa: PLC0415 - on first use

        check_plan(plan, "plan")
        return Explanation(plan, context_of(plan, self.knowledge, self._offers))

    def week_turn(self, before: Plan, plan: Plan) -> WeekTurn:
        """Return how a plan differs from the plan of the week before, in at most five lines.

        Args:
            before: The plan of the week before.
            plan: The plan of this week. The next steps are missing if it was read from JSON.

        Raises:
            InvalidInput: As `explain` does.
        """
        from kineticchain.recommendation.explanation.week_turn import week_turn  # noqa: PLC0415 - on first use

        check_plan(before, "before")
        return week_turn(before, self.explain(plan))

    def why(self, plan: Plan, exercise: str) -> Why:
        """Return why an exercise is in a plan.

        Raises:
            UnknownName: If the exercise is not in the plan.
        """
        return self.explain(plan).why(exercise)

    def why_not(self, plan: Plan, exercise: str, *, tries: int | None = None) -> WhyNot:
        """Return why a plan omits an exercise, and the least change that would include it.

        The change is verified before it is returned. For a plan that was read from JSON the
        reasons are returned without a change. See `when` for the earliest date.

        Args:
            plan: The plan.
            exercise: The id of the exercise.
            tries: The largest number of sets of changes to assess, from 1; by default 40, which
                take about 50 ms. More tries find rare combinations of four or more changes.

        Raises:
            UnknownName: For an unknown exercise.
        """
        # imported on first use, as few processes need them
        from kineticchain.recommendation.counterfactual.minimal_change import TRIES  # noqa: PLC0415
        from kineticchain.recommendation.counterfactual.why_not import why_not  # noqa: PLC0415

        tries = TRIES if tries is None else tries
        if type(tries) is not int or tries < 1:
            raise InvalidInput(
                Fault(f"{repr_short(tries)} is no number", "tries", "give 1 or more")
            )
        return why_not(self, self.explain(plan), exercise, tries)

    def when(self, plan: Plan, exercise: str) -> EarliestDate | None:
        """Return the earliest date on which training leads to an exercise; None without one.

        The date is found by simulation of up to six courses of half a year of weekly plans. These
        are at most 162 plans, which take some seconds.

        Raises:
            UnknownName: For an unknown exercise.
            InvalidInput: For a plan that was read from JSON, which does not contain the person.
        """
        from kineticchain.recommendation.counterfactual.why_not import when  # noqa: PLC0415 - on first use

        return when(self, self.explain(plan), exercise)

    def what_if(self, plan: Plan, changes: Iterable[Change]) -> Comparison:
        """Compare a plan with the plan that follows from changes of its input.

        Raises `InvalidInput` for a plan that was read from JSON, and for a change with an id that
        the knowledge does not have.
        """
        from kineticchain.recommendation.counterfactual.change import applied  # noqa: PLC0415 - on first use

        return self.diff(plan, planned(self, applied(plan_input_of(plan), changes)))

    def diff(self, before: Plan, after: Plan) -> Comparison:
        """Compare two plans of this knowledge, with the reasons for each change.

        Raises:
            InvalidInput: If a plan was made with other knowledge, or if an argument is no plan.
        """
        from kineticchain.recommendation.explanation.diff import explained_diff  # noqa: PLC0415 - on first use

        check_plan(before, "before")
        check_plan(after, "after")
        return explained_diff(self.explain(before), self.explain(after))

    def recommend_many(
        self, people: Iterable[PlanRequest], executor: Executor | None = None, chunk: int = 64
    ) -> Iterator[Plan | Failed]:
        """Yield a plan or a `Failed` for each request, in order.

        Without an executor, plans are made in this process as the iterator advances. With an
        executor, requests are sent in chunks as bytes, a limited number at a time, and workers
        keep their recommender. A failed request does not stop the others. Raises `InvalidInput`
        for a chunk size below 1.
        """
        from kineticchain.recommendation.batch import recommend_many  # noqa: PLC0415 - on first use

        return recommend_many(self, people, executor, chunk)


def recommend(
    person: Person,
    history: History | None = None,
    *,
    request: Request | None = None,
    on: datetime.date | None = None,
) -> Plan:
    """Return a plan from the built-in knowledge; see `Recommender.recommend`."""
    return _of_builtin().recommend(person, history, request=request, on=on)


def explain(plan: Plan) -> Explanation:
    """Return the explanation of a plan from the built-in knowledge; see `Recommender.explain`."""
    return _of_builtin().explain(plan)


@cache
def _of_builtin() -> Recommender:
    """Return the shared recommender of the built-in knowledge."""
    return Recommender(Knowledge.builtin())
