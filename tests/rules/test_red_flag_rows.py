"""Every row of a red flag leads to a referral, from facts that are asked for and raise an alarm."""

import pytest

import kineticchain as kc
from kineticchain.domain.facts.condition import names_in
from kineticchain.rules import ReferralLevel, Rule

LEVELS = {
    "D101": "SAME_DAY", "D102": "SAME_DAY", "D103": "SAME_DAY", "D104": "SAME_DAY", "D105": "URGENT",
    "D106": "SAME_DAY", "D107": "URGENT", "D108": "URGENT", "D109": "URGENT", "D110": "SAME_DAY",
    "D111": "EMERGENCY", "D112": "SAME_DAY", "D118": "URGENT", "D128": "EMERGENCY", "D129": "SAME_DAY",
    "D201": "EMERGENCY", "D202": "SAME_DAY", "D203": "SAME_DAY", "D204": "EMERGENCY",
    "D205": "EMERGENCY", "D207": "SOON", "D208": "URGENT", "D209": "SOON", "D211": "SAME_DAY",
    "D213": "SOON", "D214": "EMERGENCY", "D216": "SOON", "D217": "SOON", "D218": "SOON",
    "D223": "EMERGENCY", "D224": "SOON",
}  # fmt: skip
"""The rows of knee, hip, spine and neck, and the least level of the fact base."""


@pytest.mark.parametrize("row", LEVELS)
def test_a_red_flag_row_has_a_rule_that_refers(row: str, knowledge: kc.Knowledge) -> None:
    levels = [
        rule.level
        for rule in knowledge.rules
        if isinstance(rule, Rule) and row in rule.evidence and rule.level is not None
    ]
    assert max(levels) >= ReferralLevel[LEVELS[row]]


@pytest.mark.parametrize("row", LEVELS)
def test_a_red_flag_row_is_read_from_facts_with_a_stated_alarm(
    row: str, knowledge: kc.Knowledge
) -> None:
    types = {fact.id: fact for fact in knowledge.vocabulary.types}
    read = {
        name
        for rule in knowledge.rules
        if isinstance(rule, Rule) and row in rule.evidence and rule.level is not None
        for name in names_in(rule.when)
    }
    assert any(types[name].alarms for name in read if name in types)
