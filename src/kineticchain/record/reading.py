"""Reading of a record on one day: facts age, expire, supersede one another and are reconciled."""

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from operator import attrgetter

from attrs import evolve

from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.facts import FactType, Value, Vocabulary
from kineticchain.domain.person.event import Event, MorningAfter, SessionLog
from kineticchain.domain.person.person import Person
from kineticchain.record.answers import Answers, answers_on, signs_of_groups, spread
from kineticchain.record.clinician.result import CLOT, Result
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
_PREGNANT = "pregnant_weeks"
_ANTICOAGULANT = "anticoagulant"

_AFTER_A_PREGNANCY = frozenset({"recent_treatment", "birth_in_last_6_weeks", "pelvic_floor_signs"})
"""Facts whose questions are asked again once a pregnancy is over."""

_AFTER_AN_OPERATION = ("unwell_signs", "leg_signs")
"""Covering questions that are asked again after an operation, with the facts that they cover."""

_WITH_NEW_PAIN = ("unwell_signs",)
"""Covering questions that new or much worse pain asks again, with the facts that they cover."""


class Reading:
    """A record read on one day: its intake and the events up to that day."""

    def __init__(
        self,
        person: Person,
        intake: Moment,
        events: Iterable[Event],
        day: datetime.date,
        vocabulary: Vocabulary,
        policy: RecordPolicy,
    ) -> None:
        """Collect the statements up to the day of the reading.

        An intake that is dated later counts as of the day of the reading.

        Args:
            person: Person as described at intake.
            intake: Moment of the intake.
            events: Events in order.
            day: Day of the reading; later events are ignored.
            vocabulary: Types of facts.
            policy: Validity of answers.

        """
        self.person: Person = person
        self.day: datetime.date = day
        self.vocabulary: Vocabulary = vocabulary
        self.policy: RecordPolicy = policy
        self.intake: Moment = (min(intake[0], day), intake[1])
        self.events: list[Event] = [event for event in events if event.on <= day]
        self.statements: list[Statement] = list(
            statements_of(person, self.intake, self.events, day)
        )

    def state(self, *, hurts: bool = False) -> State:
        """Return the state as of the day.

        Args:
            hurts: True if the goal counts as a complaint.
        """
        stated = [
            (statement.moment, complaint)
            for statement in self.statements
            for complaint in statement.complaints
        ]
        courses = courses_of(stated, self.policy)
        held = self.held()
        clock = Clock(
            day=self.day,
            policy=self.policy,
            hurting=bool(courses) or hurts or any(self._symptoms(held)),
            trained=self._last_trained(),
            reopenings=tuple(self._reopenings(courses, held)),
            pained=self._last_pained(),
        )
        clear = self.all_clear()
        answers = answers_on(
            clock, held, clear, self.vocabulary, takes_back=self._takes_back(clear)
        )
        age = self.person.age_on(self.day, stated_on=self.intake[0])
        facts = {**self._not_concerning(age, answers.unknown), **answers.facts}
        complaints = tuple(complaints_on(courses, self.day))
        regions = {complaint.region for complaint, _, _ in complaints}
        implied = tuple(self._implied(answers, regions))
        harms = list(injuries_of(self.person, self.intake, self.events))
        operations = list(operations_of(self.person, self.intake, self.events))
        results, not_cleared = NO_RESULTS, False
        reported = [
            _treated(result, answers) for result in results_of(self.statements, self.events)
        ]
        if reported:
            hurting = at_sites(
                [
                    *(
                        (complaint.region, complaint.side, since)
                        for complaint, since, _ in complaints
                    ),
                    *((region, Side.BOTH, since) for region, since in implied),
                ]
            )
            injured = at_sites((harm.region, harm.side, harm.moment) for harm in harms)
            operated = at_sites(
                (operation.region, operation.side, self._moment_done(operation))
                for operation in operations
            )
            results = in_force(reported, injured, operated, hurting, self.day)
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
            lapsed=frozenset(answers.lapsed),
            expired=frozenset(answers.expired),
            unsure=answers.unsure,
            stated=answers.stated,
            begun=answers.begun,
            clock=clock,
            complaints=tuple((complaint, since) for complaint, since, _ in complaints),
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

    def _moment_done(self, operation: Operation) -> Moment:
        """Return the moment of an operation, or of the intake if the operation has no day."""
        day = operation.day
        return self.intake if day is None else (day, operation.order.moment[1])

    def held(self) -> dict[str, Held]:
        """Return the value of each stated fact by name; each side and region has its own name."""
        observations: dict[str, list[Observation]] = {}
        for statement in self.statements:
            for name, value in spread(statement.facts, self.vocabulary):
                observations.setdefault(name, []).append(Observation(value, statement.moment))
            for name, value in self._asked_by_name(statement):
                observations.setdefault(name, []).append(Observation(value, statement.asked_at))
        held = {}
        for name, of_fact in observations.items():
            fact = self.vocabulary.type_of(name)
            if fact is None:
                continue
            observed = held_after(of_fact, fact.most_cautious)
            if observed is not None:
                held[name] = observed
        self._count_as_asked(held)
        return held

    def _count_as_asked(self, held: dict[str, Held]) -> None:
        """Move answers to the moment of the all-clear of their statement, if that moment is later.

        Otherwise the all-clear of a statement would replace the answers of that statement.
        """
        for statement in self.statements:
            if statement.asked_at > statement.moment and statement.screening.everything:
                for name, _ in spread(statement.facts, self.vocabulary):
                    if name in held and held[name].last < statement.asked_at:
                        held[name] = evolve(held[name], last=statement.asked_at)

    def _asked_by_name(self, statement: Statement) -> Iterator[tuple[str, Value]]:
        """Yield the reassuring answer to each question that was asked by name and not answered."""
        for asked in statement.screening.asked:
            fact = self.vocabulary.by_id.get(asked)
            if fact is None or fact.reassuring is None:
                continue
            given = statement.facts.given()
            for name in fact.names:
                if name not in given and fact.id not in given:
                    yield name, fact.reassuring

    def all_clear(self) -> Moment | None:
        """Return the last moment at which all built-in questions were asked; None without one."""
        moments = [
            statement.asked_at for statement in self.statements if statement.screening.everything
        ]
        return max(moments, default=None)

    def _takes_back(self, clear: Moment | None) -> bool:
        """Return whether an all-clear takes back signs that were reported before it.

        The all-clear of an intake does so only if its screening states a day. Otherwise a change of
        `as_of` would retract signs that events reported.
        """
        return clear != self.intake or self.person.screening.on is not None

    def _last_trained(self) -> datetime.date | None:
        """Return the last day of training; None without one."""
        return next(
            (
                event.on
                for event in reversed(self.events)
                if isinstance(event, SessionLog) and event.trained
            ),
            None,
        )

    def _last_pained(self) -> datetime.date | None:
        """Return the day of the last session that recorded a pain, 0 included; None without one."""
        sessions = (event for event in reversed(self.events) if isinstance(event, SessionLog))
        return next((session.on for session in sessions if session.worst_pain is not None), None)

    def _reopenings(
        self,
        courses: Mapping[tuple[Region, Side], ComplaintCourse],
        held: Mapping[str, Held],
    ) -> Iterator[Reopening]:
        """Yield a reopening for each event or answer that asks questions again.

        These are complaints that are new or much worse, injuries, operations, sessions with severe
        pain, much worse next mornings, symptoms, covering questions of `signs_of_groups`, the end
        of a pregnancy, and falls.
        """
        for (region, _), course in courses.items():
            for moment in course.alarms:
                names = self._parts_of(_WITH_NEW_PAIN)
                yield Reopening(moment, frozenset({region}), names=names)
        injuries = list(injuries_of(self.person, self.intake, self.events))
        operations = list(operations_of(self.person, self.intake, self.events))
        for injury in injuries:
            yield Reopening(injury.moment, frozenset({injury.region}))
        for operation in operations:
            names = self._parts_of(_AFTER_AN_OPERATION)
            regions = frozenset({operation.region})
            yield Reopening(self._moment_done(operation), regions, names=names)
        concerned = frozenset(
            [
                *(region for region, _ in courses),
                *(injury.region for injury in injuries),
                *(operation.region for operation in operations),
            ]
        )
        for event in self.events:
            if isinstance(event, SessionLog) and (event.worst_pain or 0) >= self.policy.severe_from:
                yield Reopening(moment_of(event), concerned)
            elif isinstance(event, MorningAfter) and event.change >= self.policy.worse_by:
                regions = concerned if event.region is None else frozenset({event.region})
                yield Reopening(moment_of(event), regions)
        for observed, fact in self._symptoms(held):
            yield Reopening(observed.since, frozenset(fact.complaint))
        for observed, fact in signs_of_groups(held, self.vocabulary):
            yield Reopening(observed.last, names=frozenset(fact.covers))
        ended = self._end_of_pregnancy()
        if ended is not None:
            yield Reopening(ended, names=_AFTER_A_PREGNANCY)
        fell, falls = held.get(_FELL), held.get(_FALLS)
        if fell is not None and fell.value is True:
            yield Reopening(fell.since, fall=True)
        if falls is not None and falls.value:
            yield Reopening(falls.since, fall=True)

    def _parts_of(self, groups: Iterable[str]) -> frozenset[str]:
        """Return the ids of some covering questions and of the facts that they cover."""
        types = [fact for group in groups if (fact := self.vocabulary.by_id.get(group))]
        return frozenset(name for fact in types for name in (fact.id, *fact.covers))

    def _symptoms(self, held: Mapping[str, Held]) -> Iterator[tuple[Held, FactType]]:
        """Yield each symptom that was stated, with the type of its fact."""
        for fact in self.vocabulary.symptoms if held else ():
            for name in fact.names:
                observed = held.get(name)
                if observed is not None and observed.value not in {None, fact.reassuring}:
                    yield observed, fact

    def _end_of_pregnancy(self) -> Moment | None:
        """Return the moment since which a pregnancy is over; None if none is.

        A pregnancy is over with the first statement of 0 weeks after a statement that gave its
        weeks. Further statements of 0 weeks say nothing new.
        """
        ended, was_pregnant = None, False
        for statement in sorted(self.statements, key=attrgetter("moment")):
            weeks = statement.facts.given().get(_PREGNANT)
            if isinstance(weeks, int):
                if weeks:
                    ended, was_pregnant = None, True
                elif was_pregnant and ended is None:
                    ended = statement.moment
        return ended

    def _not_concerning(self, age: int | None, unknown: Collection[str]) -> dict[str, Value]:
        """Return the reassuring values of questions that do not concern the person's age or sex."""
        return {
            name: fact.reassuring
            for fact in self.vocabulary.selective
            if fact.reassuring is not None and not fact.concerns(age, self.person.sex)
            for name in fact.names
            if name not in unknown
        }

    def _implied(self, answers: Answers, stated: set[Region]) -> Iterator[tuple[Region, Moment]]:
        """Yield the painful regions that a symptom implies and no complaint states.

        Each region comes with the last moment at which a symptom that implies it was stated.
        """
        moments: dict[Region, Moment] = {}
        for fact in self.vocabulary.symptoms:
            for name in fact.names:
                value = answers.facts.get(name, answers.unsure.get(name))
                if value is None or value == fact.reassuring:
                    continue
                for region in fact.complaint:
                    moment = answers.stated.get(name, self.intake)
                    moments[region] = max(moment, moments.get(region, moment))
        yield from ((region, moments[region]) for region in sorted(moments) if region not in stated)


def _treated(result: Result, answers: Answers) -> Result:
    """Return the result, marked as treated if it found a clot that a blood thinner treats.

    The person must take the blood thinner only since the result. A blood thinner stated before the
    result did not prevent the clot, and does not count even if it is stated again.
    """
    if CLOT not in result.stated.found or answers.facts.get(_ANTICOAGULANT) is not True:
        return result
    begun = answers.begun.get(_ANTICOAGULANT)
    return evolve(result, treated=True) if begun and begun >= result.moment else result
