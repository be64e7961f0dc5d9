"""Law 30: a stated alarm leads to at least its level, or to an open question that decides it."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from attrs import evolve
from builtin_knowledge import KNOWLEDGE, RECOMMENDER
from hypothesis import given
from hypothesis import strategies as st

import kineticchain as kc
from kineticchain.domain.facts import (
    Alarm,
    All,
    FactType,
    Temporal,
    Value,
    condition_text,
    evaluate,
)
from kineticchain.domain.facts.fact_values import GivenValue
from kineticchain.knowledge.checks.alarms import alarming, silent_alarms
from kineticchain.recommendation import Assessment
from kineticchain.rules import Rule
from kineticchain.rules.analysis import Witness
from kineticchain.rules.analysis.rule_boxes import RuleBoxes
from kineticchain.rules.analysis.satisfiability import Search
from kineticchain.testing.strategies import persons, values_of

DAY = datetime.timedelta(days=1)
ON = datetime.date(2026, 11, 21)
ALARMS = [(fact, alarm) for fact in KNOWLEDGE.vocabulary.types for alarm in fact.alarms]
BARE = [(fact, alarm) for fact, alarm in ALARMS if alarm.when is None]
EASES = {Temporal.COUNTS_UP, Temporal.WINDOW}


def is_answered(now: Assessment, fact: FactType, alarm: Alarm) -> bool:
    return now.decision.level >= alarm.level or fact.id in now.decision.questions


@given(person=persons(KNOWLEDGE), given_alarm=st.sampled_from(BARE), data=st.data())
def test_a_stated_alarm_is_answered_whoever_states_it(
    person: kc.Person, given_alarm: tuple[FactType, Alarm], data: st.DataObject
) -> None:
    fact, alarm = given_alarm
    value = data.draw(values_of(fact).filter(lambda value: value != fact.reassuring))
    goal = data.draw(st.none() | st.sampled_from([goal.id for goal in KNOWLEDGE.goals]))
    facts = person.facts.updated({"clinician_result": "none", fact.id: value})
    stating = evolve(person, facts=facts)
    now = RECOMMENDER.assess(stating, request=kc.Request(goal=goal), on=ON)
    assert now.decision.level >= alarm.level


def test_no_alarm_of_the_built_in_vocabulary_stays_silent() -> None:
    assert silent_alarms(KNOWLEDGE) == ()


@pytest.mark.parametrize("rule", ["painful_calf", "constant_night_pain", "limp_before_4"])
def test_where_a_rule_is_left_out_somebody_is_named_whom_nothing_refers(rule: str) -> None:
    [silent] = silent_alarms(KNOWLEDGE.without_rules(rule))[:1]
    assert silent.witness is not None
    assert "does not lead to" in str(silent)


# the table: every alarm, four people, three moments


def base_people() -> Iterator[tuple[FactType, Alarm, Witness]]:
    """For each alarm somebody who states it with its companions, found by the analysis."""
    probes = []
    for number, (fact, alarm) in enumerate(ALARMS):
        when = alarming(fact)
        condition = when if alarm.when is None else All((when, alarm.when))
        probes.append(
            Rule(
                id=f"probe.{'abcdefghijklmnopqrstuvwxyz'[number % 26]}{number}",
                when=condition_text(condition),
                effects=KNOWLEDGE.rules_by_id["stop_signs_of_exercise"].effects,  # type: ignore[union-attr]
                because="-",
                each=alarm.each,
                sources=("x",),
            )
        )
    forms = RuleBoxes.of(
        evolve(KNOWLEDGE.rulebook, rules=(*KNOWLEDGE.rulebook.data_rules, *probes))
    )
    search = Search(forms)
    for (fact, alarm), probe in zip(ALARMS, probes, strict=True):
        witness = search.person(forms.sure(probe) or (), ())
        assert isinstance(witness, Witness)
        yield fact, alarm, witness


PEOPLE = list(base_people())


def variants(fact: FactType, witness: Witness) -> Iterator[tuple[str, kc.Person, str | None]]:
    """A complaint where the question is about, one elsewhere, a goal alone, and nothing else."""
    person = witness.person
    if person.complaints or person.injuries:
        yield "as it is", person, witness.request.goal
        return
    region = fact.regions[0] if fact.regions else kc.Region.HEEL
    there = kc.Complaint(region, pain=3, weeks=10)
    yield "there", evolve(person, complaints=[there]), None
    yield "elsewhere", evolve(person, complaints=[kc.Complaint("toes", pain=2, weeks=10)]), None
    yield "goal alone", person, "back_pain"
    yield "nothing", person, None


TABLE = [
    pytest.param(fact, alarm, person, goal, id=f"{fact.id}-{number}-{alarm.level}-{name}")
    for number, (fact, alarm, witness) in enumerate(PEOPLE)
    for name, person, goal in variants(fact, witness)
]


@pytest.mark.parametrize(("fact", "alarm", "person", "goal"), TABLE)
def test_an_alarm_at_intake_is_answered(
    fact: FactType, alarm: Alarm, person: kc.Person, goal: str | None
) -> None:
    now = RECOMMENDER.assess(evolve(person, as_of=ON), request=kc.Request(goal=goal), on=ON)
    assert now.decision.level >= alarm.level


@pytest.mark.parametrize(("fact", "alarm", "person", "goal"), TABLE)
def test_an_alarm_reported_today_is_answered(
    fact: FactType, alarm: Alarm, person: kc.Person, goal: str | None
) -> None:
    """The intake said the reassuring thing yesterday."""
    without = {name: value for name, value in person.facts.items() if name not in names(fact)}
    calm = evolve(person, facts=without, as_of=ON - DAY)
    event = kc.Finding(on=ON, facts=stated(fact, person))
    now = RECOMMENDER.assess(calm, kc.History([event]), request=kc.Request(goal=goal), on=ON)
    assert is_answered(now, fact, alarm)


@pytest.mark.parametrize(("fact", "alarm", "person", "goal"), TABLE)
def test_an_alarm_of_long_ago_is_answered_or_asked_again(
    fact: FactType, alarm: Alarm, person: kc.Person, goal: str | None
) -> None:
    """All other questions are answered today; only this answer is from long ago."""
    without = {name: value for name, value in person.facts.items() if name not in names(fact)}
    calm = evolve(person, facts=without, as_of=ON - 500 * DAY)
    others = [one.id for one in KNOWLEDGE.vocabulary.screening if one.id != fact.id]
    today: dict[str, GivenValue] = dict(without)
    history = kc.History(
        [
            kc.Finding(on=ON - 450 * DAY, facts=stated(fact, person)),
            kc.Finding(on=ON, facts=today, screening=others),
        ]
    )
    now = RECOMMENDER.assess(calm, history, request=kc.Request(goal=goal), on=ON)
    eased = fact.time in EASES and not (fact.time is Temporal.WINDOW and fact.is_asked)
    state = now.situation.state
    relevant = alarm.when is None or holds_still(alarm, now)
    relevant = relevant and fact.concerns(state.age, state.sex)
    assert is_answered(now, fact, alarm) or eased or not relevant


def holds_still(alarm: Alarm, now: Assessment) -> bool:
    """Whether the companions of an alarm still hold; those of age and time may not."""
    assert alarm.when is not None
    bindings = now.situation.bindings(alarm.each)
    return any(evaluate(alarm.when, facts) is True for _, facts in bindings)


def names(fact: FactType) -> set[str]:
    return {fact.id, *fact.names}


def stated(fact: FactType, person: kc.Person) -> dict[str, GivenValue]:
    values: dict[str, Value] = {
        name: person.facts[name] for name in names(fact) if name in person.facts
    }
    assert values
    given_values: dict[str, Any] = dict(values)
    return given_values
