"""The front door: a person in, a plan out."""

import datetime

from attrs import frozen

from kineticchain.errors import UnknownName, likely
from kineticchain.knowledge import Knowledge
from kineticchain.person import History, Person, Request, Situation, along_chain, derive
from kineticchain.progression import Course, Standing, replay
from kineticchain.recommendation.bars import Bars
from kineticchain.recommendation.checking import check_input
from kineticchain.recommendation.choice import Budget, Choice, choose
from kineticchain.recommendation.composition import compose
from kineticchain.recommendation.draft import Draft
from kineticchain.recommendation.feasible import FeasibleSet, feasible_set
from kineticchain.recommendation.guard import guard
from kineticchain.recommendation.offer import offers
from kineticchain.recommendation.parts import Question, Status
from kineticchain.recommendation.plan import Plan
from kineticchain.recommendation.targets import Targets, find_targets
from kineticchain.rules import Decision, LimitKind, ReferralLevel, Rule
from kineticchain.rules.answer import Answer, answers
from kineticchain.version import __version__


@frozen(kw_only=True)
class Assessment:
    """All that is settled before the choice: the part of the way that safety rests on."""

    situation: Situation
    decision: Decision
    standings: tuple[Standing, ...]
    feasible: FeasibleSet
    targets: Targets
    pain_ceiling: int

    @property
    def status(self) -> Status:
        """Whether to refer, to ask first, or to go on."""
        if self.decision.level >= ReferralLevel.SAME_DAY:
            return Status.REFER
        return Status.ASK_FIRST if self.decision.questions else Status.READY

    @property
    def at_hand(self) -> frozenset[str]:
        """What the equipment counts as, substitutes included."""
        return self.situation.at_hand


@frozen
class Recommender:
    """Makes plans from one knowledge. Immutable, and safe to share between threads."""

    knowledge: Knowledge

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
        choice = self._choose(assessment, request)
        draft = Draft(
            knowledge=self.knowledge,
            decision=assessment.decision,
            standings=assessment.standings,
            feasible=assessment.feasible,
            targets=assessment.targets,
            pain_ceiling=assessment.pain_ceiling,
            status=assessment.status,
            choice=choice,
            request=request,
            on=on,
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
        course = self._course(situation, decision, bars)
        standings = replay(history, course, on)
        return Assessment(
            situation=situation,
            decision=decision,
            standings=standings,
            feasible=feasible_set(knowledge, bars, standings),
            targets=find_targets(
                situation.person, request.goal, knowledge.goals, decision, knowledge.chain
            ),
            pain_ceiling=course.pain_ceiling,
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
        self, person: Person, history: History, *, on: datetime.date
    ) -> tuple[Standing, ...]:
        """Where the person stands on every ladder and side, as of the day `on`."""
        return self.assess(person, history, on=on).standings

    def _course(self, situation: Situation, decision: Decision, bars: Bars) -> Course:
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
            stopped=decision.level >= ReferralLevel.URGENT,
        )

    def _choose(self, assessment: Assessment, request: Request) -> Choice:
        if assessment.status is not Status.READY:
            return Choice(chosen=(), refused=(), repeats=())
        decision = assessment.decision
        minutes = decision.tightest(LimitKind.MINUTES)
        most = decision.tightest(LimitKind.EXERCISES)
        budget = Budget(
            seconds=60 * (request.minutes if minutes is None else min(minutes, request.minutes)),
            sessions=request.sessions_per_day,
            exercises=len(self.knowledge.exercises) if most is None else most,
        )
        found = offers(self.knowledge.ladders, assessment.feasible, assessment.targets)
        return choose(found, assessment.targets, decision.preferences, budget)


def recommend(
    person: Person,
    history: History | None = None,
    *,
    request: Request | None = None,
    on: datetime.date | None = None,
) -> Plan:
    """A plan from the built-in knowledge; see `Recommender.recommend`."""
    return Recommender(Knowledge.builtin()).recommend(person, history, request=request, on=on)
