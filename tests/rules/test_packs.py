"""Rule packs: read, checked with all faults at once, and joined to the knowledge."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest
from attrs import evolve

import kineticchain as kc
from kineticchain.domain.exercises import Dimension, LoadClass
from kineticchain.domain.facts import Constant, Value, parse_condition
from kineticchain.errors import InvalidDocument, InvalidKnowledge
from kineticchain.interop import json, toml
from kineticchain.knowledge.checks.consistency import faults_in
from kineticchain.rules import (
    Advise,
    Effect,
    Exclude,
    Limit,
    LimitKind,
    Prefer,
    Refer,
    ReferralLevel,
    Require,
    Requirement,
    Rule,
    Target,
    rule,
)

CLINIC = Path(__file__).parents[2] / "examples" / "clinic.toml"
PERSON = kc.Person(
    age=40,
    equipment=["fixed_support", "chair"],
    facts={"tandem_stance_s": 30},
    screening="clear",
)
HEAD = 'schema = 1\nid = "x"\nversion = "1"\n'
RULE = '[[rule]]\nid = "x.a"\nwhen = "fever"\nexclude = true\nbecause = "b"\nsources = ["SEED0"]\n'


def test_the_builtin_knowledge_fits_together(knowledge: kc.Knowledge) -> None:
    assert faults_in(knowledge) == []


def test_a_pack_is_loaded_and_its_questions_stay_open(knowledge: kc.Knowledge) -> None:
    recommender = kc.Recommender(knowledge.with_packs(kc.load_pack(CLINIC)))
    plan = recommender.recommend(PERSON)
    assert [question.id for question in plan.questions] == ["clinic.new_insoles"]
    answered = evolve(PERSON, facts=PERSON.facts.updated({"clinic.new_insoles": True}))
    plan = recommender.recommend(answered, request=kc.Request(goal="balance"))
    reasons = recommender.explain(plan).why_not("single_leg_balance").reasons
    assert reasons[0].rule == "clinic.insoles_first"


def test_a_pack_may_limit_the_whole_plan_and_bring_its_messages(knowledge: kc.Knowledge) -> None:
    recommender = kc.Recommender(knowledge.with_packs(kc.load_pack(CLINIC)))
    old = evolve(PERSON, age=85, facts=PERSON.facts.updated({"clinic.new_insoles": False}))
    plan = recommender.recommend(old, request=kc.Request(minutes=30))
    assert len(plan.items) <= 2
    assert plan.sessions[0].minutes <= 8
    assert "Call the clinic after the first week." in str(plan)


def test_the_order_of_packs_and_loading_one_twice_do_not_matter(knowledge: kc.Knowledge) -> None:
    clinic = kc.load_pack(CLINIC)
    other = toml.loads(HEAD + RULE)
    ways = [
        knowledge.with_packs(clinic, other),
        knowledge.with_packs(other, clinic, clinic),
        knowledge.with_packs(other).with_packs(clinic).with_packs(other),
    ]
    assert len({way.fingerprint for way in ways}) == 1


def test_a_pack_can_be_json(tmp_path: Path) -> None:
    file = tmp_path / "clinic.json"
    file.write_text(json.dumps(kc.load_pack(CLINIC)), encoding="utf-8")
    assert kc.load_pack(file) == kc.load_pack(CLINIC)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("schema = 2\nid = 'x'\nversion = '1'", "schema 2 is not known; use 1"),
        ("schema = 1\nversion = '1'", "$.id: `id` is missing"),
        (HEAD + "rules = 3", "`rules` is not known here; did you mean `rule`?"),
        (HEAD + RULE.replace("fever", "fever >"), "$.rule[0].when"),
        (HEAD + RULE.replace("exclude = true", "exclude = 1"), "`1` is not true or false"),
        (HEAD + RULE.replace("exclude = true\n", ""), "(x.a): no effect"),
        (HEAD + RULE.replace('sources = ["SEED0"]', ""), "neither evidence nor a source"),
        (HEAD + RULE.replace('"b"', '""'), ".because: `''` is not a text of 1 to 1,000"),
        (HEAD + RULE + "same_side = true", "a side without `each`"),
        (
            HEAD + RULE.replace("exclude = true", 'advise = ["within_hours"]\nabout = "True"'),
            "no effect is about exercises",
        ),
        (HEAD + RULE + RULE, "two rules are called `x.a`"),
        (HEAD + RULE.replace("exclude = true", 'limit = { load = "L9" }'), "is not a load class"),
        (HEAD + RULE.replace("exclude = true", "favour = 0"), "from 1 to 1,000 points"),
        (HEAD + RULE.replace("exclude = true", "target = { nose = 3 }"), "is not a region"),
        (
            HEAD + RULE.replace("exclude = true", 'refer = { level = "NOW", whom = "x" }'),
            "is not a referral level",
        ),
        (
            HEAD + "[[fact]]\nid = 'x.f'\nkind = 'one_of'\nfact_class = 'plain'",
            "a one-of without options",
        ),
        (
            HEAD + "[[fact]]\nid = 'x.f'\nkind = 'boolean'\nfact_class = 'screening'",
            "without a question",
        ),
        (
            HEAD + "[[fact]]\nid = 'x.f'\nkind = 'number'\nfact_class = 'plain'",
            "a number without a range",
        ),
        (
            HEAD + "[[evidence]]\nid = 'x.e'\nstatement = 's'\ngrade = 'strong'\nconfirmed = false",
            "unconfirmed, yet graded",
        ),
        ("id = ", "not TOML"),
        ("a.b.c.d.e.f.g.h.i = 1", "a key of more than 8 parts"),
        ("x = " + "[" * 40 + "]" * 40, "nested deeper than 32 levels"),
        ("# " + "x" * 256_000, "larger than 256,000 bytes"),
    ],
)
def test_a_faulty_pack_is_refused_with_place_and_remedy(text: str, fault: str) -> None:
    with pytest.raises(kc.InvalidInput) as caught:
        toml.loads(text, origin="x.toml")
    assert fault in str(caught.value)
    assert str(caught.value).startswith("x.toml")


def test_all_faults_of_a_pack_come_at_once() -> None:
    text = (
        HEAD + RULE.replace("exclude = true", "exclude = 1").replace('"b"', "7") + "\n[[source]]\n"
    )
    with pytest.raises(InvalidDocument) as caught:
        toml.loads(text)
    assert len(caught.value.faults) == 4


def test_a_file_that_is_not_there_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(InvalidDocument, match="cannot be read; no such file"):
        kc.load_pack(tmp_path / "none.toml")


def test_bytes_that_are_not_text_are_an_error_of_ours() -> None:
    with pytest.raises(InvalidDocument, match="not UTF-8"):
        toml.loads(b"\xff\xfe")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"when": parse_condition("fevr")}, "no fact is called `fevr`; did you mean `fever`?"),
        ({"when": parse_condition("age > 'x'")}, "`'x'` is not a number"),
        (
            {"when": parse_condition("here.pain > 3")},
            "a rule without `each` cannot read `here.pain`",
        ),
        ({"when": parse_condition("stairs_worse")}, "reads the plain fact `stairs_worse`"),
        ({"about": parse_condition("exercise.id == 'walkin'")}, "did you mean `walking`"),
        ({"about": parse_condition("age > 3")}, "no fact is called `age`"),
        ({"sources": ("SEED9",)}, "no source has the id `SEED9`; did you mean `SEED"),
        ({"evidence": ("D99",)}, "no row of evidence has the id `D99`"),
        ({"effects": (Advise("hello"),), "about": None}, "no message has the id `hello`"),
        ({"id": "chest"}, "the rule `chest` is defined twice"),
    ],
)
def test_what_does_not_fit_the_knowledge_is_refused(
    change: dict[str, object], fault: str, knowledge: kc.Knowledge
) -> None:
    base = Rule(
        id="x.a",
        when=parse_condition("fever"),
        effects=(Exclude(),),
        because="b",
        sources=("SEED0",),
    )
    pack = kc.RulePack(id="x", version="1", rules=(evolve(base, **change),))  # type: ignore[arg-type]  # fields by name
    with pytest.raises(InvalidKnowledge) as caught:
        knowledge.with_packs(pack)
    assert fault in str(caught.value)


def test_faulty_exercises_and_ladders_are_found(knowledge: kc.Knowledge) -> None:
    balance = next(pack for pack in knowledge.packs if pack.id == "exercises_balance")
    ladders = next(pack for pack in knowledge.packs if pack.id == "ladders_leg")
    lonely = evolve(balance.exercises[0], id="x.lonely", needs=(("rope",),), evidence=("D99",))
    stance = next(one for one in ladders.ladders if one.id == "stance")
    first = stance.rungs[0]
    big = evolve(first, axis=(kc.Dose(sets=40, hold_s=10), kc.Dose(sets=2, reps=3)))
    broken = evolve(
        stance,
        id="x.stance",
        per_side=False,
        rungs=(
            evolve(big, exercise="semi_tandem_supported", mastery=first.mastery),
            evolve(first, exercise="nothing", harder=Dimension.LOAD),
        ),
    )
    pack = kc.RulePack(id="x", version="1", exercises=(lonely,), ladders=(broken,))
    with pytest.raises(InvalidKnowledge) as caught:
        knowledge.with_packs(pack)
    text = str(caught.value)
    for part in (
        "x: $.exercise[0] (x.lonely): no row of evidence has the id `D99`",
        "no piece of equipment has the id `rope`",
        "(x.lonely): stands on no ladder",
        "$.ladder[0] (x.stance).rungs[0]: stands on more than one ladder",
        "`sets` is 40, outside 2–4",
        "`hold_s` is missing",
        "`reps` is not part of it",
        "its top dose is below its mastery",
        "has sides, yet its ladder has none",
        "no exercise has the id `nothing`",
    ):
        assert part in text


def effects_of(*effects: Effect) -> Callable[[Mapping[str, Value]], Iterable[Effect]]:
    return lambda facts: effects if "age" in facts else ()


def plan_with(knowledge: kc.Knowledge, *rules: object, person: kc.Person = PERSON) -> kc.Plan:
    pack = kc.RulePack(id="x", version="1", rules=rules)  # type: ignore[arg-type]  # rules of both kinds
    recommender = kc.Recommender(knowledge.with_packs(pack))
    return recommender.recommend(person, request=kc.Request(goal="balance", minutes=30))


def python_rule(*effects: Effect, about: str | None = None) -> object:
    made = rule(id="x.r", because="Because.", sources=["SEED0"], about=about)
    return made(effects_of(*effects))


def test_a_python_rule_excludes_what_it_is_about(knowledge: kc.Knowledge) -> None:
    rule = python_rule(Exclude(), about="exercise.kind == 'balance'")
    plan = plan_with(knowledge, rule)
    pack = kc.RulePack(id="x", version="1", rules=(rule,))  # type: ignore[arg-type]
    recommender = kc.Recommender(knowledge.with_packs(pack))
    assert recommender.explain(plan).why_not("single_leg_balance").reasons[0].rule == "x.r"
    assert plan.failures == ()


def test_a_python_rule_may_do_nothing(knowledge: kc.Knowledge) -> None:
    plan = plan_with(knowledge, python_rule(), person=evolve(PERSON, age=40))
    assert plan.items


def test_a_python_rule_may_refer_target_and_limit(knowledge: kc.Knowledge) -> None:
    plan = plan_with(
        knowledge,
        python_rule(
            Refer(ReferralLevel.SOON, "doctor"),
            Target(kc.Region.HIP, 50),
            Limit(LimitKind.HOLD_S, 10),
            Limit(LimitKind.DOSE_SHARE, 50),
            Require(Requirement.FIXED_SUPPORT),
            Prefer(100),
            about="exercise.id == 'tandem_stance'",
        ),
    )
    assert plan.referral.level is ReferralLevel.SOON
    assert max(plan.targets, key=lambda one: one.points).region is kc.Region.HIP
    tandem = next(item for item in plan.items if item.exercise == "tandem_stance")
    assert tandem.dose == kc.Dose(sets=3, hold_s=7)


@pytest.mark.parametrize("bad", ["raise", "nonsense", "nothing"])
def test_a_failing_python_rule_excludes_what_it_was_about_and_is_reported(
    bad: str, knowledge: kc.Knowledge
) -> None:
    @rule(id="x.bad", because="b", sources=["SEED0"], about="exercise.id == 'single_leg_balance'")
    def failing(facts: Mapping[str, Value]) -> Iterable[Effect]:
        if bad == "raise":
            raise ZeroDivisionError
        return ["exclude"] if bad == "nonsense" else None  # type: ignore[list-item, return-value]  # on purpose

    plan = plan_with(knowledge, failing)
    assert [failure.rule for failure in plan.failures] == ["x.bad"]
    assert "x.bad" in str(plan)
    assert plan.items
    assert "single_leg_balance" not in {item.exercise for item in plan.items}


def test_a_python_rule_cannot_change_the_facts(knowledge: kc.Knowledge) -> None:
    @rule(id="x.sly", because="b", sources=["SEED0"], about="exercise.id == 'walking'")
    def sly(facts: Mapping[str, Value]) -> Iterable[Effect]:
        facts["fever"] = False  # type: ignore[index]  # on purpose
        return ()

    assert plan_with(knowledge, sly).failures[0].what == "raised TypeError"


def test_a_pack_with_python_rules_cannot_be_stored() -> None:
    made = python_rule(Exclude())
    pack = kc.RulePack(id="x", version="1", rules=(made,))  # type: ignore[arg-type]  # a Python rule
    with pytest.raises(kc.InvalidInput, match="written in Python and cannot be stored"):
        json.dumps(pack)


def test_a_pack_may_leave_out_rules() -> None:
    pack = kc.load_pack(CLINIC)
    assert [one.id for one in pack.without(["clinic.insoles_first"]).rules] == [
        "clinic.short_sessions_at_80"
    ]


def test_an_urgent_referral_frees_the_region_and_its_neighbours(knowledge: kc.Knowledge) -> None:
    urgent = toml.loads(
        HEAD
        + '[[rule]]\nid = "x.u"\neach = "complaint"\nwhen = "here.pain >= 4"\n'
        + 'refer = { level = "URGENT", whom = "doctor" }\nbecause = "b"\nsources = ["SEED0"]\n'
    )
    person = evolve(PERSON, complaints=[kc.Complaint("heel", side="left", pain=4)])
    recommender = kc.Recommender(knowledge.with_packs(urgent))
    assessment = recommender.assess(person)
    for one in assessment.feasible.items:
        if one.side.meets(kc.Side.LEFT):
            near = knowledge.exercise_index.loaded_regions_and_neighbours[one.exercise.id]
            assert "heel" not in near
    assert recommender.recommend(person).status in {"ready", "rest"}


def test_a_limit_must_fit_its_kind() -> None:
    with pytest.raises(kc.InvalidInput, match="cannot limit load"):
        Limit(LimitKind.LOAD, 3)
    with pytest.raises(kc.InvalidInput, match="cannot limit minutes"):
        Limit(LimitKind.MINUTES, LoadClass.L1)


def test_levels_are_ordered_by_urgency_not_by_spelling() -> None:
    levels = list(ReferralLevel)
    assert sorted(levels, reverse=True) == levels[::-1]
    assert ReferralLevel.EMERGENCY > "SAME_DAY"
    assert ReferralLevel.MODIFY <= "MODIFY"


def test_a_constant_condition_holds_for_all() -> None:
    assert parse_condition("True") == Constant(value=True)


def test_no_pack_more_makes_the_same_knowledge(knowledge: kc.Knowledge) -> None:
    assert knowledge.with_packs().fingerprint == knowledge.fingerprint
