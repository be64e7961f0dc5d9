"""The front door: a person in, a plan out."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from attrs import field, frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.person import History, Person, Request
from kineticchain.domain.validators import instance, repr_short
from kineticchain.errors import Fault, InvalidInput, UnknownName, likely
from kineticchain.knowledge import Knowledge
from kineticchain.progression import Standing
from kineticchain.recommendation.assessment.assess import assess, situation_of
from kineticchain.recommendation.assessment.assessment import Assessment
from kineticchain.recommendation.assessment.ladder_eligibility import LadderEligibility
from kineticchain.recommendation.assessment.targets import TargetFinder
from kineticchain.recommendation.batch import Failed, PlanRequest, recommend_many
from kineticchain.recommendation.counterfactual.change import Change, applied
from kineticchain.recommendation.counterfactual.why_not import WhyNot, asked_of, why_not
from kineticchain.recommendation.forecast.outlook import OutcomeForecast
from kineticchain.recommendation.forecast.preview import preview
from kineticchain.recommendation.forecast.simulation import Outcomes, SimulatedCourse, simulate
from kineticchain.recommendation.plan.cycle import WEEK, session_count
from kineticchain.recommendation.plan.diff import Comparison, diff
from kineticchain.recommendation.plan.model import Item, Question, Status
from kineticchain.recommendation.plan.plan import Plan
from kineticchain.recommendation.plan.plan_input import PlanInput
from kineticchain.recommendation.planning.compose import compose
from kineticchain.recommendation.planning.explainer import Explainer
from kineticchain.recommendation.planning.guard import guard
from kineticchain.recommendation.planning.kept_parts import KeptParts
from kineticchain.recommendation.planning.plan_context import PlanContext
from kineticchain.recommendation.planning.planner import Case, planned
from kineticchain.recommendation.planning.weekly_frequency import max_weekly_sessions
from kineticchain.recommendation.selection.bonuses import (
    Continuity,
    continuing_ladders,
    selection_bonus,
)
from kineticchain.recommendation.selection.offer import OfferBuilder
from kineticchain.recommendation.selection.problem import MAX_TAKEN
from kineticchain.recommendation.selection.select import Selection, Selector, SessionBudget
from kineticchain.recommendation.selection.substitutes import substitutes
from kineticchain.record import Situation
from kineticchain.rules import LimitKind, Rule
from kineticchain.rules.explanation import RuleExplanation, answers
from kineticchain.version import __version__

if TYPE_CHECKING:  # it brings logging along, which reads the clock
    from concurrent.futures import Executor


@frozen
class Recommender:
    """Makes plans from one knowledge. Immutable, and safe to share between threads."""

    knowledge: Knowledge = field(validator=instance(Knowledge))
    _parts: KeptParts = field(init=False, eq=False, repr=False)
    _target_finder: TargetFinder = field(init=False, eq=False, repr=False)
    _eligibility: LadderEligibility = field(init=False, eq=False, repr=False)
    _selector: Selector = field(init=False, eq=False, repr=False)
    _offer_builder: OfferBuilder = field(factory=OfferBuilder, init=False, eq=False, repr=False)

    @_target_finder.default
    def _aimed(self) -> TargetFinder:
        return TargetFinder(self.knowledge)

    @_selector.default
    def _chosen(self) -> Selector:
        return Selector(self.knowledge)

    @_eligibility.default
    def _climbed(self) -> LadderEligibility:
        return LadderEligibility(self.knowledge)

    @_parts.default
    def _kept_parts(self) -> KeptParts:
        return KeptParts(Explainer(self.knowledge))

    def recommend(
        self,
        person: Person,
        history: History | None = None,
        *,
        request: Request | None = None,
        on: datetime.date | None = None,
    ) -> Plan:
        """A plan for a person, as of the day `on`.

        Without a history `on` may be left out. Raises `InvalidInput` where person, request
        or history speak of what the knowledge does not hold, with all faults at once.
        """
        asked = self._asked(person, history, request, on)
        assessment = assess(asked, self._eligibility, self._target_finder)
        continuity = continuing_ladders(assessment, asked.history, on, self.knowledge)
        replaced = substitutes(assessment, continuity, self.knowledge)
        selection = self._choose(assessment, asked, continuity, replaced)
        draft = PlanContext(
            knowledge=self.knowledge,
            explain=self._parts.explain,
            parts=self._parts,
            assessment=assessment,
            selection=selection,
            asked=asked,
            continuity=continuity,
            substitutes=replaced,
            version=__version__,
        )
        return guard(
            compose(draft),
            assessment.decision,
            asked.request,
            self.knowledge,
            assessment.available_equipment,
        )

    def assess(
        self,
        person: Person,
        history: History | None = None,
        *,
        request: Request | None = None,
        on: datetime.date | None = None,
    ) -> Assessment:
        """Facts, decision, standings and the feasible set, before anything is chosen."""
        asked = self._asked(person, history, request, on)
        return assess(asked, self._eligibility, self._target_finder)

    def situation(
        self,
        person: Person,
        history: History | None = None,
        *,
        request: Request | None = None,
        on: datetime.date | None = None,
    ) -> Situation:
        """All that rules may know of a person on a day: the facts, given and derived."""
        return situation_of(self._asked(person, history, request, on), self.knowledge)

    @staticmethod
    def _asked(
        person: Person,
        history: History | None,
        request: Request | None,
        on: datetime.date | None,
    ) -> PlanInput:
        return PlanInput(person, history or History(), request or Request(), on)

    def next_question(
        self,
        person: Person,
        history: History | None = None,
        *,
        request: Request | None = None,
        on: datetime.date | None = None,
    ) -> Question | None:
        """The open question on which most decisions hang; None where none is open."""
        questions = self.recommend(person, history, request=request, on=on).questions
        return questions[0] if questions else None

    def ask_rule(
        self,
        rule: str,
        person: Person,
        history: History | None = None,
        *,
        request: Request | None = None,
        on: datetime.date | None = None,
    ) -> tuple[RuleExplanation, ...]:
        """What one rule says of a person, condition by condition, whether it holds or not.

        One answer for each complaint, injury or surgery where the rule runs over them.
        Raises `UnknownName` for a rule that is not there or that is written in Python.
        """
        found = self.knowledge.rules_by_id.get(rule)
        if not isinstance(found, Rule):
            names = [one.id for one in self.knowledge.rulebook.data_rules]
            raise UnknownName("rule", rule, likely(rule, names))
        situation = self.situation(person, history, request=request, on=on)
        return answers(found, situation, self.knowledge.rulebook)

    def replay(
        self,
        person: Person,
        history: History,
        *,
        request: Request | None = None,
        on: datetime.date,
    ) -> tuple[Standing, ...]:
        """Where the person stands on every ladder and side, as of the day `on`.

        Of the request the goal counts: whoever wants to maintain is kept up.
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
        """Where each kind of outcome of the next session would lead, side by side, and why.

        `item` is an item of a plan, or the id of an exercise that the person stands on. Raises
        `UnknownName` for another one.
        """
        so_far = (history or History()).until(on)
        case = Case(person, so_far, request or Request(), on)
        if not isinstance(item, (str, Item)):
            raise InvalidInput(
                Fault(f"{repr_short(item)} is no item", "item", "give an exercise's id")
            )
        exercise, side = (item, Side.BOTH) if isinstance(item, str) else (item.exercise, item.side)
        return preview(self, case, exercise, side)

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
        """A plan's life: weeks of training from the day `on`, with a new plan each week.

        A plan for every other day lasts its eight days, and is the plan of such a week.

        `outcomes` is one outcome for every item, a script of outcomes that begins again at its
        end, or a function that answers each item and day. At most 520 weeks.
        """
        case = Case(person, history or History(), request or Request(), on)
        return simulate(self, case, outcomes, weeks)

    def why_not(self, plan: Plan, exercise: str) -> WhyNot:
        """Why a plan leaves an exercise out, with the least change that would let it in.

        The change is made before it is told. Raises `UnknownName` for an exercise that there
        is not, and `InvalidInput` for a plan that was read from data.
        """
        return why_not(self, plan, exercise)

    def what_if(self, plan: Plan, changes: Iterable[Change]) -> Comparison:
        """The plan beside the one that changes of what it was asked for with would give.

        Raises `InvalidInput` for a plan that was read from data, and for changes that speak
        of what the knowledge does not hold.
        """
        return diff(plan, planned(self, applied(asked_of(plan), changes)))

    def recommend_many(
        self, people: Iterable[PlanRequest], executor: "Executor | None" = None, chunk: int = 64
    ) -> Iterator[Plan | Failed]:
        """A plan for each person, in order; a `Failed` where there is none.

        In process, one after another, as the iterator is asked; with an executor in chunks
        that travel as bytes, a bounded number of them at once. Workers keep their engine.
        Nobody's faults stop the others. Raises `InvalidInput` for a chunk of no size.
        """
        return recommend_many(self, people, executor, chunk)

    def _choose(
        self,
        assessment: Assessment,
        asked: PlanInput,
        continuity: Continuity,
        substitutes: Iterable[str],
    ) -> Selection:
        if assessment.status is not Status.READY:
            return Selection()
        request, decision = asked.request, assessment.decision
        minutes = decision.tightest(LimitKind.MINUTES)
        most = decision.tightest(LimitKind.EXERCISES)
        budget = SessionBudget(
            sessions=tuple(
                60 * (one if minutes is None else min(one, minutes)) for one in request.sessions
            ),
            exercises=MAX_TAKEN if most is None else min(most, MAX_TAKEN),
            micro=request.micro_sessions_per_day,
            days=session_count(request),
            often=self._days_a_week(assessment, asked) if request.micro_sessions_per_day else {},
        )
        found = self._offer_builder.of(
            self.knowledge.ladders, assessment.feasible, assessment.targets, request.avoid
        )
        named = assessment.situation.state.results.named
        prefer = named.union(request.prefer)
        bonus = selection_bonus(continuity, substitutes, prefer, self.knowledge)
        return self._selector.selection(found, assessment.targets, decision, budget, bonus)

    def _days_a_week(self, assessment: Assessment, asked: PlanInput) -> Mapping[str, int]:
        """On how many days a week each ladder may be trained, after standings and history."""
        most = dict(max_weekly_sessions(asked.history, asked.on, self.knowledge))
        for one in assessment.standings:
            most[one.ladder] = min(most.get(one.ladder, WEEK), one.days_a_week)
        return most


def recommend(
    person: Person,
    history: History | None = None,
    *,
    request: Request | None = None,
    on: datetime.date | None = None,
) -> Plan:
    """A plan from the built-in knowledge; see `Recommender.recommend`."""
    return _of_builtin().recommend(person, history, request=request, on=on)


@cache
def _of_builtin() -> Recommender:
    """One for all calls: what it has worked out once it keeps."""
    return Recommender(Knowledge.builtin())
