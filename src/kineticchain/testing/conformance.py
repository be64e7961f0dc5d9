"""What every rule pack must keep to, in one call for its author's tests."""

from collections.abc import Iterator

from attrs import evolve
from hypothesis import HealthCheck, Phase, given, settings

from kineticchain.domain.exercises import Dose
from kineticchain.domain.facts.fact_values import stem
from kineticchain.domain.person import Person
from kineticchain.interop import json
from kineticchain.knowledge import Knowledge
from kineticchain.knowledge.findings import unexplained_in
from kineticchain.recommendation import Recommender
from kineticchain.rules import PythonRule, RulePack, decide
from kineticchain.testing.strategies import persons


def check_pack(pack: RulePack, knowledge: Knowledge | None = None, people: int = 100) -> None:
    """Try a pack on generated people; raises `AssertionError` that says what is wrong.

    The pack must fit the knowledge (the built-in one unless given), come back equal from
    JSON where it is all data, bring no finding of the analysis that it does not explain,
    and, for all people tried: its rules in Python never fail, it never lowers a referral or
    widens what is feasible, and both evaluators and two calls agree. Raises `InvalidInput`
    where the pack does not load.
    """
    base = knowledge or Knowledge.builtin()
    extended = base.with_packs(pack)
    problems = [*_unlike_its_json(pack), *_unexplained(pack, extended)]
    if problems:
        raise AssertionError("\n".join(problems))
    before, after = Recommender(base), Recommender(extended)

    @settings(
        max_examples=people,
        deadline=None,
        database=None,
        phases=[Phase.generate],  # the first person found will do; to find a smaller one takes long
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(person=persons(extended))
    def try_on(person: Person) -> None:
        given = _without(person, {fact.id for fact in pack.facts})
        found = [*_faults(person, after), *_laxer(given, person, before, after)]
        if found:
            raise AssertionError("\n".join(found))

    try_on()


def _without(person: Person, own: set[str]) -> Person:
    """The person as a knowledge sees them that has never heard of a pack's facts."""
    facts = {name: value for name, value in person.facts.given().items() if stem(name) not in own}
    asked = [name for name in person.screening.asked if name not in own]
    return evolve(person, facts=facts, screening=evolve(person.screening, asked=asked))


def _unlike_its_json(pack: RulePack) -> Iterator[str]:
    data = all(not isinstance(rule, PythonRule) for rule in pack.rules)
    if data and json.loads(json.dumps(pack), RulePack) != pack:
        yield "the pack does not come back equal from JSON"


def _unexplained(pack: RulePack, knowledge: Knowledge) -> Iterator[str]:
    own = {rule.id for rule in pack.rules} | {one.id for one in pack.exercises}
    for finding in unexplained_in(knowledge):
        if finding.subject in own or own & set(finding.others):
            yield f"{finding}; mend it, or say in [[explained]] why it is meant"


def _faults(person: Person, recommender: Recommender) -> Iterator[str]:
    plan, again = recommender.recommend(person), recommender.recommend(person)
    for failure in plan.failures:
        yield f"the rule {failure.rule} failed: {failure.what}"
    if plan != again:
        yield "the same person got two different plans"
    situation, knowledge = recommender.situation(person), recommender.knowledge
    if knowledge.compiled_rules.decide(situation) != decide(knowledge.rulebook, situation):
        yield "the two evaluators disagree"


def _laxer(given: Person, person: Person, before: Recommender, after: Recommender) -> Iterator[str]:
    """How a plan with the pack is laxer than the one without it."""
    without, with_it = before.assess(given), after.assess(person)
    if with_it.decision.level < without.decision.level:
        yield "the referral is lower with the pack than without it"
    for place, one in with_it.feasible.by_place.items():
        earlier = without.feasible.by_place.get(place)
        own = one.exercise.id not in before.knowledge.exercises
        if earlier is None and not own:
            yield f"{place[0]} is feasible with the pack and not without it"
        elif earlier is not None and Dose.lesser(one.cap, earlier.cap) != one.cap:
            yield f"{place[0]} may be done more with the pack than without it"
