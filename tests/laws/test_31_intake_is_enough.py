"""Law 31: whoever answers only what the intake asks gets the plan of one who answers everything.

People are drawn with a complete truth. What the intake does not ask for has the value that the
vocabulary presumes, such as no complication of a pregnancy without a pregnancy.
"""

from collections.abc import Mapping

import attrs
from builtin_knowledge import KNOWLEDGE, RECOMMENDER
from hypothesis import given
from true_answers import ON, Truth, completed, interviewed, people, signs

import kineticchain as kc
from kineticchain.testing.strategies import requests


def shown(plan: kc.Plan) -> Mapping[str, object]:
    """All that a person gets; the trace tells which answers it was made from."""
    hidden = {"trace", "made_from"}
    return {
        one.name: getattr(plan, one.name) for one in attrs.fields(kc.Plan) if one.name not in hidden
    }


@given(person=people(), truth=signs(), request=requests(KNOWLEDGE))
def test_the_answers_that_are_asked_for_are_enough(
    person: kc.Person, truth: Truth, request: kc.Request
) -> None:
    everything = completed(person, truth, request)
    intake = interviewed(RECOMMENDER.intake(person, request=request, on=ON), everything)
    whole = RECOMMENDER.recommend(everything, request=request, on=ON)
    assert shown(intake.plan) == shown(whole)
