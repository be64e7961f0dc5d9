"""The people of the trials, and the day on which they ask for a plan."""

from datetime import date, timedelta
from typing import Any

import kineticchain as kc
from kineticchain.recommendation import Plan

ON = date(2026, 6, 1)


def day(number: int) -> date:
    return ON + timedelta(days=number)


def person(
    age: int, *complaints: kc.Complaint, facts: dict[str, Any] | None = None, **more: Any
) -> kc.Person:
    stated: dict[str, Any] = {"screening": "clear", "as_of": ON, **more}
    return kc.Person(
        age=age,
        complaints=list(complaints),
        facts={"tandem_stance_s": 30, **(facts or {})},
        equipment=["fixed_support", "towel", "chair"],
        **stated,
    )


def plan_of(who: kc.Person, *events: Any, on: date = ON, **request: Any) -> Plan:
    recommender = kc.Recommender(kc.Knowledge.builtin())
    return recommender.recommend(who, kc.History(events), request=kc.Request(**request), on=on)
