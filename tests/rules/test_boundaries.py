"""Boundaries that a small slip would move: the last day of an answer, the side of a referral."""

import datetime
from collections.abc import Iterable, Mapping

import pytest
from attrs import evolve

import kineticchain as kc
from kineticchain.domain.facts import BindingKind, Value, parse_condition
from kineticchain.progression.model.streaks import Streaks, streaks_after
from kineticchain.progression.model.training_day import TrainingDay
from kineticchain.recommendation.intake.answering import covering_yes
from kineticchain.rules import Effect, Exclude, Prefer, Refer, Rule, Target, rule

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


def test_what_a_rule_is_about_holds_where_it_is_unknown() -> None:
    """A complaint without a number: whatever would be excluded with much pain is excluded."""
    hurting = Rule(
        id="x.about",
        when=parse_condition("here.region == 'knee'"),
        about=parse_condition("exercise.load >= 'L2' and here.pain >= 5"),
        each=BindingKind.COMPLAINT,
        effects=(Exclude(),),
        because="b",
        sources=("SEED0",),
    )
    preferring = evolve(hurting, id="x.prefer", effects=(Prefer(5),))
    pack = kc.RulePack(id="x", version="1", rules=(hurting, preferring))
    knowledge = kc.Knowledge.builtin().with_packs(pack)
    person = kc.Person(age=40, complaints=[kc.Complaint("knee", side="left")], screening="clear")
    decision = knowledge.compiled_rules.decide(kc.Recommender(knowledge).situation(person))
    assert any(each.rule == "x.about" for each in decision.exclusions)
    assert not any(each.rule == "x.prefer" for each in decision.preferences)


def test_a_rule_in_python_counts_in_each_reading_of_an_unsure_answer() -> None:
    """What it excludes while the answer is not known stays excluded beside the last answer."""

    @rule(id="x.unknown", about="exercise.kind == 'gait'", because="b", sources=["SEED0"])
    def while_unknown(facts: Mapping[str, Value]) -> Iterable[Effect]:
        return () if "fever" in facts else (Exclude(),)

    pack = kc.RulePack(id="x", version="1", rules=(while_unknown,))
    recommender = kc.Recommender(kc.Knowledge.builtin().with_packs(pack))
    person = kc.Person(age=40, facts={"fever": True}, as_of=FIRST)
    day = FIRST + datetime.timedelta(days=1)
    unsure = kc.History([kc.Finding(on=day, facts={"fever": None})])
    decision = recommender.assess(person, unsure, on=day).decision
    assert any(each.rule == "x.unknown" for each in decision.exclusions)


@pytest.mark.parametrize(("later", "relieved"), [(3, 3), (6, 0), (8, -2)])
def test_relief_is_the_worst_pain_before_less_the_worst_now(later: int, relieved: int) -> None:
    day = FIRST + datetime.timedelta(days=1)
    history = kc.History(
        [
            kc.SessionLog(on=FIRST, lines=[kc.ExerciseLog("walking", done=kc.Dose(duration_s=60))]),
            kc.Finding(on=day, complaints=[kc.Complaint("heel", side="left", pain=later)]),
        ]
    )
    person = kc.Person(age=40, complaints=[kc.Complaint("heel", side="left", pain=6)])
    recommender = kc.Recommender(kc.Knowledge.builtin())
    assert recommender.situation(person, history, on=day).facts["pain_relieved"] == relieved


@pytest.mark.parametrize(("answer", "covering"), [(True, {"chest_signs": True}), (False, {})])
def test_a_sign_answers_the_question_that_covers_it(
    *, answer: bool, covering: dict[str, bool]
) -> None:
    vocabulary = kc.Knowledge.builtin().vocabulary
    assert covering_yes({"chest_pain": answer}, vocabulary) == covering


@pytest.mark.parametrize(("goal", "worst"), [(None, 6), ("knee_pain", None)])
def test_the_worst_pain_is_known_if_every_pain_is(goal: str | None, worst: int | None) -> None:
    """A goal that implies a painful part leaves the worst pain open, since its pain is not known."""
    pains = {"heel": 6, "shin": 4}
    person = kc.Person(
        age=40,
        complaints=[kc.Complaint(region, side="left", pain=pain) for region, pain in pains.items()],
    )
    recommender = kc.Recommender(kc.Knowledge.builtin())
    facts = recommender.situation(person, request=kc.Request(goal=goal)).facts
    assert facts.get("worst_pain") == worst


@pytest.mark.parametrize(("days", "rises"), [(28, True), (29, False)])
def test_pain_rises_within_four_weeks(days: int, *, rises: bool) -> None:
    sessions = [
        kc.SessionLog(
            on=FIRST + datetime.timedelta(days=day), lines=[kc.ExerciseLog("walking", pain=pain)]
        )
        for day, pain in ((0, 1), (14, 2), (days, 3))
    ]
    recommender = kc.Recommender(kc.Knowledge.builtin())
    on = FIRST + datetime.timedelta(days=days)
    facts = recommender.situation(kc.Person(age=40), kc.History(sessions), on=on).facts
    assert facts["pain_rising_three_sessions"] is rises
