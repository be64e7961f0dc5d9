"""The record: all that was said of a person, with its day, and what it comes to on a day.

`Record.state_on` is the only place where facts age, expire, supersede one another and are
reconciled. The page "What is known, and since when" has its rules as a table.
"""

import datetime
from collections.abc import Collection, Iterator, Mapping

from attrs import evolve, field, frozen

from kineticchain.anatomy import Region, Side
from kineticchain.facts import Facts, Value, Vocabulary
from kineticchain.facts.fact_values import GivenValue
from kineticchain.person.clinician_result import ClinicianResult
from kineticchain.person.complaint import Complaint
from kineticchain.person.event import (
    Event,
    Finding,
    InjuryHappened,
    SessionLog,
    SurgeryDone,
)
from kineticchain.person.history import History
from kineticchain.person.person import Person
from kineticchain.person.screening import Screening
from kineticchain.record.answers import Answers, answers_on, spread
from kineticchain.record.complaint_course import (
    ComplaintCourse,
    complaints_on,
    courses_of,
)
from kineticchain.record.injuries import (
    Happened,
    Harm,
    Operation,
    Order,
    injuries_on,
    surgeries_on,
)
from kineticchain.record.observation import (
    INTAKE_SLOT,
    UNDATED_SLOT,
    Held,
    Moment,
    Observation,
)
from kineticchain.record.orders import WEIGHT, standing_orders
from kineticchain.record.policy import RecordPolicy
from kineticchain.record.results import RESULT, Result, in_force, places_of, result_of_word
from kineticchain.record.state import State
from kineticchain.record.superseding import held_after
from kineticchain.record.validity import Clock, Reopening

_NO_DAY = datetime.date(2000, 1, 1)
"""The day of an intake where neither it nor the plan has one: nothing ages."""

_FELL = "fall_last_12m"
_FALLS = "falls_n"


@frozen
class Statement:
    """What was said at one moment: answers, complaints, and which questions were asked."""

    moment: Moment
    facts: Facts
    complaints: tuple[Complaint, ...]
    screening: Screening
    asked_at: Moment


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
        return _Reading(self, day or self.last_day, vocabulary, policy).state()


def answered_again(
    record: Record, questions: Collection[str], day: datetime.date, vocabulary: Vocabulary
) -> Finding | None:
    """The finding of somebody who answers questions as they did the last time.

    Questions that were never answered are left out; None where that leaves none.
    """
    reading = _Reading(record, day, vocabulary, RecordPolicy())
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


class _Reading:
    """A record read on one day."""

    def __init__(
        self,
        record: Record,
        day: datetime.date,
        vocabulary: Vocabulary,
        policy: RecordPolicy,
    ) -> None:
        self.person = record.person
        self.day = day
        self.vocabulary = vocabulary
        self.policy = policy
        intake, slot = record.intake
        self.intake: Moment = (min(intake, day), slot)
        self.events = [event for event in record.events if event.on <= day]
        self.statements = list(self._statements())

    def state(self) -> State:
        stated = [
            (one.moment, complaint) for one in self.statements for complaint in one.complaints
        ]
        courses = courses_of(stated, self.policy)
        held = self.held()
        clock = Clock(
            day=self.day,
            policy=self.policy,
            hurting=bool(courses),
            trained=self._last_trained(),
            reopenings=tuple(self._reopenings(courses, held)),
        )
        clear = self.all_clear()
        answers = answers_on(
            clock, held, clear, self.vocabulary, takes_back=self._takes_back(clear)
        )
        age = self.person.age_on(self.day, stated_on=self.intake[0])
        facts = {**self._of_others(age, answers.unknown), **answers.facts}
        complaints = tuple(complaints_on(courses, self.day))
        harms, operations = list(self._injuries()), list(self._operations())
        implied = tuple(self._implied(answers, {one.region for one, _, _ in complaints}))
        hurting = [
            (place, since)
            for one, since, _ in complaints
            for place in places_of(one.region, one.side)
        ]
        hurting += [
            (place, since) for region, since in implied for place in places_of(region, Side.BOTH)
        ]
        injured = [
            (place, one.moment) for one in harms for place in places_of(one.region, one.side)
        ]
        operated = [
            (place, self.intake if one.day is None else (one.day, one.order.moment[1]))
            for one in operations
            for place in places_of(one.region, one.side)
        ]
        results = in_force(self._results(), injured, operated, hurting, self.day)
        injuries, injured_at = injuries_on(harms, self.day)
        surgeries, operated_at = surgeries_on(operations, results.results, self.day)
        places = {place for place, _ in (*hurting, *injured, *operated)}
        weight, not_cleared = standing_orders(
            facts, answers.stated, results.results, operations, places
        )
        if weight is not None:
            facts[WEIGHT] = weight
        return State(
            day=self.day,
            age=age,
            sex=self.person.sex,
            equipment=self.person.equipment,
            facts=facts,
            unknown=frozenset(answers.unknown),
            unsure=answers.unsure,
            stated=answers.stated,
            begun=answers.begun,
            clock=clock,
            complaints=tuple((one, since) for one, since, _ in complaints),
            worsened=tuple(worse for _, _, worse in complaints),
            implied=implied,
            injuries=injuries,
            surgeries=surgeries,
            injured=injured_at,
            operated=operated_at,
            not_cleared=not_cleared,
            results=results,
            run_out=answers.run_out,
        )

    def _statements(self) -> Iterator[Statement]:
        person = self.person
        asked_on = person.screening.on
        asked_at = self.intake if asked_on is None else (min(asked_on, self.day), INTAKE_SLOT)
        yield Statement(self.intake, person.facts, person.complaints, person.screening, asked_at)
        for event in self.events:
            if isinstance(event, Finding):
                moment = (event.on, event.slot)
                on = event.screening.on
                asked = moment if on is None else (on, event.slot)
                yield Statement(moment, event.facts, event.complaints, event.screening, asked)

    def held(self) -> dict[str, Held]:
        """What is known of each fact by name, sides and regions apart."""
        observations: dict[str, list[Observation]] = {}
        for one in self.statements:
            for name, value in spread(one.facts, self.vocabulary):
                observations.setdefault(name, []).append(Observation(value, one.moment))
            for name, value in self._asked_by_name(one):
                observations.setdefault(name, []).append(Observation(value, one.asked_at))
        held = {}
        for name, each in observations.items():
            fact = self.vocabulary.type_of(name)
            if fact is None:
                continue
            known = held_after(each, fact.most_cautious)
            if known is not None:
                held[name] = known
        self._count_as_asked(held)
        return held

    def _count_as_asked(self, held: dict[str, Held]) -> None:
        """Count answers as given when their own statement asked the questions, if that is later.

        Else the all-clear of a statement would take the place of what the same statement says.
        """
        for one in self.statements:
            if one.asked_at > one.moment and one.screening.everything:
                for name, _ in spread(one.facts, self.vocabulary):
                    if name in held and held[name].last < one.asked_at:
                        held[name] = evolve(held[name], last=one.asked_at)

    def _asked_by_name(self, statement: Statement) -> Iterator[tuple[str, Value]]:
        """The reassuring answer to each question that was asked by name and not answered."""
        for asked in statement.screening.asked:
            fact = self.vocabulary.by_id.get(asked)
            if fact is None or fact.reassuring is None:
                continue
            given = statement.facts.given()
            for name in fact.names:
                if name not in given and fact.id not in given:
                    yield name, fact.reassuring

    def all_clear(self) -> Moment | None:
        """The last moment at which all built-in questions were asked; None if there is none."""
        clear = [one.asked_at for one in self.statements if one.screening.everything]
        return max(clear, default=None)

    def _takes_back(self, clear: Moment | None) -> bool:
        """Whether an all-clear takes back signs that were reported before it.

        The all-clear of an intake does only where its own day is stated: to move `as_of` is no
        answer to what an event reported.
        """
        return clear != self.intake or self.person.screening.on is not None

    def _last_trained(self) -> datetime.date | None:
        days = [one.on for one in self.events if isinstance(one, SessionLog) and one.trained]
        return max(days, default=None)

    def _results(self) -> Iterator[Result]:
        for one in self.statements:
            found = result_of_word(one.facts.get(RESULT), one.moment)
            if found is not None:
                yield found
        for event in self.events:
            if isinstance(event, ClinicianResult):
                yield Result(event, (event.on, event.slot))

    def _injuries(self) -> Iterator[Harm]:
        for one in self.person.injuries:
            day = _days_before(self.intake, one.days_ago)
            moment = self.intake if day is None else (day, INTAKE_SLOT)
            yield Harm(one.region, one.side, day, min(moment, self.intake))
        for event in self.events:
            if isinstance(event, InjuryHappened):
                yield Harm(event.region, event.side, event.on, (event.on, event.slot))

    def _operations(self) -> Iterator[Operation]:
        for one in self.person.surgeries:
            days = None if one.weeks_ago is None else 7 * one.weeks_ago
            order = Order(one.weight_bearing, one.cleared, self.intake)
            yield Operation(one.region, one.side, _days_before(self.intake, days), order)
        for event in self.events:
            if isinstance(event, SurgeryDone):
                order = Order(event.weight_bearing, event.cleared, (event.on, event.slot))
                yield Operation(event.region, event.side, event.on, order)

    def _reopenings(
        self,
        courses: Mapping[tuple[Region, Side], ComplaintCourse],
        held: Mapping[str, Held],
    ) -> Iterator[Reopening]:
        """The events that ask questions again."""
        for (region, _), course in courses.items():
            for moment in course.alarms:
                yield Reopening(moment, frozenset({region}))
        for event in self.events:
            if isinstance(event, (InjuryHappened, SurgeryDone)):
                yield Reopening((event.on, event.slot), frozenset({event.region}))
        for fact in self.vocabulary.symptoms:
            for name in fact.names if held else ():
                known = held.get(name)
                if known is not None and known.value not in {None, fact.reassuring}:
                    yield Reopening(known.since, frozenset(fact.complaint))
        fell, falls = held.get(_FELL), held.get(_FALLS)
        if fell is not None and fell.value is True:
            yield Reopening(fell.since, fall=True)
        if falls is not None and falls.value:
            yield Reopening(falls.since, fall=True)

    def _of_others(self, age: int | None, unknown: Collection[str]) -> dict[str, Value]:
        """The reassuring value of questions that concern another age or sex."""
        return {
            name: fact.reassuring
            for fact in self.vocabulary.selective
            if fact.reassuring is not None and not fact.concerns(age, self.person.sex)
            for name in fact.names
            if name not in unknown
        }

    def _implied(self, answers: Answers, stated: set[Region]) -> Iterator[tuple[Region, Moment]]:
        """Regions that a symptom says to hurt, where no complaint states how much."""
        found: dict[Region, Moment] = {}
        for fact in self.vocabulary.symptoms:
            for name in fact.names:
                value = answers.facts.get(name, answers.unsure.get(name))
                if value is None or value == fact.reassuring:
                    continue
                for region in fact.complaint:
                    moment = answers.stated.get(name, self.intake)
                    found[region] = max(moment, found.get(region, moment))
        yield from ((region, found[region]) for region in sorted(found) if region not in stated)


def _days_before(moment: Moment, days: int | None) -> Happened:
    return None if days is None else moment[0] - datetime.timedelta(days=days)
