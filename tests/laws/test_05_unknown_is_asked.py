"""Law 5: an unknown screening fact is asked, never taken for reassuring.

Exclude, limit and require hold on true or unknown; completing the unknown answers never
reveals an exclusion that was missed.
"""

from builtin_knowledge import KNOWLEDGE, RECOMMENDER
from hypothesis import given
from hypothesis import strategies as st

import kineticchain as kc
from kineticchain.domain.anatomy import Side
from kineticchain.domain.facts import FactClass
from kineticchain.testing.strategies import persons, requests, values_of

OPEN = [
    fact
    for fact in KNOWLEDGE.vocabulary.types
    if fact.fact_class in {FactClass.SCREENING, FactClass.MEASURE} and not fact.reassured_by_silence
]


@st.composite
def answers(draw: st.DrawFn) -> dict[str, object]:
    """An answer to every screening question and a value for every measure."""
    return {
        fact.id: {side.value: draw(values_of(fact)) for side in Side.BOTH.each}
        if fact.per_side
        else draw(values_of(fact))
        for fact in OPEN
    }


@given(person=persons(KNOWLEDGE), request=requests(KNOWLEDGE), given_later=answers())
def test_completing_the_answers_reveals_no_exclusion_that_was_missed(
    person: kc.Person, request: kc.Request, given_later: dict[str, object]
) -> None:
    before = RECOMMENDER.assess(person, request=request)
    given_now = {name.split(".")[0] for name in person.facts}
    later = {name: value for name, value in given_later.items() if name not in given_now}
    kept = {fact.id for fact in OPEN if fact.id in before.situation.facts}
    later = {name: value for name, value in later.items() if name not in kept}
    completed = kc.Person(
        age=40 if person.age is None else person.age,
        sex=person.sex,
        complaints=person.complaints,
        injuries=person.injuries,
        surgeries=person.surgeries,
        equipment=person.equipment,
        facts=person.facts.updated(later),  # type: ignore[arg-type]  # drawn from the vocabulary
        screening=person.screening,
    )
    after = RECOMMENDER.assess(completed, request=request)
    if before.decision.questions:
        return  # asked: nothing was prescribed, so that nothing was missed
    missed = set(after.decision.exclusions) - set(before.decision.exclusions)
    assert missed == set()
    assert after.decision.level <= max(before.decision.level, kc.ReferralLevel.SOON)


@given(person=persons(KNOWLEDGE))
def test_open_questions_leave_no_exercise(person: kc.Person) -> None:
    plan = RECOMMENDER.recommend(person)
    if kc.explain(plan).questions:
        assert plan.status in {"ask_first", "refer"}
        assert plan.items == ()


def test_an_unscreened_person_is_asked_every_red_flag() -> None:
    """Each of them by name, or by a question that covers it."""
    achilles = kc.Complaint("calf_achilles", pain=3)
    person = kc.Person(age=40, complaints=[achilles], facts={"tandem_stance_s": 30})
    plan = RECOMMENDER.recommend(person)
    asked = {question.id for question in kc.explain(plan).questions}
    covered = {part for name in asked for part in KNOWLEDGE.vocabulary.by_id[name].covers}
    assert plan.status == "ask_first"
    assert {"saddle_numbness", "chest_pain", "fever", "fall_last_12m"} <= covered
    assert "sudden_snap" in asked


def test_a_question_that_was_asked_is_not_asked_again() -> None:
    first = RECOMMENDER.recommend(kc.Person(age=40, facts={"tandem_stance_s": 30}))
    asked = [question.id for question in kc.explain(first).questions]
    person = kc.Person(age=40, facts={"tandem_stance_s": 30}, screening=asked)
    assert RECOMMENDER.recommend(person).status == "ready"
