"""Law 36: a result settles what it is about and what is older; a clearance opens what may be opened."""

from attrs import evolve
from builtin_knowledge import KNOWLEDGE, RECOMMENDER
from hypothesis import given
from record_people import DAY, INTAKE

import kineticchain as kc
from kineticchain.rules import Decision, Rule
from kineticchain.testing.strategies import clinician_results, persons

RULES = {name: rule for name, rule in KNOWLEDGE.rules_by_id.items() if isinstance(rule, Rule)}
ON = INTAKE + 10 * DAY
RESULTS = clinician_results(KNOWLEDGE, INTAKE + 5 * DAY)


def decided(person: kc.Person, *events: kc.ClinicianResult) -> Decision:
    dated = evolve(person, as_of=INTAKE)
    return RECOMMENDER.assess(dated, kc.History(events), on=ON).decision


def silent(result: kc.ClinicianResult) -> kc.ClinicianResult:
    """The result without what it finds and orders, which brings rules of its own along."""
    return evolve(result, found=(), weight_bearing=None, cleared=None, examined=True)


@given(person=persons(KNOWLEDGE), result=RESULTS)
def test_what_a_result_settles_says_that_it_may_be_settled(
    person: kc.Person, result: kc.ClinicianResult
) -> None:
    gone = fired(decided(person)) - fired(decided(person, silent(result)))
    for name, region, _ in gone:
        assert RULES[name].settled_by
        if RULES[name].each is not None and result.region is not None:
            assert region is result.region


@given(person=persons(KNOWLEDGE), result=RESULTS)
def test_a_result_from_before_all_statements_settles_nothing(
    person: kc.Person, result: kc.ClinicianResult
) -> None:
    undated = [one for one in person.injuries if one.days_ago is None]
    known = evolve(person, injuries=(), surgeries=())
    if not undated:
        early = evolve(silent(result), on=INTAKE - DAY, until=None, allows=None)
        assert alarms(decided(known, early)) == alarms(decided(known))


@given(person=persons(KNOWLEDGE), result=RESULTS)
def test_a_clearance_opens_only_what_may_be_opened(
    person: kc.Person, result: kc.ClinicianResult
) -> None:
    allowing = evolve(
        result, found=(), ruled_out=(), examined=True, weight_bearing=None, cleared=None
    )
    opened = decided(person, allowing).opened
    for one in opened:
        exercise = KNOWLEDGE.exercises[one.target.exercise]
        assert allowing.allows is not None
        assert RULES[one.rule].until_cleared
        assert allowing.allows.load is not None
        assert exercise.load <= allowing.allows.load
        if allowing.region is not None:
            assert (
                allowing.region
                in KNOWLEDGE.exercise_index.loaded_regions_and_neighbours[exercise.id]
            )


def fired(decision: Decision) -> set[tuple[str, object, object]]:
    return {(one.rule, one.region, one.side) for one in decision.trace}


def alarms(decision: Decision) -> set[tuple[str, str]]:
    """The referrals that rest on answers: those that a result could settle."""
    return {
        (one.rule, one.effect.level) for one in decision.referrals if RULES[one.rule].settled_by
    }
