"""Python rules over complaints, injuries and operations, as data rules have them."""

from collections.abc import Iterable, Mapping

import pytest
from attrs import evolve

import kineticchain as kc
from kineticchain.domain.facts import BindingKind, ReferralLevel, Value, parse_condition
from kineticchain.rules import Effect, Exclude, PythonRule, Refer, Rule, rule
from kineticchain.rules.evaluation.reference import decide

PERSON = kc.Person(
    age=40,
    complaints=[
        kc.Complaint("heel", side="right", pain=5, weeks=8),
        kc.Complaint("knee", side="left", pain=2, weeks=8),
    ],
    injuries=[kc.Injury("ankle", side="left", days_ago=90)],
    surgeries=[kc.Surgery("hip", side="right", weeks_ago=60, weight_bearing="FWB", cleared=True)],
    equipment=["fixed_support"],
    facts={"tandem_stance_s": 30},
    screening="clear",
)


def seen_by(each: str | None) -> list[tuple[Value | None, Value | None]]:
    """Return region and side that a rule sees in each of its calls."""
    calls: list[tuple[Value | None, Value | None]] = []

    @rule(id="x.looks", because="b", sources=["SEED0"], each=each)
    def looks(facts: Mapping[str, Value]) -> Iterable[Effect]:
        calls.append((facts.get("here.region"), facts.get("here.side")))
        return ()

    recommender(looks).recommend(PERSON)
    return list(dict.fromkeys(calls))


def recommender(*rules: PythonRule | Rule) -> kc.Recommender:
    pack = kc.RulePack(id="x", version="1", rules=rules)
    return kc.Recommender(kc.Knowledge.builtin().with_packs(pack))


@pytest.mark.parametrize(
    ("each", "seen"),
    [
        (None, [(None, None)]),
        ("complaint", [("heel", "right"), ("knee", "left")]),
        ("injury", [("ankle", "left")]),
        ("surgery", [("hip", "right")]),
    ],
)
def test_a_rule_is_called_for_each(each: str | None, seen: list[tuple[str, str]]) -> None:
    assert seen_by(each) == seen


@rule(
    id="x.side",
    because="b",
    sources=["SEED0"],
    about="here.region in exercise.regions",
    each="complaint",
    same_side=True,
)
def rests_what_hurts(facts: Mapping[str, Value]) -> Iterable[Effect]:
    """Exclude what loads a region that hurts by four or more."""
    pain = facts.get("here.pain")
    return (Exclude(),) if isinstance(pain, int) and pain >= 4 else ()


def test_it_excludes_as_the_data_rule_does() -> None:
    as_data = Rule(
        id="x.data",
        when=parse_condition("here.pain >= 4"),
        about=parse_condition("here.region in exercise.regions"),
        each=BindingKind.COMPLAINT,
        same_side=True,
        effects=(Exclude(),),
        because="b",
        sources=("SEED0",),
    )
    planner = recommender(rests_what_hurts, as_data)
    decision = planner.knowledge.compiled_rules.decide(planner.situation(PERSON))
    in_python, data = (
        {each.target for each in decision.exclusions if each.rule == name}
        for name in ("x.side", "x.data")
    )
    assert in_python
    assert in_python == data


def test_both_evaluators_agree() -> None:
    planner = recommender(rests_what_hurts)
    situation = planner.situation(PERSON)
    knowledge = planner.knowledge
    assert knowledge.compiled_rules.decide(situation) == decide(knowledge.rulebook, situation)


@rule(id="x.bad", because="b", sources=["SEED0"], about="exercise.id == 'walking'", each="injury")
def raises(facts: Mapping[str, Value]) -> Iterable[Effect]:
    """Raise for every injury."""
    raise ValueError(facts)


def test_a_failure_for_one_binding_is_reported() -> None:
    assert [failure.rule for failure in recommender(raises).recommend(PERSON).failures] == ["x.bad"]
    unhurt = evolve(PERSON, injuries=[])
    assert recommender(raises).recommend(unhurt).failures == ()


def test_a_failure_excludes_what_the_rule_is_about() -> None:
    planner = recommender(raises)
    decision = planner.knowledge.compiled_rules.decide(planner.situation(PERSON))
    own = {each.target.exercise for each in decision.exclusions if each.rule == "x.bad"}
    assert own == {"walking"}


@rule(id="x.refers", because="b", sources=["SEED0"], each="complaint")
def refers(facts: Mapping[str, Value]) -> Iterable[Effect]:
    """Refer somebody with much pain; a pain that is not known is a mistake of the rule."""
    if not isinstance(pain := facts["here.pain"], int) or pain < 8:
        return ()
    return (Refer(ReferralLevel.SAME_DAY, "doctor"),)


@pytest.mark.parametrize("order", [1, -1])
def test_a_failure_for_one_complaint_keeps_the_referral_of_another(order: int) -> None:
    complaints = [kc.Complaint("knee", side="left", pain=9), kc.Complaint("heel", side="left")]
    planner = recommender(refers)
    situation = planner.situation(evolve(PERSON, complaints=complaints[::order]))
    decision = planner.knowledge.compiled_rules.decide(situation)
    assert [each.rule for each in decision.failures] == ["x.refers"]
    assert "x.refers" in {referral.rule for referral in decision.referrals}


@pytest.mark.parametrize(
    ("terms", "fault"),
    [({"each": "complaints"}, "did you mean `complaint`"), ({"same_side": True}, "without `each`")],
)
def test_wrong_terms_are_refused(terms: dict[str, object], fault: str) -> None:
    with pytest.raises(kc.InvalidInput, match=fault):
        rule(id="x.r", because="b", sources=["SEED0"], **terms)(lambda _: ())  # type: ignore[arg-type]


def test_an_unknown_binding_in_about_is_refused() -> None:
    made = rule(id="x.r", because="b", sources=["SEED0"], about="here.pain > 3")(lambda _: ())
    with pytest.raises(kc.InvalidInput, match=r"here\.pain"):
        recommender(made)
