"""An intake: the known facts of a person, and the open questions, screen by screen."""

from collections.abc import Mapping
from functools import cached_property

from attrs import evolve, field, frozen

from kineticchain.domain.anatomy import Region
from kineticchain.domain.facts import Section
from kineticchain.domain.person import History, Person, Request
from kineticchain.domain.validators import repr_short, require_instance
from kineticchain.errors import Fault, InvalidInput
from kineticchain.recommendation.assessment.assess import assess
from kineticchain.recommendation.assessment.assessment import Assessment
from kineticchain.recommendation.intake.answer_reading import Answers
from kineticchain.recommendation.intake.answering import (
    FactAnswers,
    asked_regardless,
    covering_yes,
    read_answers,
    still_asked,
)
from kineticchain.recommendation.intake.open_facts import OpenFact, open_facts
from kineticchain.recommendation.intake.operation import is_unplaced_operation, operation_questions
from kineticchain.recommendation.intake.person_questions import (
    accident_regions,
    person_questions,
    wish_questions,
    wishes_in,
    with_wishes,
)
from kineticchain.recommendation.intake.question import (
    IntakeProgress,
    IntakeQuestion,
    PersonAnswers,
    QuestionOption,
    Screen,
)
from kineticchain.recommendation.intake.renewal import RENEWAL, Renewal
from kineticchain.recommendation.intake.saved import SavedAnswers, SavedIntake, read_saved
from kineticchain.recommendation.intake.screens import QuestionWriter, earlier_signs, screens_of
from kineticchain.recommendation.intake.stored_answers import with_answers
from kineticchain.recommendation.intake.unsure_notes import unsure_notes
from kineticchain.recommendation.plan.plan import Plan
from kineticchain.recommendation.plan.plan_input import PlanInput
from kineticchain.recommendation.planning.planner import Planner, planned


@frozen(kw_only=True, repr=False)
class Intake:
    """The state of an intake; `answered` returns the next state.

    At its end an app stores `person`, `history` and `request`; in between it can store `saved`.

    Attributes:
        planner: The recommender that plans for the person.
        started: The person, history and request at the start, with the day.
        about_you: True if the sex is asked for.
        wishes: True if goal, time and equipment are asked for.
        facts: The answers of this intake by the name of the fact; None is *unsure*.
        own: The answers about the person and the request.
        changed: The sections in which something has changed since they were answered.
        reopened: The facts that are asked for although no rule or condition requires it.
        renewed: True if the question whether something has changed was answered.
        screens_done: The number of screens that were answered.
    """

    planner: Planner
    started: PlanInput
    about_you: bool
    wishes: bool
    facts: FactAnswers = field(factory=dict)
    own: PersonAnswers = field(factory=dict)
    changed: frozenset[Section] = frozenset()
    reopened: frozenset[str] = frozenset()
    renewed: bool = False
    screens_done: int = 0

    @property
    def person(self) -> Person:
        """The person with the answers of this intake, to be stored by the app."""
        return self._with_answers[0]

    @property
    def history(self) -> History:
        """The history; answers that do not belong to the person are a finding in the history."""
        return self._with_answers[1]

    @property
    def request(self) -> Request:
        """The request with the wishes of this intake."""
        return with_wishes(self.started.request, self.own)

    @cached_property
    def plan(self) -> Plan:
        """The plan for the person with all answers so far."""
        return planned(self.planner, self._input)

    @cached_property
    def questions(self) -> tuple[IntakeQuestion, ...]:
        """The open questions, in the order in which they are asked."""
        concerned = self.assessment.situation.facts["concerned_regions"]
        assert isinstance(concerned, frozenset)  # noqa: S101 - derived so
        knowledge = self.planner.knowledge
        writer = QuestionWriter(knowledge.catalog, frozenset(map(Region, concerned)))
        renewed = {fact.type.id for facts in self._renewal.facts.values() for fact in facts}
        singly = (fact for fact in self._open_facts if fact.type.id not in renewed)
        changes = self._renewal.question(knowledge.catalog)
        asks_for_place = is_unplaced_operation(self.started, self.facts)
        own_questions = [
            *person_questions(
                self.started.person,
                self.own,
                knowledge,
                about_you=self.about_you,
                complaints=self._asks_what_hurts,
                accidents=accident_regions(self.started, knowledge.vocabulary),
            ),
            *(operation_questions(self.own, knowledge) if asks_for_place else ()),
            *(wish_questions(self.own, knowledge) if self.wishes else ()),
        ]
        asked = [*own_questions, *writer.questions(singly), *([changes] if changes else ())]
        return tuple(sorted(asked, key=lambda question: question.section.rank))

    @cached_property
    def _open_facts(self) -> tuple[OpenFact, ...]:
        """The facts to ask for, including facts that are asked for again."""
        facts = [fact for fact in open_facts(self.assessment) if fact.type.is_given]
        types = {fact.type.id for fact in facts}
        facts += [
            OpenFact(fact, 0, ())
            for fact in self.planner.knowledge.vocabulary.types
            if fact.id in self.reopened - types and not self.facts.keys() & set(fact.names)
        ]
        return tuple(facts)

    @cached_property
    def _renewal(self) -> Renewal:
        if self.renewed:  # facts that open later are asked for one by one
            return Renewal({})
        expired = self.assessment.situation.state.expired
        complaints = not self.started.is_first_day and bool(self._open_facts)
        return Renewal.of(self._open_facts, expired, self.changed, complaints=complaints)

    @property
    def _asks_what_hurts(self) -> bool:
        """True at a first intake of somebody without complaints, or if something new hurts."""
        person = self.started.person
        is_first_intake = (
            self.started.is_first_day and person.as_of is None and not person.complaints
        )
        return is_first_intake or (self.renewed and Section.SIGNS in self.changed)

    @property
    def sections(self) -> Mapping[Section, tuple[IntakeQuestion, ...]]:
        """The sections that have open questions, the most urgent one first."""
        return {
            section: questions
            for section in Section
            if (
                questions := tuple(
                    question for question in self.questions if question.section is section
                )
            )
        }

    @cached_property
    def screens(self) -> tuple[Screen, ...]:
        """The screens that are left, if no further answer opens questions."""
        return screens_of(self.questions, self.planner.knowledge.catalog)

    @property
    def next(self) -> Screen | None:
        """The next screen; None at the end."""
        return self.screens[0] if self.screens else None

    @property
    def progress(self) -> IntakeProgress:
        """The number of the next screen, and the estimated number of all screens."""
        return IntakeProgress(self.screens_done + 1, self.screens_done + len(self.screens))

    @property
    def saved(self) -> SavedIntake:
        """The answers so far as plain JSON, to continue later with the person as at the start."""
        return SavedAnswers(
            on=self.started.on,
            facts=self.facts,
            own=self.own,
            changed=self.changed,
            reopened=self.reopened,
            renewed=self.renewed,
            screens_done=self.screens_done,
            about_you=self.about_you,
            wishes=self.wishes,
        ).as_json()

    @property
    def earlier_signs(self) -> tuple[QuestionOption, ...]:
        """The signs that were stated before the day of the intake, and still count.

        They may be over: `corrected` asks for one again.
        """
        return earlier_signs(self.assessment)

    @property
    def notes(self) -> tuple[str, ...]:
        """The consequences of answers that were *unsure*, a sentence for each."""
        return unsure_notes(self.assessment)

    def answered(self, answers: Answers) -> "Intake":
        """Return the intake after some answers.

        Questions of the next screen that have no answer stay open. If an answer means that the
        question of another answer in this intake no longer applies, that answer is removed.

        Args:
            answers: The answers by the id of their question, as plain JSON. A checklist takes the
                ids of its ticked lines, ``[]`` for none of them, or ``{"ticked": […], "unsure":
                […]}``; a number for each side takes ``{"left": …, "right": …}``. ``"unsure"``,
                ``"prefer_not_to_say"`` and ``"skip"`` are answers where the question says so.

        Raises:
            InvalidInput: With a fault for each answer that does not fit, with its question named.
        """
        vocabulary = self.planner.knowledge.vocabulary
        asked = {question.id: question for question in self.questions}
        read = read_answers(answers, asked, self._renewal, vocabulary)
        shown = self.next.questions if self.next is not None else ()
        done = bool(shown) and all(question.id in answers for question in shown)
        regardless = asked_regardless(read.facts, self.assessment.situation.facts, vocabulary)
        after = evolve(
            self,
            facts={**self.facts, **read.facts, **covering_yes(read.facts, vocabulary)},
            own={**self.own, **read.own},
            changed=self.changed | read.changed,
            reopened=self.reopened | regardless,
            renewed=self.renewed or RENEWAL in answers,
            screens_done=self.screens_done + done,
        )
        return after.without_unasked()

    def corrected(self, name: str) -> "Intake":
        """Return the intake in which one question is asked again.

        An answer of this intake is removed. An answer of an earlier day, such as a sign that is
        over, counts until there is a new answer.

        Args:
            name: The id of a fact or of a question about the person that was answered.

        Raises:
            InvalidInput: If the question was not answered.
        """
        if not isinstance(name, str):
            raise InvalidInput(Fault(f"{repr_short(name)} is no id", "name", "name an answer"))
        vocabulary = self.planner.knowledge.vocabulary
        fact = vocabulary.by_id.get(name)
        types = [] if fact is None else [fact, *(vocabulary.by_id[part] for part in fact.covers)]
        names = {name, *(place for entry in types for place in entry.names)}
        if not names & {*self.facts, *self.own}:
            if fact is None or not names & self.assessment.situation.state.stated.keys():
                raise InvalidInput(Fault(f"`{name}` was not answered", "name", "name an answer"))
            return evolve(self, reopened=self.reopened | {name})
        without = evolve(
            self,
            facts={entry: value for entry, value in self.facts.items() if entry not in names},
            own={entry: value for entry, value in self.own.items() if entry not in names},
        )
        return without.without_unasked()

    def without_unasked(self) -> "Intake":
        """Return the intake without answers whose questions no longer apply.

        Only answers of this intake are removed; earlier statements of the person stay. Removing an
        answer can mean that another question no longer applies, so the removal is repeated until
        nothing changes.
        """
        vocabulary = self.planner.knowledge.vocabulary
        kept = still_asked(self.facts, self.reopened, self.assessment.situation.facts, vocabulary)
        return self if len(kept) == len(self.facts) else evolve(self, facts=kept).without_unasked()

    @cached_property
    def assessment(self) -> Assessment:
        """The assessment of the person with the answers."""
        return assess(self._input, self.planner.knowledge)

    @property
    def _input(self) -> PlanInput:
        return PlanInput(self.person, self.history, self.request, self.started.on)

    @cached_property
    def _with_answers(self) -> tuple[Person, History]:
        return with_answers(self.started, self.facts, self.own, self.planner.knowledge)


def started_intake(
    planner: Planner, plan_input: PlanInput, *, wishes: bool, saved: SavedIntake | None = None
) -> Intake:
    """Return a new intake of a person, or a saved intake to continue.

    Args:
        planner: The recommender.
        plan_input: The person, the history, the request and the day.
        wishes: True if goal, time and equipment are asked for.
        saved: The answers of an unfinished intake of the same person; None to begin.

    Raises:
        InvalidInput: For saved answers that cannot be read.
    """
    person = require_instance(plan_input.person, Person, "person", "give a Person")
    if saved is None:
        blank = person.age is None and person.born is None
        return Intake(planner=planner, started=plan_input, about_you=blank, wishes=wishes)
    answers = read_saved(saved, planner.knowledge)
    if answers.on != plan_input.on:
        # An answer keeps the day on which it was given, and expires like other answers.
        earlier = evolve(plan_input, on=answers.on)
        person, history = with_answers(earlier, answers.facts, answers.own, planner.knowledge)
        return Intake(
            planner=planner,
            started=evolve(plan_input, person=person, history=history),
            about_you=answers.about_you,
            wishes=answers.wishes,
            own=wishes_in(answers.own),
        )
    return Intake(
        planner=planner,
        started=plan_input,
        about_you=answers.about_you,
        wishes=answers.wishes,
        facts=answers.facts,
        own=answers.own,
        changed=answers.changed,
        reopened=answers.reopened,
        renewed=answers.renewed,
        screens_done=answers.screens_done,
    )
