"""Storage of answers: in the person on the day of the intake, else in a finding."""

import datetime
from collections.abc import Mapping

from attrs import evolve

from kineticchain.domain.facts import Value
from kineticchain.domain.facts.fact_values import Facts, GivenValue
from kineticchain.domain.person import (
    Event,
    Finding,
    History,
    InjuryHappened,
    Person,
    SurgeryDone,
)
from kineticchain.knowledge import Knowledge
from kineticchain.recommendation.intake.operation import surgeries_in
from kineticchain.recommendation.intake.person_questions import (
    complaints_in,
    injuries_in,
    with_person_answers,
)
from kineticchain.recommendation.intake.question import PersonAnswers
from kineticchain.recommendation.plan.plan_input import PlanInput
from kineticchain.record.observation import LAST_SLOT


def with_answers(
    started: PlanInput, facts: Mapping[str, Value | None], own: PersonAnswers, knowledge: Knowledge
) -> tuple[Person, History]:
    """Return a person and a history with the answers of an intake.

    Answers without a history, on the day of the person, belong to the person, who then gets this
    date. Answers of a later day are a finding of that day, so that earlier answers keep their date.

    Args:
        started: The person and the history at the start, with the day of the intake.
        facts: The answers by the name of the fact; None is *unsure*.
        own: The answers about the person.
        knowledge: The regions of the body.
    """
    history, on = started.history, started.on
    person = with_person_answers(started.person, own)
    if not facts and not own:
        return person, history
    complaints = complaints_in(own, knowledge)
    stated = person.complaints if started.is_first_day else ()
    injuries = injuries_in(stated, own, knowledge)
    surgeries = surgeries_in(own, {**person.facts, **facts})
    if started.is_first_day:
        stored = evolve(
            person,
            facts=Facts({**person.facts.given(), **given_values(facts)}),
            complaints=[*person.complaints, *complaints],
            injuries=[*person.injuries, *injuries],
            surgeries=[*person.surgeries, *surgeries],
            as_of=person.as_of or on,
        )
        return stored, history
    if not (facts or complaints or injuries or surgeries):
        return person, history
    assert on is not None  # noqa: S101 - a history, or a day before it, has one
    slots = [event.slot for event in history if event.on == on]
    slot = min(max(slots, default=0) + 1, LAST_SLOT)
    events: list[Event] = [
        InjuryHappened(
            on=_dated(started, on, injury.days_ago or 0),
            region=injury.region,
            side=injury.side,
            slot=slot,
        )
        for injury in injuries
    ]
    events += [
        SurgeryDone(
            on=_dated(started, on, 7 * (surgery.weeks_ago or 0)),
            region=surgery.region,
            side=surgery.side,
            cleared=surgery.cleared,
        )
        for surgery in surgeries
    ]
    finding = Finding(on=on, facts=Facts(given_values(facts)), complaints=complaints, slot=slot)
    return person, History((*history, *events, finding))


def _dated(started: PlanInput, on: datetime.date, days: int) -> datetime.date:
    """Return the day a number of days earlier, or the first event of an undated person if later.

    An earlier event would move the statements of an undated person into the past.
    """
    day = on - datetime.timedelta(days=days)
    if started.person.as_of is None and started.history:
        return max(day, min(event.on for event in started.history))
    return day


def given_values(answers: Mapping[str, Value | None]) -> dict[str, GivenValue]:
    """Return answers to facts as plain values; a set becomes a sorted list."""
    return {
        name: sorted(value) if isinstance(value, frozenset) else value
        for name, value in answers.items()
    }
