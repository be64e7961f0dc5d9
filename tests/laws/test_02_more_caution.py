"""Law 2: less reassuring answers, and more rules, never lower the referral or widen what is feasible."""

from builtin_knowledge import KNOWLEDGE, RECOMMENDER
from hypothesis import given, settings
from hypothesis import strategies as st
from sizes import SLOW

import kineticchain as kc
from kineticchain.domain.exercises import Dose
from kineticchain.domain.facts import FactClass, FactType
from kineticchain.domain.facts.fact_values import GivenValue
from kineticchain.knowledge.pack import RulePack
from kineticchain.recommendation import Assessment
from kineticchain.testing import packs
from kineticchain.testing.strategies import persons, values_of

SCREENING = [
    fact
    for fact in KNOWLEDGE.vocabulary.types
    if fact.fact_class is FactClass.SCREENING and fact.reassuring is not None and fact.by_clear
]


def laxer(before: Assessment, after: Assessment) -> list[object]:
    """What is allowed after and was not before: a lower referral, places, larger doses."""
    earlier = before.feasible.by_key
    found: list[object] = [
        place
        for place, one in after.feasible.by_key.items()
        if place not in earlier or Dose.lesser(one.cap, earlier[place].cap) != one.cap
    ]
    if not after.decision.level >= before.decision.level:
        found.append(after.decision.level)
    return found


@settings(max_examples=SLOW)
@given(person=persons(KNOWLEDGE), pack=packs.packs(KNOWLEDGE, most=4))
def test_a_further_pack_takes_away_and_never_adds(person: kc.Person, pack: RulePack) -> None:
    more = kc.Recommender(KNOWLEDGE.with_packs(pack))
    assert laxer(RECOMMENDER.assess(person), more.assess(person)) == []


@settings(max_examples=SLOW)
@given(pack=packs.packs(KNOWLEDGE, most=5), person=persons(KNOWLEDGE), gone=st.integers(0, 20))
def test_a_further_rule_takes_away_and_never_adds(
    pack: RulePack, person: kc.Person, gone: int
) -> None:
    rules = [rule.id for rule in pack.rules]
    whole = kc.Recommender(KNOWLEDGE.with_packs(pack))
    if rules:
        fewer = kc.Recommender(whole.knowledge.without_rules(rules[gone % len(rules)]))
        assert laxer(fewer.assess(person), whole.assess(person)) == []


@given(
    person=persons(KNOWLEDGE),
    fact=st.sampled_from(SCREENING),
    data=st.data(),
)
def test_an_answer_that_is_not_reassuring_takes_away_and_never_adds(
    person: kc.Person, fact: FactType, data: st.DataObject
) -> None:
    answer = data.draw(values_of(fact).filter(lambda value: value != fact.reassuring))
    reassured = with_answer(person, fact.id, fact.reassuring)
    worried = with_answer(person, fact.id, answer)
    assert laxer(RECOMMENDER.assess(reassured), RECOMMENDER.assess(worried)) == []


def with_answer(person: kc.Person, name: str, value: object) -> kc.Person:
    given: dict[str, GivenValue] = {name: value}  # type: ignore[dict-item]  # drawn to fit
    return kc.Person(
        age=person.age,
        sex=person.sex,
        complaints=person.complaints,
        injuries=person.injuries,
        surgeries=person.surgeries,
        equipment=person.equipment,
        facts=person.facts.updated(given),
        screening=person.screening,
    )
