"""What a pack may not do, by accident or on purpose."""

import pytest
from attrs import evolve

import kineticchain as kc
from kineticchain.domain.exercises import LoadClass
from kineticchain.interop import toml
from kineticchain.knowledge.findings import diff, unexplained_in
from kineticchain.rules import (
    Limit,
    LimitKind,
    PythonRule,
    Refer,
    ReferralLevel,
    Require,
    Requirement,
    Target,
)

KNOWLEDGE = kc.Knowledge.builtin()


def pack(body: str, name: str = "x") -> kc.RulePack:
    return toml.loads(f'schema = 1\nid = "{name}"\nversion = "1"\n{body}', f"{name}.toml")


def rule(name: str, when: str, effect: str) -> str:
    return (
        f'[[rule]]\nid = "{name}"\nwhen = "{when}"\n{effect}\nbecause = "b"\nsources = ["SEED0"]\n'
    )


def fact(name: str, more: str) -> str:
    return f'[[fact]]\nid = "{name}"\n{more}\n'


ASKED = 'kind = "boolean"\nfact_class = "screening"\nreassuring = false\nquestion = "Well?"'
CONCLUDED = 'kind = "boolean"\nfact_class = "concluded"'
MEASURE = 'kind = "boolean"\nfact_class = "measure"'
EMERGENCY = 'refer = { level = "EMERGENCY", whom = "doctor" }'


@pytest.mark.parametrize("name", ["new_dorsiflexion_weakness", "here", "exercise", "complaint"])
def test_a_pack_cannot_take_the_name_of_a_fact(name: str) -> None:
    with pytest.raises(kc.InvalidInput, match=f"a pack cannot be called `{name}`"):
        KNOWLEDGE.with_packs(pack(fact(f"{name}.left", CONCLUDED), name))


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (fact("x.heel", ASKED), "named like a side or a region"),
        (fact("x.age", 'kind = "boolean"\nfact_class = "derived"'), "a pack cannot work out facts"),
        ('[[evidence]]\nid = "A01"\nstatement = "s"\ngrade = "limited"\nsources = ["SEED0"]\n', "defined twice"),
    ],
)  # fmt: skip
def test_a_pack_cannot_define_what_is_not_its_own(body: str, fault: str) -> None:
    with pytest.raises(kc.InvalidInput, match=fault):
        KNOWLEDGE.with_packs(pack(body))


def test_ordered_words_are_ordered_as_the_alphabet_orders_them() -> None:
    risk = 'kind = "one_of"\nfact_class = "measure"\nordered = true\n'
    with pytest.raises(kc.InvalidInput, match="the alphabet orders otherwise"):
        pack(fact("x.risk", risk + 'options = ["low", "medium", "high"]'))
    (fine,) = pack(fact("x.risk", risk + 'options = ["r1_low", "r2_medium"]')).facts
    assert fine.ordered


class Lying(str):
    """A level that says that it is above all others."""

    __slots__ = ()
    rank = 0

    def __gt__(self, _: object) -> bool:
        return True

    __ge__ = __gt__


@pytest.mark.parametrize(
    "make",
    [
        lambda: Refer(Lying("NONE"), "doctor"),  # type: ignore[arg-type]  # a liar
        lambda: Refer("EMERGENCY", "doctor"),  # type: ignore[arg-type]  # a word is no level
        lambda: Target("knee", 5),  # type: ignore[arg-type]  # a word is no region
        lambda: Require("shoes_on"),  # type: ignore[arg-type]  # a word is no requirement
        lambda: Limit("load", 3),  # type: ignore[arg-type]  # a word is no kind
        lambda: Limit(LimitKind.DOSE_SHARE, 1000),
        lambda: Limit(LimitKind.PAIN_CEILING, -1),
    ],
)
def test_an_effect_is_made_of_its_own_words_alone(make: object) -> None:
    with pytest.raises(kc.InvalidInput):
        make()  # type: ignore[operator]  # a function
    bad = PythonRule(id="x.r", function=lambda _: [make()], because="b", sources=("SEED0",))  # type: ignore[operator]  # likewise
    knowledge = KNOWLEDGE.with_packs(kc.RulePack(id="x", version="1", rules=(bad,)))
    plan = kc.Recommender(knowledge).recommend(
        kc.Person(facts={"chest_pain": True}, screening="clear")
    )
    assert plan.referral.level is ReferralLevel.EMERGENCY
    assert [one.rule for one in plan.failures] == ["x.r"]


def test_effects_of_the_right_words_are_fine() -> None:
    assert Require(Requirement.SHOES_ON).requirement == "shoes_on"
    assert Limit(LimitKind.LOAD, LoadClass.L2).value == "L2"


def test_a_question_behind_either_of_two_conclusions_is_asked() -> None:
    body = (
        fact("x.q", ASKED)
        + fact("x.m", MEASURE)
        + fact("x.a", CONCLUDED)
        + rule("x.c1", "x.q", 'conclude = ["x.a"]')
        + rule("x.c2", "x.m", 'conclude = ["x.a"]')
        + rule("x.r", "x.a", EMERGENCY)
    )
    recommender = kc.Recommender(KNOWLEDGE.with_packs(pack(body)))
    plan = recommender.recommend(kc.Person(age=40, screening="clear"))
    assert [one.id for one in plan.questions] == ["x.q"]


def test_what_a_complaint_concludes_is_not_taken_for_everybodys() -> None:
    body = (
        fact("x.hurts", CONCLUDED)
        + rule("x.c", "True", 'each = "complaint"\nconclude = ["x.hurts"]')
        + rule("x.r", "not x.hurts", "exclude = true")
    )
    recommender = kc.Recommender(KNOWLEDGE.with_packs(pack(body)))
    (answer,) = recommender.ask_rule("x.r", kc.Person(screening="clear"))
    assert answer.truth is True


def test_a_complaint_without_pain_is_none() -> None:
    body = rule(
        "x.r", "here.region == 'knee' and 'knee' not in painful_regions",
        'each = "complaint"\nexclude = true',
    )  # fmt: skip
    recommender = kc.Recommender(KNOWLEDGE.with_packs(pack(body)))
    person = kc.Person(complaints=[kc.Complaint("knee", pain=0)], screening="clear")
    assert recommender.ask_rule("x.r", person) == ()


def test_a_condition_too_hard_to_weigh_is_undecided_when_it_goes() -> None:
    hard = pack(rule("x.r", "tandem_stance_s < chair_stand_30s", "exclude = true"))
    assert diff(hard, pack("")).at_least_as_safe is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (fact("x.f", MEASURE), fact("x.f", ASKED)),
        ('messages = { "x.m" = "Call 112 now." }\n', 'messages = { "x.m" = "Relax." }\n'),
    ],
)
def test_what_differs_beyond_rules_is_named(before: str, after: str) -> None:
    comparison = diff(pack(before), pack(after))
    assert comparison.at_least_as_safe is None
    assert comparison.beyond


def test_the_rest_that_an_urgent_referral_brings_is_weighed() -> None:
    urgent = 'refer = { level = "URGENT", whom = "doctor" }'
    narrow = rule("x.r", "here.region == 'knee' and fever", f'each = "complaint"\n{urgent}')
    wide = rule("x.r", "fever", urgent)
    assert diff(pack(narrow), pack(wide)).at_least_as_safe is False
    assert diff(pack(wide), pack(wide)).at_least_as_safe is True


def test_a_pack_explains_only_what_it_takes_part_in() -> None:
    favours = pack(
        rule("x.f", "True", "about = \"exercise.id == 'walking'\"\nfavour = 3"),
    )
    other = pack('[[explained]]\nfinding = "contradiction"\nsubject = "x.f"\nbecause = "b"\n', "y")
    assert unexplained_in(KNOWLEDGE.with_packs(favours))
    assert unexplained_in(KNOWLEDGE.with_packs(favours, other))
    own = evolve(favours, explained=other.explained)
    assert not unexplained_in(KNOWLEDGE.with_packs(own))


def test_the_nearest_miss_is_one_that_can_be() -> None:
    body = rule("x.r", "(limp and fever and age == 7) or (age > 80 and age < 81)", "exclude = true")
    recommender = kc.Recommender(KNOWLEDGE.with_packs(pack(body)))
    (answer,) = recommender.ask_rule("x.r", kc.Person(age=40, screening="clear"))
    assert {one.fact for one in answer.nearest_miss} == {"limp", "fever", "age"}
