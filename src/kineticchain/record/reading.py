"""A record read on one day: where facts age, run out, replace one another and are reconciled."""

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping

from attrs import evolve

from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.facts import Value, Vocabulary
from kineticchain.domain.person.event import Event, InjuryHappened, SessionLog, SurgeryDone
from kineticchain.domain.person.person import Person
from kineticchain.record.answers import Answers, answers_on, spread
from kineticchain.record.clinician.results import NO_RESULTS, at_sites, in_force
from kineticchain.record.complaint_course import ComplaintCourse, complaints_on, courses_of
from kineticchain.record.injuries import Operation, injuries_on, surgeries_on
from kineticchain.record.observation import Held, Moment, Observation, held_after, moment_of
from kineticchain.record.orders import WEIGHT, standing_orders
from kineticchain.record.state import State
from kineticchain.record.statement import (
    Statement,
    injuries_of,
    operations_of,
    results_of,
    statements_of,
)
from kineticchain.record.validity import Clock, RecordPolicy, Reopening

_FELL = "fall_last_12m"
_FALLS = "falls_n"


class Reading:
    """A record read on one day: its intake, and the events up to then."""

    def __init__(
        self,
        person: Person,
        intake: Moment,
        events: Iterable[Event],
        day: datetime.date,
        vocabulary: Vocabulary,
        policy: RecordPolicy,
    ) -> None:
        """Read what was said up to `day`; an intake of a later day speaks for that day."""
        self.person: Person = person
        self.day: datetime.date = day
        self.vocabulary: Vocabulary = vocabulary
        self.policy: RecordPolicy = policy
        self.intake: Moment = (min(intake[0], day), intake[1])
        self.events: list[Event] = [event for event in events if event.on <= day]
        self.statements: list[Statement] = list(
            statements_of(person, self.intake, self.events, day)
        )

    def state(self) -> State:
        """What is known as of the day."""
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
        implied = tuple(self._implied(answers, {one.region for one, _, _ in complaints}))
        harms = list(injuries_of(self.person, self.intake, self.events))
        operations = list(operations_of(self.person, self.intake, self.events))
        results, not_cleared = NO_RESULTS, False
        said = list(results_of(self.statements, self.events))
        if said:
            hurting = at_sites(
                [
                    *((one.region, one.side, since) for one, since, _ in complaints),
                    *((region, Side.BOTH, since) for region, since in implied),
                ]
            )
            injured = at_sites((one.region, one.side, one.moment) for one in harms)
            operated = at_sites((one.region, one.side, self._done(one)) for one in operations)
            results = in_force(said, injured, operated, hurting, self.day)
            sites = {site for site, _ in (*hurting, *injured, *operated)}
            weight, not_cleared = standing_orders(
                facts, answers.stated, results.results, operations, sites
            )
            if weight is not None:
                facts[WEIGHT] = weight
        injuries, injured_at = injuries_on(harms, self.day) if harms else ((), ())
        surgeries, operated_at = (
            surgeries_on(operations, results.results, self.day) if operations else ((), ())
        )
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

    def _done(self, operation: Operation) -> Moment:
        """When an operation was done; where that is not known, when it was stated."""
        day = operation.day
        return self.intake if day is None else (day, operation.order.moment[1])

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
        """The last day of training; the events are in their order."""
        return next(
            (
                one.on
                for one in reversed(self.events)
                if isinstance(one, SessionLog) and one.trained
            ),
            None,
        )

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
                yield Reopening(moment_of(event), frozenset({event.region}))
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
