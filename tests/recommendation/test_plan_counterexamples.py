"""Counter-examples that were found by trying to break the plan, each mended."""

import datetime
from typing import Any

import pytest
from attrs import evolve

import kineticchain as kc
from kineticchain.domain.anatomy import Part
from kineticchain.errors import KineticChainError
from kineticchain.interop import json
from kineticchain.interop.jsonl import recommend_jsonl
from kineticchain.recommendation import ChangeKind, ReplaceRequest, SetMinutes, SetPain
from kineticchain.recommendation.selection.solver.problem import Candidate, Problem, Version
from kineticchain.report import plan_page
from kineticchain.testing.cases import read_case, run_case

ON = datetime.date(2026, 4, 1)
DAY = datetime.timedelta(days=1)
STRONG = {"tandem_stance_s": 30, "single_leg_s": 45, "heel_rise_reps": 24}
RUNNER = kc.Person(age=29, equipment=["fixed_support"], facts=STRONG, screening="clear")


def did(exercise: str, day: datetime.date) -> kc.History:
    line = kc.ExerciseLog(exercise, done=kc.Dose(reps=8))
    return kc.History([kc.SessionLog(on=day, lines=[line])])


def days_of(plan: kc.Plan, exercise: str, history: kc.History, today: datetime.date) -> set[int]:
    sessions = plan.calendar(ON, history=history, today=today)
    return {
        (one.on - ON).days for one in sessions if exercise in {item.exercise for item in one.items}
    }


@pytest.mark.parametrize("done", ["heel_raise_towel", "heel_raise_single"])
def test_the_calendar_rests_after_heavy_work_on_the_same_tissue(
    done: str, recommender: kc.Recommender
) -> None:
    request = kc.Request(minutes=15, days_per_week=3, goal="foot_strength")
    plan = recommender.recommend(RUNNER, request=request, on=ON)
    assert 1 not in days_of(plan, "heel_raise_single", did(done, ON), ON + DAY)
    fourth = ON + 3 * DAY
    assert 4 not in days_of(plan, "heel_raise_single", did(done, fourth), fourth + DAY)


def test_a_complaint_that_goes_away_is_a_change_that_helps(recommender: kc.Recommender) -> None:
    person = kc.Person(
        age=40,
        complaints=[kc.Complaint("toes", side="right", pain=3)],
        equipment=["fixed_support"],
        facts=STRONG,
        screening="clear",
    )
    plan = recommender.recommend(person)
    answer = recommender.why_not(plan, "heel_raise_single")
    assert answer.never is False
    assert SetPain(kc.Region.TOES, kc.Side.RIGHT, 0) in answer.changes


def test_why_not_answers_for_what_is_avoided(recommender: kc.Recommender) -> None:
    plan = recommender.recommend(RUNNER, request=kc.Request(avoid=["ankle_circles"]))
    answer = recommender.why_not(plan, "ankle_circles")
    assert [reason.message.id for reason in answer.reasons] == ["avoided"]


def test_what_is_done_beside_another_is_done_on_its_days(recommender: kc.Recommender) -> None:
    line = kc.ExerciseLog(
        "single_leg_balance_supported",
        done=kc.Dose(sets=2, hold_s=10),
        pain=0,
        effort=3,
        form_ok=True,
    )
    history = kc.History(
        [kc.SessionLog(on=ON - DAY, lines=[line]), kc.MorningAfter(on=ON, change=2)]
    )
    facts = {"single_leg_s": 45, "tandem_stance_s": 30}
    person = kc.Person(
        age=56,
        complaints=[kc.Complaint("plantar_fascia", pain=2)],
        equipment=["fixed_support"],
        facts=facts,
        screening="clear",
    )
    request = kc.Request(minutes=10, goal="comfort_and_balance", prefer=["core_brace_standing"])
    plan = recommender.recommend(person, history, request=request, on=ON)
    days = {item.exercise: set(item.days) for item in plan.items}
    riders = [item for item in plan.items if item.paired_with]
    assert riders
    assert all(set(item.days) <= days[host] for item in riders for host in item.paired_with)


def easy(
    exercise: str, side: kc.Side, dose: kc.Dose, on: datetime.date
) -> list[kc.SessionLog | kc.MorningAfter]:
    """An easy session of one exercise, and a quiet morning after it."""
    line = kc.ExerciseLog(exercise, side, done=dose, pain=0, effort=4, form_ok=True)
    return [kc.SessionLog(on=on, lines=[line]), kc.MorningAfter(on=on + DAY, change=0)]


def test_a_long_brace_beside_balances_that_differ_by_side_fits_into_its_session(
    recommender: kc.Recommender,
) -> None:
    """It was counted once against both sides of its host, and once against one."""
    person = kc.Person(
        age=50,
        complaints=[kc.Complaint("heel", pain=2, weeks=6)],
        equipment=["fixed_support"],
        facts={"tandem_stance_s": 30, "single_leg_s": {"left": 20, "right": 9}},
        screening="clear",
    )
    request = kc.Request(
        minutes=2, sessions_per_day=2, goal="balance", prefer=["core_brace_standing"]
    )
    history, hosts = kc.History(), set[tuple[str, ...]]()
    for number in range(30):
        on = ON + number * DAY
        plan = recommender.recommend(person, history, request=request, on=on)
        hosts |= {item.paired_with for item in plan.items}
        core = next(one for one in kc.explain(plan).standings if one.ladder == "core_brace")
        if core.exercise is not None and core.dose is not None:
            history = history.with_events(*easy(core.exercise, core.side, core.dose, on))
    assert any(len(names) > 1 for names in hosts)


def test_one_trained_side_is_not_held_against_the_share_of_the_other(
    recommender: kc.Recommender,
) -> None:
    person = kc.Person(
        age=30,
        complaints=[kc.Complaint("plantar_fascia", side="right", pain=2, weeks=6)],
        equipment=["fixed_support", "soft_ball"],
        facts={"tandem_stance_s": 30, "hypermobility": True},
        screening="clear",
    )
    request = kc.Request(goal="stiffness_and_strength", prefer=["ball_roll_soft"])
    history = kc.History()
    for number in range(12):
        on = ON + number * DAY
        plan = recommender.recommend(person, history, request=request, on=on)
        for one in kc.explain(plan).standings:
            if one.ladder == "ball_roll" and one.side is kc.Side.RIGHT and one.dose is not None:
                history = history.with_events(*easy("ball_roll_soft", one.side, one.dose, on))
    assert "ball_roll_soft" in {item.exercise for item in plan.items}


def test_the_reason_for_what_both_legs_do_is_mirrored(recommender: kc.Recommender) -> None:
    person = kc.Person(
        age=30,
        complaints=[kc.Complaint("thoracic", pain=4)],
        facts={**STRONG, "heel_rise_reps": {"left": 69, "right": 0}},
        screening="clear",
    )
    plans = [recommender.recommend(one) for one in (person, person.mirrored())]
    codes = [
        [
            one.code
            for one in kc.explain(plan).omissions
            if one.exercise == "heel_raise_towel_double"
        ]
        for plan in plans
    ]
    assert codes[0] == codes[1]


def test_what_if_it_hurt_where_nothing_did(recommender: kc.Recommender) -> None:
    plan = recommender.recommend(RUNNER)
    changed = recommender.what_if(plan, [SetPain(kc.Region.HEEL, kc.Side.LEFT, 9)])
    assert changed.changes


def test_nothing_is_done_beside_what_is_done_beside_another() -> None:
    host, rider = (
        Candidate(key=key, shares=(), kind="core", versions=(Version(5),), beside=frozenset({at}))
        for key, at in (("a", 1), ("b", 0))
    )
    with pytest.raises(kc.InvalidInput, match="beside another"):
        Problem(worth=(), candidates=(host, rider), sessions=(60,), most=2)


def test_a_side_that_stays_as_it_is_does_not_differ(recommender: kc.Recommender) -> None:
    sore = kc.Person(
        age=34,
        complaints=[kc.Complaint("heel", side="right", pain=3)],
        equipment=["fixed_support"],
        facts=STRONG,
        screening="clear",
    )
    both = kc.Person(
        age=34,
        complaints=[kc.Complaint("heel", side=side, pain=3) for side in ("left", "right")],
        equipment=["fixed_support"],
        facts=STRONG,
        screening="clear",
    )
    request = kc.Request(minutes=20)
    compared = kc.diff(
        recommender.recommend(sore, request=request), recommender.recommend(both, request=request)
    )
    stretch = [one for one in compared.changes if one.exercise == "plantar_fascia_stretch"]
    assert [(one.side, one.kind) for one in stretch] == [(kc.Side.LEFT, ChangeKind.ADDED)]


PLAN = kc.recommend(RUNNER, on=ON)
ENGINE = kc.Recommender(kc.Knowledge.builtin())
SILLY: Any = 3


@pytest.mark.parametrize(
    "turn",
    [
        lambda: ENGINE.what_if(PLAN, SILLY),
        lambda: ENGINE.what_if(PLAN, [SILLY]),
        lambda: ENGINE.what_if(SILLY, [SetMinutes(5)]),
        lambda: ENGINE.why_not(PLAN, SILLY),
        lambda: ENGINE.why_not(SILLY, "walking"),
        lambda: kc.explain(PLAN).why(SILLY),
        lambda: kc.explain(PLAN).why_not(SILLY),
        lambda: kc.diff(PLAN, SILLY),
        lambda: PLAN.calendar(ON, history=SILLY, today=ON),
        lambda: PLAN.calendar(ON, history=kc.History(), today=SILLY),
        lambda: PLAN.calendar(datetime.date.max),
        lambda: ENGINE.recommend(RUNNER, on=datetime.date.min),
        lambda: ENGINE.knowledge.speaking(SILLY),
        lambda: PLAN.text(SILLY),
        lambda: ENGINE.recommend_many(SILLY),
        lambda: ENGINE.recommend_many([RUNNER], SILLY),
        lambda: list(recommend_jsonl(ENGINE, SILLY)),
        lambda: SetPain(SILLY, SILLY, 3),
        lambda: ReplaceRequest(SILLY),
        lambda: kc.Recommender(SILLY),
        lambda: ENGINE.knowledge.with_packs(SILLY),
        lambda: ENGINE.knowledge.with_policy(SILLY),
        lambda: ENGINE.knowledge.ladder_of(SILLY),
        lambda: ENGINE.knowledge.exercise(SILLY),
        lambda: ENGINE.knowledge.without_rules(SILLY),
        lambda: ENGINE.ask_rule(SILLY, RUNNER),
        lambda: kc.History().until(SILLY),
        lambda: plan_page(SILLY),
        lambda: plan_page(PLAN, explanation=SILLY),
        lambda: json.loads(SILLY, kc.Person),
        lambda: json.loads("{}", SILLY),
        lambda: json.dumps(object()),
        lambda: kc.load_pack(SILLY),
    ],
)
def test_every_wrong_turn_gives_an_error_of_ours(turn: Any) -> None:
    with pytest.raises(KineticChainError):
        turn()


@pytest.mark.parametrize(
    "text",
    [
        'title = "x"\non = 2026-01-01\n[[progress]]\nplanned = 3\n',
        'title = "x"\non = 0001-01-01\n',
        'title = "x"\non = 9999-12-30\n[[progress]]\nweeks = 3\nsessions = 3\n',
    ],
    ids=["no weeks", "the first day", "the last days"],
)
def test_silly_cases_give_errors_of_ours(text: str, tmp_path: Any) -> None:
    path = tmp_path / "case.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KineticChainError):
        run_case(read_case(path), ENGINE)


def test_the_stronger_side_waits_where_the_weaker_one_lacks_its_support(
    recommender: kc.Recommender,
) -> None:
    person = kc.Person(
        age=34,
        facts={"tandem_stance_s": 30, "single_leg_s": {"left": 20, "right": 5}},
        screening="clear",
    )
    plan = recommender.recommend(person, request=kc.Request(goal="balance"))
    assert "single_leg_balance" not in {item.exercise for item in plan.items}
    codes = {one.message.id for one in kc.explain(plan).why_not("single_leg_balance").reasons}
    assert "other_side_lacks" in codes


@pytest.mark.parametrize(
    ("region", "goal", "minutes"),
    [
        ("lumbar", "back_pain", 5),
        ("sacrum_si", None, 20),
        ("neck", None, 10),
        ("neck", "foot_strength", 10),
        ("thoracic", None, 20),
    ],
)
def test_for_back_and_neck_what_trains_them_comes_first(
    region: str, goal: str | None, minutes: int, recommender: kc.Recommender
) -> None:
    person = kc.Person(
        age=40,
        complaints=[kc.Complaint(region, pain=3, weeks=8)],
        equipment=["fixed_support", "chair"],
        facts={"tandem_stance_s": 30},
        screening="clear",
    )
    plan = recommender.recommend(person, request=kc.Request(minutes=minutes, goal=goal), on=ON)
    first = recommender.knowledge.exercises[plan.items[0].exercise]
    trained = {target for target, _ in first.targets}
    assert Part.SPINE in {target.part for target in trained} or first.kind in {"core", "gait"}
    assert not any(target.part is Part.FOOT for target in trained)


def sessions_a_week(plan: kc.Plan, exercise: str) -> int:
    """Return how often a week a dose is done; what sessions of a day share counts once."""
    return sum(
        len(item.days)
        for session in plan.sessions
        for item in session.items
        if item.exercise == exercise and (item.shared_by == 1 or session is plan.sessions[0])
    )


def test_whoever_asks_for_every_day_gets_one_session_a_week_more_than_was_usual(
    recommender: kc.Recommender,
) -> None:
    """Three weeks of three sessions do not become six sessions on each of seven days.

    A day more comes only where the dose has not grown in the same week.
    """
    person = kc.Person(
        age=34,
        equipment=["fixed_support"],
        facts={"tandem_stance_s": 30, "single_leg_s": 12},
        screening="clear",
    )
    prefer = ["single_leg_balance_supported"]
    history = kc.History()
    dose = kc.Dose(sets=2, hold_s=10)
    for number in range(0, 21, 7):
        for weekday in (1, 3, 5):
            day = ON - (number + weekday) * DAY
            history = history.with_events(*easy(prefer[0], kc.Side.BOTH, dose, day))
    little = kc.Request(minutes=2, days_per_week=3, prefer=prefer, goal="balance")
    much = evolve(little, sessions_per_day=6, days_per_week=7)
    before, after = (
        recommender.recommend(person, history, request=one, on=ON) for one in (little, much)
    )
    name = next(one.exercise for one in before.items if "single_leg" in one.exercise)
    grew = any(item.due_dose.volume > dose.volume for item in after.items if item.exercise == name)
    assert sessions_a_week(before, name) == 3
    assert sessions_a_week(after, name) == (3 if grew else 4)
    new = recommender.recommend(person, request=much, on=ON)
    assert sessions_a_week(new, name) > 4


def test_a_step_down_makes_no_room_for_something_heavier_on_the_same_tissue(
    recommender: kc.Recommender,
) -> None:
    person = kc.Person(
        age=46,
        complaints=[kc.Complaint("calf_achilles", side="right", pain=3, weeks=11)],
        equipment=["step", "fixed_support", "towel", "chair"],
        facts={
            "tandem_stance_s": 30,
            "single_leg_s": 30,
            "heel_rise_reps": {"left": 22, "right": 14},
        },
        screening="clear",
    )
    line = kc.ExerciseLog(
        "heel_raise_single_supported", "right", done=kc.Dose(reps=6), pain=6, effort=5, form_ok=True
    )
    history = kc.History(
        [
            kc.SessionLog(on=ON - 3 * DAY, lines=[line]),
            kc.MorningAfter(on=ON - 2 * DAY, change=2),
        ]
    )
    request = kc.Request(minutes=15, goal="calf_pain")
    plan = recommender.recommend(person, history, request=request, on=ON)
    towel = "heel_raise_towel_double"
    assert towel not in {item.exercise for item in plan.items}
    assert "settling" in {one.message.id for one in kc.explain(plan).why_not(towel).reasons}
    assert not recommender.why_not(plan, towel).never


def test_a_new_sign_of_warning_in_training_stops_loading_until_it_was_looked_at(
    recommender: kc.Recommender,
) -> None:
    person = kc.Person(
        age=40, equipment=["fixed_support"], facts={"tandem_stance_s": 30}, screening="clear"
    )
    trained = easy("heel_raise_double", kc.Side.BOTH, kc.Dose(reps=10), ON - 5 * DAY)
    history = kc.History([*trained, kc.Finding(on=ON - DAY, facts={"giving_way": True})])
    plan = recommender.recommend(person, history, on=ON)
    loads = {recommender.knowledge.exercises[item.exercise].load.value for item in plan.items}
    assert loads <= {"L0"}
    assert plan.referral.level.value == "SOON"
    seen = kc.ClinicianResult(on=ON, examined=True)
    later = recommender.recommend(person, history.with_events(seen), on=ON)
    assert later.referral.level.value == "NONE"


def test_of_several_painful_regions_the_plan_says_which_comes_first(
    recommender: kc.Recommender,
) -> None:
    person = kc.Person(
        age=40,
        complaints=[kc.Complaint("knee", pain=2), kc.Complaint("heel", pain=4)],
        equipment=["fixed_support"],
        facts={"tandem_stance_s": 30},
        screening="clear",
    )
    told = [one.message for one in recommender.recommend(person, on=ON).advice]
    named = [one for one in told if one.id == "which_region_was_prioritised_and_why"]
    assert [dict(one.args)["region"] for one in named] == ["heel"]


def test_where_the_painful_side_is_kept_out_the_other_one_is_not_rolled_for_it(
    recommender: kc.Recommender,
) -> None:
    person = kc.Person(
        age=40,
        complaints=[kc.Complaint("heel", side="right", pain=6, weeks=1)],
        equipment=["soft_ball", "chair"],
        screening="clear",
    )
    request = kc.Request(minutes=20, prefer=["ball_roll_soft"])
    plan = recommender.recommend(person, request=request, on=ON)
    assert "ball_roll_soft" not in {item.exercise for item in plan.items}


def test_a_number_of_falls_counts_as_a_fall() -> None:
    """From 65 on one fall leads to a falls programme, however it was told."""
    for facts in ({"falls_n": 1}, {"fall_last_12m": True}):
        person = kc.Person(age=67, facts=facts, equipment=["fixed_support"], screening="clear")
        plan = kc.recommend(person, request=kc.Request(goal="balance"))
        assert plan.referral.level is kc.ReferralLevel.SOON
