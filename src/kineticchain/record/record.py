"""The record: all that was said of a person, with its day, and what it comes to on a day.

`Record.state_on` is the only place where facts age, expire, supersede one another and are
reconciled. The page "What is known, and since when" has its rules as a table.
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
"""The day of an intake where neither it nor the plan has one: nothing ages."""


@frozen
class Record:
    """All that was said of a person, as an intake and as events, each with its moment.

    `intake` is the moment of the intake; the events are those up to the day of the plan.
    """

    person: Person
    intake: Moment
    events: tuple[Event, ...] = field(repr=False)

    @classmethod
    def of(cls, person: Person, history: History, on: datetime.date | None) -> "Record":
        """The record of a person and what happened, as far as it is known on the day `on`.

        An intake without `as_of` came before the first event, or on the day of the plan.
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
        """The day of the last thing that was said or done."""
        return max([self.intake[0], *(event.on for event in self.events[-1:])])

    def state_on(
        self, day: datetime.date | None, vocabulary: Vocabulary, policy: RecordPolicy
    ) -> State:
        """What is known as of a day.

        Args:
            day: a day from the first to the last of the record, or a later one; None is the last.
            vocabulary: the types of facts, with their temporal kinds.
            policy: for how long answers count, in days.

        Returns:
            The state. On a day before the intake the intake speaks for want of anything older.

        """
        return self.read_on(day or self.last_day, vocabulary, policy).state()

    def read_on(self, day: datetime.date, vocabulary: Vocabulary, policy: RecordPolicy) -> Reading:
        """The record as read on a day."""
        return Reading(self.person, self.intake, self.events, day, vocabulary, policy)


def answered_again(
    record: Record, questions: Collection[str], day: datetime.date, vocabulary: Vocabulary
) -> Finding | None:
    """The finding of somebody who answers questions as they did the last time.

    Questions that were never answered are left out; None where that leaves none.
    """
    reading = record.read_on(day, vocabulary, RecordPolicy())
    held, clear = reading.held(), reading.all_clear()
    asked: list[str] = []
    facts: dict[str, GivenValue] = {}
    for question in questions:
        fact = vocabulary.by_id.get(question)
        if fact is None:
            continue
        answers = {}
        for name in fact.names:
            known = held.get(name)
            if known is not None and known.value is not None and not known.unsure:
                answers[name] = known.value
            elif clear is not None and name in vocabulary.cleared:
                answers[name] = vocabulary.cleared[name]
        if len(answers) < len(fact.names):
            continue
        if all(value == fact.reassuring for value in answers.values()):
            asked.append(question)
        else:
            facts.update(answers)
    if not asked and not facts:
        return None
    return Finding(on=day, facts=facts, screening=Screening(asked=asked))
