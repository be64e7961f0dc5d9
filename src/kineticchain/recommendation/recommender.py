"""The front door: a person in, a plan out."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, get_args

from attrs import field, frozen

from kineticchain.anatomy import Side
from kineticchain.constraints import shown
from kineticchain.errors import Fault, InvalidInput, UnknownName, likely
from kineticchain.facts import Value
from kineticchain.knowledge import Knowledge
from kineticchain.person import History, Person, Request, Situation, along_chain, derive
from kineticchain.progression import Course, Standing, replay
from kineticchain.progression.track import Key
from kineticchain.recommendation.asked import Asked
from kineticchain.recommendation.assessment import Assessment
from kineticchain.recommendation.bars import Bars
from kineticchain.recommendation.beginnings import facts_at_beginnings
from kineticchain.recommendation.checking import check_input
from kineticchain.recommendation.choice.choose import Budget, Choice, choose
from kineticchain.recommendation.choice.offer import offers
from kineticchain.recommendation.composition import compose
from kineticchain.recommendation.counterfactual.change import Change, applied
from kineticchain.recommendation.counterfactual.difference import Comparison, diff
from kineticchain.recommendation.counterfactual.why_not import WhyNot, asked_of, why_not
from kineticchain.recommendation.draft import Draft
from kineticchain.recommendation.explanation import Explainer
from kineticchain.recommendation.feasible import feasible_set
from kineticchain.recommendation.guard import guard
from kineticchain.recommendation.many import Failed, Whom, recommend_many
from kineticchain.recommendation.outlook import Outlook
from kineticchain.recommendation.parts import Item, Question, Status
from kineticchain.recommendation.plan import Plan
from kineticchain.recommendation.planner import Case
from kineticchain.recommendation.preview import preview
from kineticchain.recommendation.simulation import Life, Outcomes, simulate
from kineticchain.recommendation.targets import find_targets
from kineticchain.recommendation.wishes import Carried, carried_on, points_of
from kineticchain.rules import Decision, LimitKind, ReferralLevel, Rule
from kineticchain.rules.answer import Answer, answers
from kineticchain.version import __version__

if TYPE_CHECKING:  # it brings logging along, which reads the clock
    from concurrent.futures import Executor


@frozen
class Recommender:
    """Makes plans from one knowledge. Immutable, and safe to share between threads."""

    knowledge: Knowledge
    _explain: Explainer = field(init=False, eq=False, repr=False)

    @_explain.default
    def _explainer(self) -> Explainer:
        return Explainer(self.knowledge)

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
        history, request = history or History(), request or Request()
        assessment = self.assess(person, history, request=request, on=on)
        carried = carried_on(assessment, history, on, self.knowledge)
        choice = self._choose(assessment, request, carried)
        draft = Draft(
            knowledge=self.knowledge,
            explain=self._explain,
            assessment=assessment,
            choice=choice,
            asked=Asked(person, history, request, on),
            carried=carried,
            version=__version__,
        )
        return guard(
            compose(draft), assessment.decision, request, self.knowledge, assessment.at_hand
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
        history, request = history or History(), request or Request()
        knowledge = self.knowledge
        situation = self.situation(person, history, request=request, on=on)
        decision = knowledge.compiled_rules.decide(situation)
        bars = Bars(knowledge, decision, situation.at_hand)
        starts = facts_at_beginnings(
            history if on is None or not history.findings else history.until(on),
            knowledge.ladderbook,
            lambda day: self.situation(person, history, request=request, on=day).facts,
        )
        course = self._course(situation, decision, bars, starts)
        standings = replay(history, course, on)
        return Assessment(
            situation=situation,
            decision=decision,
            standings=standings,
            feasible=feasible_set(knowledge, bars, standings, fresh=not history.sessions),
            targets=find_targets(situation, request.goal, decision, knowledge),
            course=course,
        )

    def situation(
        self,
        person: Person,
        history: History | None = None,
        *,
        request: Request | None = None,
        on: datetime.date | None = None,
    ) -> Situation:
        """All that rules may know of a person on a day: the facts, given and derived."""
        history, request = history or History(), request or Request()
        knowledge = self.knowledge
        check_input(person, request, history, knowledge, on)
        derived = derive(person, request, history, on, knowledge.vocabulary, knowledge.equipment)
        return along_chain(derived, knowledge.chain)

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
    ) -> tuple[Answer, ...]:
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
    ) -> tuple[Outlook, ...]:
        """Where each kind of outcome of the next session would lead, side by side, and why.

        `item` is an item of a plan, or the id of an exercise that the person stands on. Raises
        `UnknownName` for another one.
        """
        so_far = (history or History()).until(on)
        case = Case(person, so_far, request or Request(), on)
        if not isinstance(item, (str, Item)):
            raise InvalidInput(Fault(f"{shown(item)} is no item", "item", "give an exercise's id"))
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
    ) -> Life:
        """A plan's life: weeks of training from the day `on`, with a new plan each week.

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
        if isinstance(changes, get_args(Change)):
            raise InvalidInput(Fault("one change, not a list", "changes", "write [change]"))
        asked = applied(asked_of(plan), changes)
        other = self.recommend(asked.person, asked.history, request=asked.request, on=asked.on)
        return diff(plan, other)

    def recommend_many(
        self, people: Iterable[Whom], executor: "Executor | None" = None, chunk: int = 64
    ) -> Iterator[Plan | Failed]:
        """A plan for each person, in order; a `Failed` where there is none.

        In process, one after another, as the iterator is asked; with an executor in chunks
        that travel as bytes, a bounded number of them at once. Workers keep their engine.
        Nobody's faults stop the others. Raises `InvalidInput` for a chunk of no size.
        """
        return recommend_many(self, people, executor, chunk)

    def _course(
        self,
        situation: Situation,
        decision: Decision,
        bars: Bars,
        starts: Mapping[Key, Mapping[str, Value]],
    ) -> Course:
        policy = self.knowledge.policy
        ceiling = decision.tightest(LimitKind.PAIN_CEILING)
        return Course(
            book=self.knowledge.ladderbook,
            facts=situation.facts,
            phrases=self.knowledge.phrases,
            pain_ceiling=policy.pain_ceiling
            if ceiling is None
            else min(ceiling, policy.pain_ceiling),
            reach=self.knowledge.catalogue.reach,
            barred=bars.places,
            stopping=_stopping(decision),
            stopped=decision.level >= ReferralLevel.URGENT,
            starts=starts,
        )

    def _choose(self, assessment: Assessment, request: Request, carried: Carried) -> Choice:
        if assessment.status is not Status.READY:
            return Choice()
        decision = assessment.decision
        minutes = decision.tightest(LimitKind.MINUTES)
        most = decision.tightest(LimitKind.EXERCISES)
        budget = Budget(
            seconds=60 * (request.minutes if minutes is None else min(minutes, request.minutes)),
            sessions=request.sessions_per_day,
            exercises=len(self.knowledge.exercises) if most is None else most,
        )
        found = offers(
            self.knowledge.ladders, assessment.feasible, assessment.targets, request.avoid
        )
        wishes = points_of(carried, request.prefer, self.knowledge)
        cards = self.knowledge.conflicts.values()
        return choose(found, assessment.targets, decision, cards, budget, wishes)


def _stopping(decision: Decision) -> frozenset[tuple[str, Side]]:
    """What rules keep out that also send to a professional soon."""
    referring = {one.rule for one in decision.referrals if one.level >= ReferralLevel.SOON}
    return frozenset(
        (one.exercise, one.side) for one in decision.exclusions if one.rule in referring
    )


def recommend(
    person: Person,
    history: History | None = None,
    *,
    request: Request | None = None,
    on: datetime.date | None = None,
) -> Plan:
    """A plan from the built-in knowledge; see `Recommender.recommend`."""
    return Recommender(Knowledge.builtin()).recommend(person, history, request=request, on=on)
