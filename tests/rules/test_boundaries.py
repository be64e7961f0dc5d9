"""Boundaries that a small slip would move: the last day of an answer, the side of a referral."""

import datetime

import pytest
from attrs import evolve

import kineticchain as kc
from kineticchain.domain.facts import BindingKind, parse_condition
from kineticchain.progression.model.training_day import Streaks, TrainingDay, streaks_after
from kineticchain.rules import Refer, Rule, Target

FIRST = datetime.date(2026, 11, 2)
CLINIC = "examples/clinic.toml"


def fact_after(days: int, stated: dict[str, bool | int], knowledge: kc.Knowledge) -> object:
    """Return what one answer says some days later."""
    [name] = stated
    person = kc.Person(age=40, facts=stated, as_of=FIRST)
    on = FIRST + datetime.timedelta(days=days)
    return kc.Recommender(knowledge).situation(person, on=on).facts.get(name)


@pytest.fixture(scope="module")
def clinic() -> kc.Knowledge:
    return kc.Knowledge.builtin().with_packs(kc.load_pack(CLINIC))


@pytest.mark.parametrize(("days", "is_known"), [(0, True), (14, True), (15, False)])
def test_the_last_day_of_a_window_counts(
    days: int, *, is_known: bool, clinic: kc.Knowledge
) -> None:
    """New insoles count for two weeks, and no day longer."""
    assert (fact_after(days, {"clinic.new_insoles": True}, clinic) is True) is is_known


URGENT = Rule(
    id="x.urgent",
    when=parse_condition("here.region == 'heel'"),
    each=BindingKind.COMPLAINT,
    effects=(Refer(kc.ReferralLevel.URGENT, "doctor"),),
    because="A test.",
    sources=("SEED0",),
)


def barred(side: str) -> set[tuple[str, kc.Side]]:
    """Return what an urgent referral for a heel bars, of what is done without standing."""
    knowledge = kc.Knowledge.builtin().with_packs(kc.RulePack(id="x", version="1", rules=(URGENT,)))
    person = kc.Person(
        age=40, complaints=[kc.Complaint("heel", side=side, pain=3, weeks=8)], screening="clear"
    )
    recommender = kc.Recommender(knowledge)
    decision = knowledge.compiled_rules.decide(recommender.situation(person))
    return {
        (each.target.exercise, each.target.side)
        for each in decision.exclusions
        if each.rule == "x.urgent" and not knowledge.exercises[each.target.exercise].loads_both_legs
    }


def test_an_urgent_referral_bars_the_side_that_it_is_about() -> None:
    right = barred("right")
    assert ("plantar_fascia_stretch", kc.Side.RIGHT) in right
    assert kc.Side.LEFT not in {side for _, side in right}


def test_an_urgent_referral_for_both_sides_bars_both() -> None:
    assert {side for name, side in barred("both") if name == "plantar_fascia_stretch"} == {
        kc.Side.LEFT,
        kc.Side.RIGHT,
    }


@pytest.mark.parametrize(("pain", "hurting"), [(4, 0), (5, 0), (6, 3)])
def test_pain_at_the_ceiling_is_allowed(pain: int, hurting: int) -> None:
    day = TrainingDay(on=FIRST, pain=pain, effort=4, morning=0)
    before = evolve(Streaks(), hurting=2)
    assert streaks_after(before, day, 5, kc.Policy()).hurting == hurting


@pytest.mark.parametrize(("days", "is_known"), [(0, True), (2000, False)])
def test_a_reassuring_answer_runs_out(days: int, *, is_known: bool) -> None:
    value = fact_after(days, {"fever": False}, kc.Knowledge.builtin())
    assert (value is False) is is_known


def test_a_target_of_a_rule_stays_on_the_side_of_its_complaint() -> None:
    rule = evolve(URGENT, id="x.target", effects=(Target(kc.Region.HIP, 50),))
    knowledge = kc.Knowledge.builtin().with_packs(kc.RulePack(id="x", version="1", rules=(rule,)))
    person = kc.Person(
        age=40, complaints=[kc.Complaint("heel", side="right", pain=3)], screening="clear"
    )
    decision = knowledge.compiled_rules.decide(kc.Recommender(knowledge).situation(person))
    own = [each.target for each in decision.targets if each.rule == "x.target"]
    assert own == [(kc.Region.HIP, kc.Side.RIGHT)]


@pytest.mark.parametrize(("days", "is_known"), [(365, True), (366, False)])
def test_a_measure_is_taken_anew_once_a_year(days: int, *, is_known: bool) -> None:
    value = fact_after(days, {"tandem_stance_s": 20}, kc.Knowledge.builtin())
    assert (value == 20) is is_known


@pytest.mark.parametrize(
    "change",
    [
        {"pain_ceiling": 3},
        {"infeasible": frozenset({("walking", kc.Side.BOTH)})},
        {"without_equipment": frozenset({("walking", kc.Side.BOTH)})},
        {"starts": {("squat", kc.Side.BOTH): {"tandem_stance_s": 5}}},
        {"facts": {"tandem_stance_s": 5}},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_checkpoint_is_of_everything_that_replay_reads(change: dict[str, object]) -> None:
    context = kc.Recommender(kc.Knowledge.builtin()).assess(kc.Person(age=40)).replay_context
    assert evolve(context, **change).key != context.key  # type: ignore[arg-type]


def test_a_sign_that_ran_out_is_asked_for_again() -> None:
    person = kc.Person(age=40, facts={"fever": True}, as_of=FIRST)
    recommender = kc.Recommender(kc.Knowledge.builtin())
    on = FIRST + datetime.timedelta(days=400)
    assert "fever" in recommender.situation(person, on=on).state.lapsed
    assert "fever" not in recommender.situation(person, on=FIRST).state.lapsed
