"""Law 10: left and right exchanged in the input give the mirrored plan."""

from builtin_knowledge import KNOWLEDGE, LAST_DAY, RECOMMENDER
from hypothesis import given, settings
from sizes import SLOW

import kineticchain as kc
from kineticchain.testing.strategies import (
    healthy_persons,
    histories,
    persons,
    requests,
    training_histories,
)

Line = tuple[str, kc.Side, str]


def told(plan: kc.Plan) -> tuple[object, ...]:
    """Everything in a plan that has a side, and what decides about the person."""
    items = {
        (session.number, item.exercise, item.side, item.dose, item.days)
        for session in plan.sessions
        for item in session.items
    }
    out = {
        (one.exercise, one.side, one.code, one.reason.rule)
        for one in (*kc.explain(plan).exclusions, *kc.explain(plan).omissions)
    }
    standings = {
        (one.ladder, one.side, one.exercise, one.level, one.dose_percent, one.action)
        for one in kc.explain(plan).standings
    }
    targets = {(one.region, one.side, one.points) for one in plan.targets}
    return items, out, standings, targets, plan.status, plan.referral.level


def mirrored(parts: tuple[object, ...]) -> tuple[object, ...]:
    def turn(value: object) -> object:
        if isinstance(value, kc.Side):
            return value.mirrored
        if isinstance(value, (set, frozenset)):
            return {turn(member) for member in value}
        return tuple(turn(member) for member in value) if isinstance(value, tuple) else value

    return tuple(turn(part) for part in parts)


@settings(max_examples=SLOW)
@given(
    person=healthy_persons(KNOWLEDGE) | persons(KNOWLEDGE),
    history=training_histories(KNOWLEDGE) | histories(KNOWLEDGE, most=8),
    request=requests(KNOWLEDGE),
)
def test_the_mirrored_person_gets_the_mirrored_plan(
    person: kc.Person, history: kc.History, request: kc.Request
) -> None:
    plan = RECOMMENDER.recommend(person, history, request=request, on=LAST_DAY)
    other = RECOMMENDER.recommend(
        person.mirrored(), history.mirrored(), request=request, on=LAST_DAY
    )
    assert told(other) == mirrored(told(plan))
