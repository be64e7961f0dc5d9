"""Law 20: nothing needs equipment that is not there, substitutes counted."""

from builtin_knowledge import KNOWLEDGE, RECOMMENDER
from hypothesis import given

import kineticchain as kc
from kineticchain.testing.strategies import healthy_persons, requests

STANDS_FOR = {
    substitute: piece.id for piece in KNOWLEDGE.equipment for substitute in piece.substitutes
}


@given(person=healthy_persons(KNOWLEDGE), request=requests(KNOWLEDGE))
def test_every_exercise_can_be_done_with_what_is_there(
    person: kc.Person, request: kc.Request
) -> None:
    owned = person.equipment if request.equipment is None else request.equipment
    available_equipment = {*owned, *(STANDS_FOR[name] for name in owned if name in STANDS_FOR)}
    for item in RECOMMENDER.recommend(person, request=request).items:
        for group in KNOWLEDGE.exercises[item.exercise].needs:
            assert not available_equipment.isdisjoint(group)


def test_a_place_brings_its_own_equipment() -> None:
    person = kc.Person(age=40, equipment=["fixed_support"], screening="clear")
    request = kc.Request(goal="balance", equipment=[])
    assert (
        kc.explain(RECOMMENDER.recommend(person, request=request))
        .why_not("side_by_side_stance")
        .reasons
    )
