"""What a type checker sees at the front door; checked by mypy, never run."""

from datetime import date
from typing import assert_type

import kineticchain as kc
from kineticchain.interop import json
from kineticchain.recommendation import Item, Session, Status, Why

person = kc.Person(
    age=34,
    complaints=[kc.Complaint("heel", side="right", pain=3, weeks=6)],
    equipment=["fixed_support"],
    facts={"tandem_stance_s": 30, "single_leg_s": {"left": 3, "right": None}, "mastered": ["x"]},
    screening="clear",
)
assert_type(person.complaints, tuple[kc.Complaint, ...])
assert_type(person.complaints[0].region, kc.Region)

plan = kc.recommend(person, request=kc.Request(minutes=10), on=date(2026, 11, 21))
assert_type(plan, kc.Plan)
assert_type(plan.status, Status)
assert_type(plan.referral.level, kc.ReferralLevel)
assert_type(plan.sessions, tuple[Session, ...])
assert_type(plan.sessions[0].items[0], Item)
assert_type(plan.sessions[0].items[0].side, kc.Side)
assert_type(plan.sessions[0].items[0].dose, kc.Dose)
assert_type(kc.explain(plan).why("walking"), Why)
assert_type(plan.standings, tuple[kc.Standing, ...])
assert_type(plan.standings[0].action, kc.Action)
assert_type(json.loads("{}", kc.Person), kc.Person)
assert_type(json.dumps(plan), str)
assert_type(kc.load_pack("x.toml"), kc.RulePack)
assert_type(kc.Knowledge.builtin().with_packs(), kc.Knowledge)
