"""A plan from a person, and what it can answer."""

from datetime import date

import kineticchain as kc

person = kc.Person(
    age=34,
    complaints=[kc.Complaint("heel", side="right", pain=3, weeks=6)],
    equipment=["fixed_support", "towel"],
    facts={"tandem_stance_s": 30},
    screening="clear",
)
plan = kc.recommend(person, request=kc.Request(minutes=10), on=date(2026, 11, 21))

print(plan)
print()
for item in plan.items:
    print(kc.explain(plan).why(item.exercise))
    print()
print(kc.explain(plan).why_not("single_leg_balance_forefoot"))
