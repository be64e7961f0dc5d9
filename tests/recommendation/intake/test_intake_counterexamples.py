"""People whom an earlier version of the intake lost, each with the kind of fault."""

import datetime

import pytest

import kineticchain as kc
from kineticchain.interop import toml
from kineticchain.recommendation.intake.intake import Intake
from kineticchain.recommendation.intake.question import IntakeQuestion, QuestionKind
from kineticchain.testing.intake_answers import MAX_SCREENS, answered_by, reassured

ON = datetime.date(2026, 11, 29)
DAY = datetime.timedelta(days=1)
TEN = kc.Request()
Level = kc.ReferralLevel


def lines(intake: Intake) -> set[str]:
    """All that is asked: questions, and lines of checklists."""
    return {name for question in intake.questions for name in question.covers}


@pytest.mark.parametrize(
    ("sign", "level"),
    [
        ("chest_pain", Level.EMERGENCY),
        ("saddle_numbness", Level.EMERGENCY),
        ("foot_ulcer", Level.URGENT),
        ("one_calf_swollen", Level.URGENT),
        ("night_pain", Level.URGENT),
        ("knee_locked", Level.SAME_DAY),
        ("sudden_snap", Level.URGENT),
    ],
)
def test_a_sign_that_ran_out_is_asked_once_and_its_answer_stays(
    sign: str, level: kc.ReferralLevel, recommender: kc.Recommender
) -> None:
    person = kc.Person(age=45, sex="f", facts={sign: True}, as_of=ON - 400 * DAY)
    intake = recommender.intake(person, request=TEN, on=ON)
    checklist = next(question.id for question in intake.questions if sign in question.covers)
    still = intake.answered({checklist: [sign]})
    assert still.plan.referral.level >= level
    assert sign not in lines(still)
    over = intake.answered({checklist: []})
    assert sign not in lines(over)
    assert over.plan.referral.level < level


@pytest.mark.parametrize(
    "sign", ["night_pain", "focal_bone_tenderness", "sudden_snap", "knee_locked"]
)
def test_a_sign_that_became_unsure_does_not_run_out_silently(
    sign: str, recommender: kc.Recommender
) -> None:
    person = kc.Person(age=45, sex="m", screening="clear", as_of=ON - 200 * DAY)
    told = kc.Finding(on=ON - 199 * DAY, facts={sign: True})
    unsure = kc.Finding(on=ON - 195 * DAY, facts={sign: None})
    plan = recommender.recommend(person, kc.History([told, unsure]), on=ON)
    asked = {question.id for question in kc.explain(plan).questions}
    assert sign in asked


def test_an_operation_of_unknown_weeks_keeps_the_question_of_weight_bearing(
    recommender: kc.Recommender,
) -> None:
    intake = recommender.intake(kc.Person(age=45, sex="m", as_of=ON), request=TEN, on=ON)
    intake = intake.answered({"emergency": [], "conditions": ["recent_treatment"]})
    assert "weight_bearing" in lines(intake)


def test_no_cast_does_not_mean_no_operation(recommender: kc.Recommender) -> None:
    person = kc.Person(age=45, sex="m", facts={"leg_immobilised": False}, as_of=ON)
    assert "recent_treatment" in lines(recommender.intake(person, request=TEN, on=ON))


@pytest.mark.parametrize("cleared", [None, True])
def test_the_weight_after_an_operation_is_asked_once(
    cleared: bool | None,  # noqa: FBT001 - a parameter of the test
    recommender: kc.Recommender,
) -> None:
    surgery = kc.Surgery("knee", side="left", weeks_ago=2, cleared=cleared)
    person = kc.Person(age=45, sex="m", surgeries=[surgery], as_of=ON)
    intake, screens, _ = reassured(recommender.intake(person, request=TEN, on=ON))
    assert screens <= MAX_SCREENS
    assert intake.plan.questions == ()


def test_new_pain_of_a_later_day_is_new(recommender: kc.Recommender) -> None:
    """Its weeks are counted from the day on which it was told, not from the first intake."""
    person = kc.Person(age=60, sex="m", screening="clear", as_of=ON - 200 * DAY)
    intake = recommender.intake(person, request=TEN, on=ON)
    intake = intake.answered({"emergency": [], "changes": ["signs"]})
    intake = intake.answered({"complaints": ["lumbar"]})
    intake = intake.answered(
        {
            "complaint.lumbar.pain": 4,
            "complaint.lumbar.weeks": 1,
            "complaint.lumbar.accident": False,
        }
    )
    assert intake.person.complaints == ()
    [finding] = intake.history.findings
    assert finding.complaints == (kc.Complaint("lumbar", pain=4, weeks=1),)
    assert "sudden_new_back_pain" in lines(intake)
    assert intake.plan.referral.level >= Level.SOON


def test_an_accident_of_a_later_day_is_an_injury_of_that_day(recommender: kc.Recommender) -> None:
    person = kc.Person(age=30, sex="m", screening="clear", as_of=ON - 200 * DAY)
    intake = recommender.intake(person, request=TEN, on=ON)
    intake = intake.answered({"emergency": [], "changes": ["signs"]})
    intake = intake.answered({"complaints": ["ankle"]})
    intake = intake.answered({"complaint.ankle.pain": 5, "complaint.ankle.accident": True})
    assert kc.InjuryHappened(on=ON, region="ankle") in intake.history
    assert {"malleolar_pain", "can_take_4_steps"} <= lines(intake)


def test_somebody_known_by_age_alone_is_asked_what_hurts(recommender: kc.Recommender) -> None:
    assert "complaints" in lines(recommender.intake(kc.Person(age=82), request=TEN, on=ON))
    dated = kc.Person(age=82, as_of=ON)  # a stated day: nothing hurts on it
    assert "complaints" not in lines(recommender.intake(dated, request=TEN, on=ON))


def test_answers_of_an_earlier_day_are_told_once(recommender: kc.Recommender) -> None:
    """What hurts is not told again on the day on which the intake goes on."""
    intake = recommender.intake(kc.Person(), request=TEN, on=ON).answered({"emergency": []})
    intake = intake.answered({"age": 40, "sex": "m", "complaints": ["heel"]})
    later = recommender.intake(kc.Person(), request=TEN, on=ON + 3 * DAY, saved=intake.saved)
    later = later.answered({"signs_foot": []})
    assert later.person.complaints == (kc.Complaint("heel"),)
    assert later.person.as_of == ON
    assert all(not finding.complaints for finding in later.history.findings)


def test_what_has_changed_is_asked_once(recommender: kc.Recommender) -> None:
    """What a new sign opens is asked singly, and not by the same line again."""
    heel = kc.Complaint("heel", pain=3, weeks=20)
    person = kc.Person(age=45, sex="f", complaints=[heel], screening="clear", as_of=ON - 29 * DAY)
    intake = recommender.intake(person, request=TEN, on=ON)
    intake = intake.answered({"emergency": ["leg_signs"], "changes": []})
    assert "changes" not in {question.id for question in intake.questions}


def test_pain_of_a_hundred_years_can_grow_older(recommender: kc.Recommender) -> None:
    complaint = kc.Complaint("heel", pain=3, weeks=5200)
    person = kc.Person(age=102, complaints=[complaint], screening="clear", as_of=ON - 7 * DAY)
    assert recommender.recommend(person, on=ON).status == "ready"


def ticking(question: IntakeQuestion) -> object:
    """The answer of somebody who says yes to everything."""
    match question.kind:
        case QuestionKind.CHECKLIST:
            return [option.id for option in question.options]
        case QuestionKind.CHOICES:
            return [] if question.id == "equipment" else [one.id for one in question.options]
        case QuestionKind.CHOICE:
            return question.options[-1].id
        case QuestionKind.YES_NO:
            return True
        case QuestionKind.NUMBER:
            return question.high


@pytest.mark.parametrize(
    "person",
    [
        kc.Person(),
        kc.Person(age=10, sex="m", screening="clear", as_of=ON - 200 * DAY),
        kc.Person(age=45, sex="f", screening="clear", as_of=ON - 400 * DAY),
    ],
)
def test_yes_to_everything_ends(person: kc.Person, recommender: kc.Recommender) -> None:
    intake, screens, _ = answered_by(recommender.intake(person, on=ON), ticking)
    assert intake.next is None
    assert screens <= MAX_SCREENS


def complains(region: str, age: int, sex: str = "m", **more: object) -> kc.Person:
    complaint = kc.Complaint(region, pain=4, weeks=2)
    return kc.Person(age=age, sex=sex, complaints=[complaint], as_of=ON, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("person", "asked"),
    [
        (complains("pelvis", 70), {"can_walk", "can_take_4_steps", "focal_bone_tenderness"}),
        (complains("pelvis", 10), {"refuses_weight"}),
        (kc.Person(age=2, as_of=ON), {"refuses_weight", "limp"}),
        (kc.Person(age=10, facts={"limp": True}, as_of=ON), {"groin_pain_loading"}),
        (kc.Person(age=30, sex="f", facts={"pregnant_weeks": 20}, as_of=ON), {"calf_pain"}),
        (
            kc.Person(age=60, facts={"sensation_intact": False}, as_of=ON),
            {"skin_intact", "pulses_present"},
        ),
        (
            kc.Person(age=30, injuries=[kc.Injury("shin", days_ago=1)], as_of=ON),
            {"weight_bearing", "can_walk"},
        ),
    ],
)
def test_whom_a_question_concerns_is_asked_it(
    person: kc.Person, asked: set[str], recommender: kc.Recommender
) -> None:
    assert asked <= lines(recommender.intake(person, request=TEN, on=ON))


def test_a_runner_without_pain_is_asked_about_missing_periods(
    recommender: kc.Recommender,
) -> None:
    person = kc.Person(age=19, sex="f", facts={"pregnant_weeks": 0}, as_of=ON)
    runs = kc.Request(goal="keep_running")
    assert "amenorrhoea" in lines(recommender.intake(person, request=runs, on=ON))


@pytest.mark.parametrize("narrow", ['ask_when = "age < 18"', "ages = [0, 17]", 'sexes = ["f"]'])
def test_a_question_that_covers_others_is_asked_of_everybody(
    narrow: str, knowledge: kc.Knowledge
) -> None:
    text = f"""
schema = 1
id = "x"
version = "1"
[[fact]]
id = "x.sign"
kind = "boolean"
fact_class = "screening"
reassuring = false
question = "Is there a sign?"
no_alarm = "of a test"
[[fact]]
id = "x.signs"
kind = "boolean"
fact_class = "screening"
reassuring = false
question = "Is there any sign?"
no_alarm = "of a test"
covers = ["x.sign"]
{narrow}
"""
    with pytest.raises(kc.InvalidInput, match="is asked of everybody"):
        knowledge.with_packs(toml.loads(text, "x.toml"))


@pytest.mark.parametrize(
    "answers",
    [
        {"emergency": [[]]},
        {"emergency": [{}]},
        {"emergency": {"ticked": [["x"]]}},
        {"emergency": {"ticked": 3}},
        {"heel_rise_reps": [[1]]},
        {"tandem_stance_s": [1]},
        {"tandem_stance_s": float("nan")},
        {"tandem_stance_s": 10**400},
        {"complaints": [["heel"]]},
        {"complaints": "heel"},
    ],
)
def test_hostile_answers_are_refused(
    answers: dict[str, object], recommender: kc.Recommender
) -> None:
    intake = recommender.intake(kc.Person(age=40), request=TEN, on=ON)
    with pytest.raises(kc.InvalidInput):
        intake.answered(answers)


@pytest.mark.parametrize("age", [float("nan"), float("inf"), 30.5, [], True, -1])
def test_a_saved_age_is_checked(age: object, recommender: kc.Recommender) -> None:
    saved = recommender.intake(kc.Person(), request=TEN, on=ON).saved
    with pytest.raises(kc.InvalidInput, match="saved"):
        recommender.intake(kc.Person(), request=TEN, on=ON, saved={**saved, "own": {"age": age}})


def test_what_is_no_person_is_refused(recommender: kc.Recommender) -> None:
    with pytest.raises(kc.InvalidInput):
        recommender.intake(None, request=TEN, on=ON)  # type: ignore[arg-type]  # on purpose
    with pytest.raises(kc.InvalidInput):
        recommender.intake(kc.Person(age=3), on=ON).corrected([])  # type: ignore[arg-type]  # likewise
