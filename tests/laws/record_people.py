"""People with a record: an intake of a day, reports since, and a day to read it on."""

import datetime

from attrs import evolve, frozen
from builtin_knowledge import KNOWLEDGE
from hypothesis import strategies as st

import kineticchain as kc
from kineticchain.domain.facts import FactClass, FactType, Temporal, Value
from kineticchain.domain.person import Event
from kineticchain.record import Record, State
from kineticchain.testing.strategies import persons, reports

DAY = datetime.timedelta(days=1)
INTAKE = datetime.date(2026, 1, 1)
VOCABULARY, POLICY = KNOWLEDGE.vocabulary, KNOWLEDGE.record_policy
GIVEN = [fact for fact in VOCABULARY.types if fact.is_given]


@frozen
class Recorded:
    """A person as of a day, what was reported since, and the day of reading."""

    person: kc.Person
    events: tuple[Event, ...]
    on: datetime.date

    @property
    def state(self) -> State:
        return state(self.person, self.events, self.on)


def state(person: kc.Person, events: tuple[Event, ...], on: datetime.date) -> State:
    return Record.of(person, kc.History(events), on).state_on(on, VOCABULARY, POLICY)


@st.composite
def recorded(draw: st.DrawFn, most: int = 4, span: int = 400) -> Recorded:
    """Somebody with up to `most` reports, read up to `span` days after the intake."""
    on = INTAKE + draw(st.integers(0, span)) * DAY
    person = evolve(draw(persons(KNOWLEDGE)), as_of=INTAKE)
    told = draw(
        st.lists(
            st.integers(-30, (on - INTAKE).days).flatmap(
                lambda count: reports(KNOWLEDGE, INTAKE + count * DAY)
            ),
            max_size=most,
        )
    )
    return Recorded(person, tuple(told), on)


def more_reassuring(fact: FactType, before: Value | None, after: Value | None) -> bool:
    """Whether an answer calls for less caution than before; unknown is never less."""
    if after is None or after == before:
        return False
    if before is None:
        return True
    return fact.most_cautious([before, after]) != after


def may_ease(fact: FactType) -> bool:
    """Whether time alone may make an answer of a kind more reassuring: it counts up."""
    return fact.time is Temporal.COUNTS_UP


def is_screening(fact: FactType) -> bool:
    return fact.fact_class is FactClass.SCREENING
