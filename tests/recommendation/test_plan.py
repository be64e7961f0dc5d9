"""Plans: what they choose, what they show, and how they answer for themselves."""

import re
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

import kineticchain as kc
from kineticchain.domain.messages import ENGLISH
from kineticchain.recommendation.planning.schedule.session_days import exercise_days, session_days
from kineticchain.rules import LimitKind
from kineticchain.testing.cases import read_case

CASES = sorted((Path(__file__).parents[1] / "cases").glob("*.toml"))

HEEL = kc.Person(
    age=34,
    complaints=[kc.Complaint("heel", side="right", pain=3, weeks=6)],
    equipment=["fixed_support", "towel", "chair"],
    facts={"tandem_stance_s": 30, "single_leg_s": 20},
    screening="clear",
)


def test_the_painful_side_alone_is_stretched() -> None:
    plan = kc.recommend(HEEL)
    sides = {item.exercise: item.side for item in plan.items}
    assert sides["plantar_fascia_stretch"] is kc.Side.RIGHT
    assert sides["single_leg_balance"] is kc.Side.BOTH


def test_the_weaker_side_comes_first_and_is_never_given_less() -> None:
    person = evolve(HEEL, facts={"tandem_stance_s": 30, "single_leg_s": {"left": 20, "right": 9}})
    plan = kc.recommend(person, request=kc.Request(minutes=20, goal="balance"))
    items = [item for item in plan.items if item.exercise.startswith("single_leg_balance")]
    assert [(item.exercise, item.side) for item in items] == [
        ("single_leg_balance_supported", kc.Side.RIGHT),
        ("single_leg_balance", kc.Side.LEFT),
    ]
    assert items[0].dose.volume >= items[1].dose.volume


def test_less_time_gives_a_smaller_dose_before_it_gives_nothing() -> None:
    history = kc.History(
        event
        for week in range(4)
        for number in (0, 2, 4)
        for event in _good_balance(date(2026, 1, 1 + 7 * week + number), sets=2 + week)
    )
    on = date(2026, 2, 1)
    history = history.with_events(kc.Finding(on=on, screening="clear"))
    long = kc.recommend(HEEL, history, request=kc.Request(minutes=30, goal="balance"), on=on)
    short = kc.recommend(HEEL, history, request=kc.Request(minutes=1, goal="balance"), on=on)
    doses = [
        next(item.dose for item in plan.items if item.exercise == "single_leg_balance")
        for plan in (long, short)
        if any(item.exercise == "single_leg_balance" for item in plan.items)
    ]
    assert doses[0].volume >= doses[-1].volume
    assert short.sessions[0].minutes <= 1


def _good_balance(day: date, sets: int) -> list[kc.SessionLog | kc.MorningAfter]:
    done = kc.Dose(sets=min(4, sets), hold_s=15)
    line = kc.ExerciseLog("single_leg_balance", done=done, pain=0, touches=0)
    return [
        kc.SessionLog(on=day, lines=[line]),
        kc.MorningAfter(on=date.fromordinal(day.toordinal() + 1), change=0),
    ]


def test_a_plan_without_a_goal_says_that_it_is_general() -> None:
    plan = kc.recommend(kc.Person(age=40, screening="clear", equipment=["chair"]))
    assert plan.items
    assert "no_goal_given" in {one.message.id for one in plan.advice}


def test_an_empty_plan_has_its_reason() -> None:
    plan = kc.recommend(HEEL, request=kc.Request(minutes=1, goal="neck_pain", equipment=[]))
    asleep = kc.recommend(
        kc.Person(age=12, facts={"parent_consent": False}, screening="clear"),
    )
    assert asleep.items == ()
    assert "empty_nothing_fits" in {one.message.id for one in asleep.advice}
    assert plan.status == "ready"


def test_every_exercise_is_in_the_plan_or_says_why_not(knowledge: kc.Knowledge) -> None:
    plan = kc.recommend(HEEL, request=kc.Request(minutes=5))
    planned = {item.exercise for item in plan.items}
    for name in knowledge.exercises:
        assert name in planned or kc.explain(plan).why_not(name).reasons


@pytest.mark.parametrize(
    ("exercise", "code"),
    [
        ("heel_raise_single", "above_standing"),
        ("tandem_stance_supported", "below_standing"),
        ("short_foot_seated", "outranked"),
        ("ankle_circles", "covered"),
        ("plantar_fascia_stretch", "in_plan_on other_side_hurts"),
    ],
)
def test_why_not_names_the_reason(exercise: str, code: str) -> None:
    plan = kc.recommend(HEEL, request=kc.Request(minutes=10))
    assert [
        reason.message.id for reason in kc.explain(plan).why_not(exercise).reasons
    ] == code.split()


def test_why_not_names_the_missing_equipment() -> None:
    plan = kc.recommend(HEEL, request=kc.Request(equipment=[]))
    codes = [one.message.id for one in kc.explain(plan).why_not("heel_raise_seated").reasons]
    assert "equipment_missing" in codes


def test_why_not_names_the_time_that_it_would_take() -> None:
    plan = kc.recommend(HEEL, request=kc.Request(minutes=1))
    told = str(kc.explain(plan).why_not("towel_curl"))
    assert "the session would take 2 min" in told


def test_why_not_names_the_excluding_rule_and_its_evidence() -> None:
    plan = kc.recommend(evolve(HEEL, facts={"tandem_stance_s": 5}))
    why = kc.explain(plan).why_not("single_leg_balance")
    assert why.reasons[0].rule == "support_until_tandem_holds"
    assert {"B04", "B07", "D48"} <= {row.id for row in why.evidence}
    assert "[expert; B04, B07, D48]" in str(why)


def test_why_not_before_answers_or_despite_a_referral() -> None:
    unasked = kc.recommend(evolve(HEEL, screening="unasked"))
    referred = kc.recommend(evolve(HEEL, facts={"tandem_stance_s": 30, "chest_pain": True}))
    assert kc.explain(unasked).why_not("ankle_circles").reasons[0].message.id == "plan_asks"
    assert kc.explain(referred).why_not("ankle_circles").reasons[0].message.id == "plan_refers"


def test_what_holds_for_the_whole_plan_comes_before_what_rules_exclude() -> None:
    asking = evolve(HEEL, screening="unasked", facts={"tandem_stance_s": 30, "anticoagulant": True})
    referring = evolve(
        HEEL,
        facts={
            "tandem_stance_s": 30,
            "anticoagulant": True,
            "fever": True,
            "hot_swollen_joint": True,
        },
    )
    for person, first in ((asking, "plan_asks"), (referring, "plan_refers")):
        reasons = kc.explain(kc.recommend(person)).why_not("ball_roll_firm").reasons
        assert reasons[0].message.id == first
        assert "blood_thinners_and_pressure" in {reason.rule for reason in reasons[1:]}


def test_without_complaints_the_questions_stay_bearable() -> None:
    unasked = kc.recommend(kc.Person(age=40))
    hurting = kc.recommend(kc.Person(age=40, complaints=[kc.Complaint("heel", pain=4, weeks=8)]))
    assert len(kc.explain(unasked).questions) <= 120
    new = {one.id for one in kc.explain(hurting).questions} - {
        one.id for one in kc.explain(unasked).questions
    }
    assert "morning_back_stiffness" in new


def test_why_names_targets_rules_and_the_step_of_the_ladder() -> None:
    why = kc.explain(kc.recommend(HEEL)).why("plantar_fascia_stretch")
    codes = {reason.message.id for reason in why.reasons}
    assert codes == {"works_on", "preferred_by", "from_ladder"}
    assert why.standings


def test_why_by_way_of_the_chain_shows_path_and_grade() -> None:
    text = str(kc.explain(kc.recommend(HEEL)).why("single_leg_balance"))
    assert "by way of sole (plantar fascia) → heel (evidence: limited)" in text


def test_asking_for_an_unknown_exercise_offers_the_likely_one() -> None:
    plan = kc.recommend(HEEL)
    with pytest.raises(kc.UnknownName, match="did you mean `ankle_circles`"):
        kc.explain(plan).why_not("ankle_circle")
    with pytest.raises(kc.UnknownName, match="ask why_not"):
        kc.explain(plan).why("walking_on_the_moon")


def test_the_most_exercises_follow_the_minutes() -> None:
    assert len(kc.recommend(HEEL, request=kc.Request(minutes=5)).items) <= 3
    assert len(kc.recommend(HEEL, request=kc.Request(minutes=60)).items) <= 6


def test_an_exercise_for_several_times_a_day_is_repeated_where_there_is_room() -> None:
    plan = kc.recommend(HEEL, request=kc.Request(minutes=2, sessions_per_day=3, goal="foot_pain"))
    times = sum(
        item.exercise == "plantar_fascia_stretch"
        for session in plan.sessions
        for item in session.items
    )
    assert times == 2


def test_a_plan_can_be_issued_to_the_history() -> None:
    plan = kc.recommend(HEEL, request=kc.Request(minutes=2, sessions_per_day=3))
    event = plan.issued(date(2026, 1, 1))
    assert {item.exercise for item in event.items} == {item.exercise for item in plan.items}
    assert event.sessions_per_week == 7 * len(plan.sessions)


def test_loading_days_leave_a_day_of_rest_over_the_turn_of_the_week(
    knowledge: kc.Knowledge,
) -> None:
    raise_ = knowledge.exercise("heel_raise_double")
    walking = knowledge.exercise("walking")
    for number in range(1, 8):
        days = session_days(kc.Request(days_per_week=number), kc.History(), None)
        picked = exercise_days(raise_, days, ())
        following = (*picked[1:], picked[0] + 7)
        assert all(b - a > 1 for a, b in zip(picked, following, strict=True)) or len(picked) == 1
        assert exercise_days(walking, days, ()) == days


def test_a_history_needs_the_day_of_the_plan() -> None:
    history = kc.History([kc.MorningAfter(on=date(2026, 1, 2), change=0)])
    with pytest.raises(kc.InvalidInput, match="a history needs the day of the plan"):
        kc.recommend(HEEL, history)


def test_input_is_checked_against_the_knowledge_all_faults_at_once() -> None:
    person = kc.Person(
        equipment=["fixed_suport"],
        facts={"tandem_stance": 3, "bmi": "fat", "age": 3, "goal": "x", "sex": "f"},
        screening=["saddle_numbnes"],
    )
    history = kc.History(
        [
            kc.SessionLog(
                on=date(2026, 1, 1), lines=[kc.ExerciseLog("walkin", substituted_by="run")]
            ),
            kc.Finding(on=date(2026, 1, 1), facts={"fevr": True}, screening=["x"]),
            kc.PlanIssued(on=date(2026, 1, 1), items=[kc.PlannedItem("toe_yoga_bigg")]),
        ]
    )
    with pytest.raises(kc.InvalidInput) as caught:
        kc.recommend(person, history, request=kc.Request(goal="bakc_pain"), on=date(2026, 1, 2))
    text = str(caught.value)
    for part in (
        "person.equipment: no piece of equipment is called `fixed_suport`; did you mean `fixed_support`?",
        "person.facts.tandem_stance: no fact is called `tandem_stance`; did you mean `tandem_stance_s`",
        "person.facts.bmi: `'fat'` is not a number from 10 to 90 kg/m²",
        "person.facts.age: `age` is derived and cannot be given",
        "person.screening: `saddle_numbnes` is no screening question; did you mean `saddle_numbness`?",
        "request.goal: `'bakc_pain'` is not a goal; did you mean `back_pain`",
        "no fact is called `fevr`; did you mean `fever`?",
    ):
        assert part in text


def test_equipment_called_by_another_word_names_the_piece_that_is_meant() -> None:
    person = kc.Person(age=34, equipment=["counter"], screening="clear")
    with pytest.raises(kc.InvalidInput, match=r"did you mean `fixed_support` .*a counter"):
        kc.recommend(person)


def test_the_printed_plan_fits_a_phone() -> None:
    for person in (HEEL, kc.Person(age=40), kc.Person(facts={"chest_pain": True})):
        for line in str(kc.recommend(person)).splitlines():
            assert len(line) <= 60


def test_printed_questions_are_shortened_and_counted() -> None:
    plan = kc.recommend(kc.Person(age=40))
    assert f"… and {len(kc.explain(plan).questions) - 8} more." in str(plan)


def test_the_interest_of_a_source_is_shown() -> None:
    explanation = kc.explain(kc.recommend(HEEL))
    assert "sells the footwear that it praises" in str(explanation)


@pytest.mark.parametrize("phrase", ["abnormal", "cures", "will relieve", "secret", "risk of death"])
def test_no_text_of_the_library_promises_or_frightens(phrase: str, knowledge: kc.Knowledge) -> None:
    texts = [ENGLISH.text(name) for name in ENGLISH.ids if "{" not in ENGLISH.text(name)]
    texts += [rule.because for rule in knowledge.rules]
    texts += [text for one in knowledge.exercises.values() for text in (*one.steps, *one.cues)]
    texts += [row.statement for row in knowledge.evidence.values()]
    assert not [text for text in texts if phrase in text.lower()]


def test_surgery_lowers_the_pain_ceiling(recommender: kc.Recommender) -> None:
    person = evolve(HEEL, surgeries=[kc.Surgery("knee", side="left", weeks_ago=4)])
    decision = recommender.assess(person).decision
    assert decision.tightest(LimitKind.PAIN_CEILING) == 3
    assert recommender.recommend(person).pain_ceiling == 3


def test_strong_pain_is_moved_without_load_only(knowledge: kc.Knowledge) -> None:
    person = evolve(HEEL, complaints=[kc.Complaint("ankle", side="left", pain=6)])
    plan = kc.recommend(person, request=kc.Request(minutes=30))
    left = [item for item in plan.items if item.side.meets(kc.Side.LEFT)]
    for item in left:
        exercise = knowledge.exercises[item.exercise]
        assert exercise.load == "L0" or kc.Region.ANKLE not in exercise.regions


def test_leaving_out_a_rule_is_shown_in_every_plan(knowledge: kc.Knowledge) -> None:
    free = kc.Recommender(knowledge.without_rules("shoes_for_a_painful_foot"))
    plan = free.recommend(HEEL)
    assert plan.disabled_rules == ("shoes_for_a_painful_foot",)
    assert "rule_left_out" in {one.message.id for one in plan.advice}
    assert plan.fingerprint != kc.recommend(HEEL).fingerprint


def test_leaving_out_an_unknown_rule_is_an_error(knowledge: kc.Knowledge) -> None:
    with pytest.raises(kc.UnknownName, match="no rule has the id"):
        knowledge.without_rules("shoes")


def test_a_session_with_nothing_done_lifts_no_limit() -> None:
    person = evolve(HEEL, age=82, complaints=[])
    empty = kc.History([kc.SessionLog(on=date(2026, 1, 1), lines=[])])
    request = kc.Request(minutes=15, goal="balance")
    before = kc.recommend(person, request=request)
    after = kc.recommend(person, empty, request=request, on=date(2026, 1, 2))
    assert len({item.exercise for item in after.items}) <= 3
    assert len(after.items) == len(before.items)


@pytest.mark.parametrize(
    "sign", ["cancer_history", "active_cancer", "immunosuppressed", "night_pain"]
)
def test_back_pain_with_a_serious_sign_is_urgent_and_not_loaded(
    sign: str, knowledge: kc.Knowledge
) -> None:
    back = kc.Complaint("lumbar", pain=3)
    facts = {"tandem_stance_s": 30, sign: True}
    plan = kc.recommend(
        evolve(HEEL, complaints=[back], facts=facts), request=kc.Request(minutes=30)
    )
    assert plan.referral.level is kc.ReferralLevel.URGENT
    for item in plan.items:
        assert kc.Region.LUMBAR not in knowledge.exercises[item.exercise].regions


def test_why_tells_what_its_rules_saw_and_what_it_ranks_before() -> None:
    plan = kc.recommend(HEEL, request=kc.Request(minutes=2, goal="foot_pain"))
    first = plan.items[0]
    why = kc.explain(plan).why(first.exercise)
    rules = {reason.rule for reason in why.reasons} - {None}
    assert {entry.rule for entry in why.seen} == rules
    assert all(str(entry) in str(why) for entry in why.seen)
    named = {
        one.exercise
        for one in kc.explain(plan).omissions
        if dict(one.reason.message.args).get("exercise") == first.title and one.code == "outranked"
    }
    assert set(why.preferred_to) >= named


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_no_text_for_people_shows_an_object_of_python(path: Path) -> None:
    case = read_case(path)
    plan = kc.recommend(case.person, case.history, request=case.request, on=case.on)
    told = [
        str(plan),
        *(str(one) for reasons in kc.explain(plan).reasons.values() for one in reasons),
    ]
    assert not re.search(r"\w\(\w+=|\bNone\b", "\n".join(told))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_plan_fits_a_narrow_phone(path: Path) -> None:
    case = read_case(path)
    plan = kc.recommend(case.person, case.history, request=case.request, on=case.on)
    assert max(map(len, plan.text(width=40).splitlines())) <= 40


def test_a_width_without_room_for_words_is_refused() -> None:
    with pytest.raises(kc.InvalidInput, match="from 20 on"):
        kc.recommend(HEEL).text(width=5)


def test_a_printed_conflict_says_for_whom_each_side_holds_and_who_gains() -> None:
    plan = kc.recommend(HEEL, request=kc.Request(goal="foot_strength"))
    text = str(kc.explain(plan))
    assert "Applies to: feet without claw toes and cramps." in text
    assert "(interests: sells the footwear that it praises) — or:" in text
