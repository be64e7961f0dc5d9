"""Law 6: support, shoes and chairs, with the built-in packs."""

from builtin_knowledge import KNOWLEDGE, RECOMMENDER
from hypothesis import given

import kineticchain as kc
from kineticchain.domain.exercises import Position, Support
from kineticchain.testing.strategies import healthy_persons, persons, requests


@given(person=persons(KNOWLEDGE) | healthy_persons(KNOWLEDGE), request=requests(KNOWLEDGE))
def test_no_unsupported_standing_below_ten_seconds_of_tandem_or_after_a_fall(
    person: kc.Person, request: kc.Request
) -> None:
    feasible = RECOMMENDER.assess(person, request=request).feasible
    tandem = person.facts.get("tandem_stance_s")
    fell = person.facts.get("fall_last_12m") is True
    if fell or not isinstance(tandem, int) or tandem < 10:
        for one in feasible.items:
            unsupported = one.exercise.support is Support.NONE
            standing = one.exercise.position is Position.STANDING
            assert not (standing and unsupported) or "walking" in one.exercise.traits


@given(person=persons(KNOWLEDGE) | healthy_persons(KNOWLEDGE), request=requests(KNOWLEDGE))
def test_shoes_are_on_for_standing_work_where_they_must_be(
    person: kc.Person, request: kc.Request
) -> None:
    plan = RECOMMENDER.recommend(person, request=request)
    standing = [
        item
        for item in plan.items
        if KNOWLEDGE.exercises[item.exercise].position is Position.STANDING
    ]
    painful = {one.region for one in person.complaints if one.pain != 0}
    needs_shoes = (
        (person.age is not None and person.age >= 65)
        or person.facts.get("loss_of_protective_sensation") is True
        or not painful.isdisjoint({kc.Region.HEEL, kc.Region.TOES})
    )
    if standing and needs_shoes:
        assert "shoes_on" in {one.message.id for one in plan.precautions}
        assert not any(KNOWLEDGE.exercises[item.exercise].barefoot for item in standing)


def test_a_chair_is_never_a_support() -> None:
    person = kc.Person(age=40, equipment=["chair"], screening="clear")
    feasible = RECOMMENDER.assess(person, request=kc.Request(goal="balance")).feasible
    assert not any(one.exercise.support is Support.HAND for one in feasible.items)


def test_whatever_rests_a_hand_needs_a_fixed_support() -> None:
    for exercise in KNOWLEDGE.exercises.values():
        assert (exercise.support is not Support.HAND) or (("fixed_support",) in exercise.needs)
