"""Compiled rules: made when first needed, shared, safe between threads, and free of anybody's text."""

from concurrent.futures import ThreadPoolExecutor

import kineticchain as kc
from kineticchain.domain.facts import parse_condition
from kineticchain.interop import toml
from kineticchain.rules.matching.generated_matcher import GeneratedMatcher
from kineticchain.rules.matching.matcher import FEW, Matcher

RULE = """
[[rule]]
id = "x.a"
when = "age > {age}"
about = "exercise.id == 'walking'"
exclude = true
because = "b"
sources = ["SEED0"]
"""


def pack(age: int) -> kc.RulePack:
    return toml.loads('schema = 1\nid = "x"\nversion = "1"' + RULE.format(age=age))


def test_equal_knowledge_shares_its_compiled_rules() -> None:
    one, two = (kc.Knowledge.builtin().with_packs(pack(60)) for _ in range(2))
    assert one is not two
    assert one.compiled_rules is two.compiled_rules
    assert kc.Knowledge.builtin().with_packs(pack(61)).compiled_rules is not one.compiled_rules


def test_packs_can_be_replaced_while_others_evaluate() -> None:
    person = kc.Person(age=70, facts={"tandem_stance_s": 30}, screening="clear")
    base = kc.Knowledge.builtin()

    def excluded(age: int) -> bool:
        knowledge = base.with_packs(pack(age))
        recommender = kc.Recommender(knowledge)
        plan = recommender.recommend(person)
        return any(one.reason.rule == "x.a" for one in recommender.explain(plan).exclusions)

    ages = [60, 65, 69, 70, 75, 80] * 4
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(excluded, ages))
    assert found == [age < 70 for age in ages]


def test_one_matcher_serves_many_threads() -> None:
    conditions = [parse_condition(f"age > {at % 90} and sex == 'f'") for at in range(300)]
    matcher = Matcher(conditions)
    people = [{"age": at % 100, "sex": "f"} for at in range(2000)]
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(matcher.match, people))
    for person, (held, unknown) in zip(people, found, strict=True):
        assert len(held) == sum(person["age"] > at % 90 for at in range(300))  # type: ignore[operator]  # ages are numbers
        assert unknown == []


def test_no_text_or_number_of_an_author_stands_in_generated_code() -> None:
    marked = parse_condition("goal == 'balance' and age >= 77 or 'towel' in equipment")
    matcher = Matcher([marked])
    matcher.match({"goal": "balance", "age": 80, "equipment": frozenset()})
    matcher.match({})
    straight = getattr(matcher._found, "__self__", None)
    assert isinstance(straight, GeneratedMatcher)
    for function in (straight._known, straight._guarded):
        code = function.__code__
        assert not {"balance", "towel", 77, "goal", "age"} & {*code.co_consts, *code.co_names}


def test_a_set_on_either_side_of_the_border_decides_the_same() -> None:
    conditions = [parse_condition(f"age > {at} or sex == 'f'") for at in range(FEW + 1)]
    facts = {"age": 64}
    few, many = Matcher(conditions[:FEW]).match(facts), Matcher(conditions).match(facts)
    assert few[0] == [at for at in many[0] if at < FEW]
    assert few[1] == [at for at in many[1] if at < FEW]
