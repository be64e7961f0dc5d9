"""Law 4: nothing takes back an exclusion, a cap or a referral; only the app, by name, and the plan says so."""

from builtin_knowledge import KNOWLEDGE
from hypothesis import given, settings
from sizes import SLOW

import kineticchain as kc
from kineticchain.knowledge.pack import RulePack
from kineticchain.rules import decide
from kineticchain.testing import packs
from kineticchain.testing.strategies import persons


@settings(max_examples=SLOW)
@given(
    person=persons(KNOWLEDGE), one=packs.packs(KNOWLEDGE, "one"), two=packs.packs(KNOWLEDGE, "two")
)
def test_what_a_pack_says_stands_beside_any_other(
    person: kc.Person, one: RulePack, two: RulePack
) -> None:
    alone = KNOWLEDGE.with_packs(one)
    beside = KNOWLEDGE.with_packs(one, two)
    situation = kc.Recommender(alone).situation(person)
    before = decide(alone.rulebook, situation)
    after = decide(beside.rulebook, kc.Recommender(beside).situation(person))
    assert set(before.exclusions) <= set(after.exclusions)
    assert set(before.limits) <= set(after.limits)
    assert set(before.requirements) <= set(after.requirements)
    assert set(before.referrals) <= set(after.referrals)


@settings(max_examples=SLOW)
@given(person=persons(KNOWLEDGE), pack=packs.packs(KNOWLEDGE, most=3))
def test_a_rule_disabled_by_name_is_named_in_every_plan(person: kc.Person, pack: RulePack) -> None:
    whole = KNOWLEDGE.with_packs(pack)
    for rule in pack.rules:
        plan = kc.Recommender(whole.without_rules(rule.id)).recommend(person)
        assert plan.disabled_rules == (rule.id,)
        assert rule.id in str(plan)
