"""The record: all dated statements about a person, and the state that they give on a day.

`Record.state_on` is the only place where facts age, expire, supersede one another and are
reconciled. The page "What is known, and since when" lists its rules in a table.
"""

import datetime
from collections.abc import Collection

from attrs import field, frozen

from kineticchain.domain.facts import Vocabulary
from kineticchain.domain.facts.fact_values import GivenValue
from kineticchain.domain.person.event import Event, Finding
from kineticchain.domain.person.history import History
from kineticchain.domain.person.person import Person
from kineticchain.domain.person.screening import Screening
from kineticchain.record.observation import INTAKE_SLOT, UNDATED_SLOT, Moment
from kineticchain.record.reading import Reading
from kineticchain.record.state import State
from kineticchain.record.validity import RecordPolicy

_NO_DAY = datetime.date(2000, 1, 1)
"""Day of an intake if neither the intake, an event nor the plan has a day; nothing ages then."""


@frozen
class Record:
    """All statements about a person: an intake and the events, each with its moment.

    Attributes:
        person: Person as described at intake.
        intake: Moment of the intake.
        events: Events up to the day of the plan, in order.

    """

    person: Person
    intake: Moment
    events: tuple[Event, ...] = field(repr=False)

    @classmethod
    def of(cls, person: Person, history: History, on: datetime.date | None) -> "Record":
        """Return the record of a person and their events up to a day.

        An intake without `as_of` is dated before the first event, or on the day of the plan if
        there are no events.

        Args:
            person: Person as described at intake.
            history: All events.
            on: Day of the plan; later events are left out. None keeps all events.

        """
        events = history.events
        if on is not None and events and events[-1].on > on:
            events = history.until(on).events
        if person.as_of is not None:
            intake = (person.as_of, INTAKE_SLOT)
        elif events:
            intake = (events[0].on, UNDATED_SLOT)
        else:
            intake = (on or _NO_DAY, INTAKE_SLOT)
        return cls(person, intake, events)

    @property
    def last_day(self) -> datetime.date:
        """Day of the last statement or event."""
        return max([self.intake[0], *(event.on for event in self.events[-1:])])

    def state_on(
        self,
        day: datetime.date | None,
        vocabulary: Vocabulary,
        policy: RecordPolicy,
        *,
        hurts: bool = False,
    ) -> State:
        """Return the state as of a day.

        On a day before the intake, the intake counts as of that day.

        Args:
            day: Any day, also one after the last day of the record; None for the last day.
            vocabulary: Types of facts, with their temporal kinds.
            policy: Validity of answers.
            hurts: True if the goal counts as a complaint.

        """
        return self.read_on(day or self.last_day, vocabulary, policy).state(hurts=hurts)

    def read_on(self, day: datetime.date, vocabulary: Vocabulary, policy: RecordPolicy) -> Reading:
        """Return the reading of the record on a day.

        Args:
            day: Day of the reading; later events are ignored.
            vocabulary: Types of facts.
            policy: Validity of answers.

        """
        return Reading(self.person, self.intake, self.events, day, vocabulary, policy)


def answered_again(
    record: Record, questions: Collection[str], day: datetime.date, vocabulary: Vocabulary
) -> Finding | None:
    """Return the finding of a person who repeats their last answers to some questions.

    Args:
        record: Record with the last answers.
        questions: Ids of the facts that are asked for. Facts never answered are left out.
        day: Day of the finding.
        vocabulary: Types of facts.

    Returns:
        The finding; None if no question was answered before.

    """
    reading = record.read_on(day, vocabulary, RecordPolicy())
    held, clear = reading.held(), reading.all_clear()
    asked: list[str] = []
    facts: dict[str, GivenValue] = {}
    # A covering question may be unanswered although the facts that it covers were answered.
    covered = [
        part
        for question in questions
        if question in vocabulary.by_id and question not in held
        for part in vocabulary.by_id[question].covers
    ]
    for question in dict.fromkeys((*questions, *covered)):
        fact = vocabulary.by_id.get(question)
        if fact is None:
            continue
        answers = {}
        for name in fact.names:
            observed = held.get(name)
            if observed is not None and observed.value is not None and not observed.unsure:
                answers[name] = observed.value
            elif clear is not None and name in vocabulary.cleared:
                answers[name] = vocabulary.cleared[name]
        # The answer to a fact per side or region is repeated only if all its values are known.
        if len(answers) < len(fact.names):
            continue
        if all(value == fact.reassuring for value in answers.values()):
            asked.append(question)
        else:
            facts.update(answers)
    if not asked and not facts:
        return None
    return Finding(on=day, facts=facts, screening=Screening(asked=asked))
