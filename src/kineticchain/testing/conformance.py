"""Conformance check of rule packs, for the tests of their authors."""

from collections.abc import Iterator

from attrs import evolve
from hypothesis import HealthCheck, Phase, given, settings

from kineticchain.domain.exercises import Dose
from kineticchain.domain.facts.fact_values import stem
from kineticchain.domain.person import Person
from kineticchain.interop import json
from kineticchain.knowledge import Knowledge
from kineticchain.knowledge.findings import unexplained_in
from kineticchain.knowledge.pack import RulePack
from kineticchain.recommendation import Recommender
from kineticchain.rules import PythonRule, decide
from kineticchain.testing.strategies import persons


def check_pack(pack: RulePack, knowledge: Knowledge | None = None, people: int = 100) -> None:
    """Check a pack against the rules for packs, with generated people.

    A pack without Python rules must survive a round trip through JSON. The analysis must report no
    finding that the pack does not explain. For all generated people, the Python rules must not
    fail, and the pack must not lower a referral level or permit more exercises or larger doses. The
    two evaluators must agree, and two calls for the same person must return the same plan.

    Args:
        pack: the pack to check.
        knowledge: the knowledge that the pack extends; None for the built-in knowledge.
        people: the number of generated people.

    Raises:
        AssertionError: with all problems found, if the pack breaks a rule.
        InvalidInput: if the pack cannot be loaded.

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
        phases=[Phase.generate],  # no shrinking, which would take long
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(person=persons(extended))
    def try_on(person: Person) -> None:
        given = _without(person, {fact.id for fact in pack.facts})
        problems = [*_faults(person, after), *_laxer(given, person, before, after)]
        if problems:
            raise AssertionError("\n".join(problems))

    try_on()


def _without(person: Person, defined: set[str]) -> Person:
    """Return the person without the facts and questions that the pack defines."""
    facts = {
        name: value for name, value in person.facts.given().items() if stem(name) not in defined
    }
    asked = [name for name in person.screening.asked if name not in defined]
    return evolve(person, facts=facts, screening=evolve(person.screening, asked=asked))


def _unlike_its_json(pack: RulePack) -> Iterator[str]:
    is_data = all(not isinstance(rule, PythonRule) for rule in pack.rules)
    if is_data and json.loads(json.dumps(pack), RulePack) != pack:
        yield "the pack does not come back equal from JSON"


def _unexplained(pack: RulePack, knowledge: Knowledge) -> Iterator[str]:
    pack_ids = {rule.id for rule in pack.rules} | {exercise.id for exercise in pack.exercises}
    for finding in unexplained_in(knowledge):
        if finding.subject in pack_ids or pack_ids & set(finding.others):
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
    """Yield a sentence for each respect in which the pack makes the plan less strict."""
    without, extended = before.assess(given), after.assess(person)
    if extended.decision.level < without.decision.level:
        yield "the referral is lower with the pack than without it"
    for key, candidate in extended.feasible.by_key.items():
        earlier = without.feasible.by_key.get(key)
        # exercises of the pack itself have no counterpart without it
        is_new = candidate.exercise.id not in before.knowledge.exercises
        if earlier is None and not is_new:
            yield f"{key[0]} is feasible with the pack and not without it"
        elif earlier is not None and Dose.lesser(candidate.cap, earlier.cap) != candidate.cap:
            yield f"{key[0]} may be done more with the pack than without it"
