"""An intake asks little, in clinical order, and reads plain JSON strictly."""

import datetime
import json as plain_json

import pytest

import kineticchain as kc
from kineticchain.domain.facts import Section
from kineticchain.interop import json, toml
from kineticchain.recommendation.intake.intake import Intake
from kineticchain.testing.intake_answers import (
    EXAMPLE_PEOPLE,
    answered_by,
    reassured,
    unsure,
)

ON = datetime.date(2026, 11, 29)
DAY = datetime.timedelta(days=1)
TEN = kc.Request()
HEEL = kc.Person(age=45, sex="f", complaints=[kc.Complaint("heel", pain=3, weeks=20)])
LIMITS = {
    "a healthy adult": (3, 20),
    "a painful heel": (4, 35),
    "back pain at 60": (5, 45),
    "82 after a fall": (5, 45),
    "pregnant, with pelvic pain": (5, 40),
}


@pytest.fixture
def heel(recommender: kc.Recommender) -> Intake:
    return recommender.intake(HEEL, request=TEN, on=ON)


def option_ids(intake: Intake, name: str) -> list[str]:
    return [
        option.id
        for question in intake.questions
        if question.id == name
        for option in question.options
    ]


@pytest.mark.parametrize("name", LIMITS)
def test_an_intake_fits_on_few_screens(name: str, recommender: kc.Recommender) -> None:
    most_screens, most_items = LIMITS[name]
    intake, screens, items = reassured(recommender.intake(EXAMPLE_PEOPLE[name], request=TEN, on=ON))
    assert screens <= most_screens
    assert items <= most_items
    assert intake.plan.status == "ready"


@pytest.mark.parametrize("name", LIMITS)
def test_a_return_after_four_weeks_takes_one_screen(name: str, recommender: kc.Recommender) -> None:
    first, _, _ = reassured(recommender.intake(EXAMPLE_PEOPLE[name], request=TEN, on=ON))
    later = ON + datetime.timedelta(days=29)
    _, screens, items = reassured(
        recommender.intake(first.person, first.history, request=TEN, on=later)
    )
    assert screens <= 1
    assert items <= 12 + 2 * name.startswith("pregnant")  # three signs of pregnancy are urgent


@pytest.mark.parametrize("name", [*LIMITS, "nobody"])
def test_not_to_know_anything_ends_with_whom_to_ask(name: str, recommender: kc.Recommender) -> None:
    person = EXAMPLE_PEOPLE[name] if name in LIMITS else kc.Person()
    intake, screens, _ = answered_by(recommender.intake(person, request=TEN, on=ON), unsure)
    assert screens <= 6
    assert intake.plan.questions == ()
    assert intake.plan.referral.level is kc.ReferralLevel.URGENT
    assert intake.plan.referral.whom != ()
    assert intake.plan.items == ()
    assert any("Not known yet" in reason.message.text for reason in intake.plan.advice)


def test_emergencies_come_first(recommender: kc.Recommender) -> None:
    intake = recommender.intake(kc.Person(), on=ON)
    assert intake.next is not None
    assert intake.next.sections == (Section.EMERGENCY,)
    assert {"chest_signs", "stroke_signs", "cauda_signs"} <= set(option_ids(intake, "emergency"))


def test_a_question_describes_itself(heel: Intake) -> None:
    by_id = {question.id: question for question in heel.questions}
    stance = by_id["single_leg_s"]
    assert (stance.kind, stance.unit, stance.low, stance.high) == ("number", "s", 0, 300)
    assert [side.value for side in stance.sides] == ["left", "right"]
    assert stance.optional
    assert "balance" in stance.opens
    assert "counter" in stance.help
    signs = by_id["signs_foot"]
    assert signs.urgency is kc.ReferralLevel.SAME_DAY
    line = next(option for option in signs.options if option.id == "heel_squeeze_pain")
    assert line.urgency is kc.ReferralLevel.URGENT
    assert line.decisions > 0
    assert line.why != ()


def test_every_option_of_every_question_has_a_label(heel: Intake) -> None:
    labels = [option.label for question in heel.questions for option in question.options]
    assert all(label[:1].isupper() or label[:1].isdigit() for label in labels)


def test_details_are_asked_after_what_makes_them_matter(heel: Intake) -> None:
    assert "vomiting" not in option_ids(heel, "emergency")
    dizzy = heel.answered({"emergency": ["dizziness"]})
    assert "vomiting" in option_ids(dizzy, "emergency")


def test_none_of_these_answers_every_line_and_all_that_it_covers(heel: Intake) -> None:
    answered = heel.answered({"emergency": []})
    assert answered.assessment.situation.facts["saddle_numbness"] is False
    assert not any(question.id == "emergency" for question in answered.questions)


def test_what_was_told_counts_though_nobody_asked(recommender: kc.Recommender) -> None:
    person = kc.Person(age=30, sex="m", facts={"gangrene": True})
    assert recommender.intake(person, request=TEN, on=ON).plan.referral.level == "EMERGENCY"


def test_a_sign_that_ran_out_is_asked_for_wherever_it_hurts(recommender: kc.Recommender) -> None:
    """An open sore of half a year ago does not heal by nobody asking about it."""
    person = kc.Person(age=30, sex="m", facts={"foot_ulcer": True}, as_of=ON, screening="clear")
    later = ON + datetime.timedelta(days=300)
    intake = recommender.intake(person, request=TEN, on=later)
    assert "foot_ulcer" in option_ids(intake, "emergency")


def test_unsure_is_not_asked_again_until_it_runs_out(recommender: kc.Recommender) -> None:
    intake, _, _ = answered_by(recommender.intake(HEEL, request=TEN, on=ON), unsure)
    again = recommender.intake(intake.person, intake.history, request=TEN, on=ON)
    assert again.next is None
    later = ON + datetime.timedelta(days=40)
    assert recommender.intake(intake.person, intake.history, request=TEN, on=later).next is not None


def test_unsure_says_what_follows(heel: Intake) -> None:
    intake = heel.answered({"emergency": {"ticked": [], "unsure": ["dizziness"]}})
    assert any("New and severe dizziness" in note for note in intake.notes)


def test_a_measure_that_is_skipped_is_not_asked_again(heel: Intake) -> None:
    skipped = heel.answered({"tandem_stance_s": "skip"})
    assert not any(question.id == "tandem_stance_s" for question in skipped.questions)
    assert any("heel to toe" in note for note in skipped.notes)


def test_one_side_can_be_measured_alone(heel: Intake) -> None:
    facts = heel.answered({"single_leg_s": {"left": 12}}).person.facts
    assert facts["single_leg_s.left"] == 12
    assert "single_leg_s.right" in facts.unknown


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        ([], "answers: [] is no table"),
        ({"emergancy": []}, "answers.emergancy: it is not asked; did you mean `emergency`?"),
        ({"emergency": True}, "answers.emergency: True is no answer"),
        ({"emergency": ["chest"]}, "answers.emergency.ticked: `'chest'` is not a line"),
        (
            {"emergency": {"ticked": ["dizziness"], "unsure": ["dizziness"]}},
            "answers.emergency.unsure: `dizziness` is both ticked and unsure; list it once",
        ),
        (
            {"emergency": {"ticked": [], "prefer_not_to_say": ["dizziness"]}},
            "`dizziness` has to be answered; list it under `unsure`",
        ),
        ({"emergency": "skip"}, 'answers.emergency: "skip" is no answer to this question'),
        ({"tandem_stance_s": "ten"}, "answers.tandem_stance_s: `'ten'` is not a number"),
        ({"tandem_stance_s": 121}, "answers.tandem_stance_s: `121` is not a number from 0 to 120"),
        ({"tandem_stance_s": None}, 'there is no answer; say "unsure" if nobody knows'),
        ({"tandem_stance_s": {"left": 3}}, "answers.tandem_stance_s"),
        ({"single_leg_s": {"both": 3}}, 'give {"left": …, "right": …}'),
        ({"single_leg_s": {"left": True}}, "answers.single_leg_s.left"),
    ],
)  # fmt: skip
def test_answers_are_read_strictly(answers: object, fault: str, heel: Intake) -> None:
    with pytest.raises(kc.InvalidInput) as caught:
        heel.answered(answers)  # type: ignore[arg-type]  # what JSON may hold
    assert fault.replace("`", "") in str(caught.value).replace("`", "")


def test_all_faults_of_some_answers_are_told_at_once(heel: Intake) -> None:
    with pytest.raises(kc.InvalidInput) as caught:
        heel.answered({"emergency": 3, "tandem_stance_s": -1})
    assert len(caught.value.faults) == 2


def test_answers_on_the_first_day_belong_to_the_person(heel: Intake) -> None:
    answered = heel.answered({"emergency": []})
    assert answered.person.as_of == ON
    assert answered.person.facts["chest_signs"] is False
    assert answered.history == kc.History()
    assert heel.person == HEEL


def test_later_answers_are_a_finding_of_their_day(recommender: kc.Recommender) -> None:
    first, _, _ = reassured(recommender.intake(HEEL, request=TEN, on=ON))
    later = ON + datetime.timedelta(days=40)
    intake = recommender.intake(first.person, first.history, request=TEN, on=later)
    intake = intake.answered({"emergency": ["dizziness"]}).answered({"changes": []})
    [finding] = intake.history.findings
    assert finding.on == later
    assert finding.facts["dizziness"] is True
    assert intake.person == first.person


def test_what_has_changed_is_asked_singly(recommender: kc.Recommender) -> None:
    first, _, _ = reassured(recommender.intake(HEEL, request=TEN, on=ON))
    later = ON + datetime.timedelta(days=40)
    intake = recommender.intake(first.person, first.history, request=TEN, on=later)
    assert option_ids(intake, "changes") == ["signs", "conditions"]
    intake = intake.answered({"emergency": [], "changes": ["signs"]})
    assert "complaints" in [question.id for question in intake.questions]
    assert "night_pain" in option_ids(intake, "signs_foot")
    assert option_ids(intake, "changes") == []
    assert option_ids(intake, "conditions") == []


def test_an_app_can_stop_and_go_on_from_what_it_stores(
    heel: Intake, recommender: kc.Recommender
) -> None:
    half = heel.answered({"emergency": []})
    stored = json.loads(json.dumps(half.person), kc.Person)
    again = recommender.intake(stored, request=TEN, on=ON)
    assert again.questions == half.questions


def test_an_unfinished_intake_goes_on_where_it_was_left(
    heel: Intake, recommender: kc.Recommender
) -> None:
    half = heel.answered({"emergency": [], "tandem_stance_s": "skip"})
    saved = plain_json.loads(plain_json.dumps(half.saved))
    again = recommender.intake(HEEL, request=TEN, on=ON, saved=saved)
    assert again.questions == half.questions
    assert again.progress == half.progress
    assert again.person == half.person


@pytest.mark.parametrize(
    "broken",
    [
        None.__class__,
        {},
        {"facts": {"chest_pains": True}},
        {"own": {"colour": "red"}},
        {"own": {"age": {}}},
        {"changed": ["feet"]},
        {"screens_done": "two"},
    ],
)
def test_a_broken_saved_intake_is_refused(
    broken: object, heel: Intake, recommender: kc.Recommender
) -> None:
    saved: object = {**heel.saved, **broken} if isinstance(broken, dict) and broken else broken
    with pytest.raises(kc.InvalidInput, match="saved"):
        recommender.intake(HEEL, request=TEN, on=ON, saved=saved)  # type: ignore[arg-type]  # broken


def test_nobody_is_asked_who_they_are_and_what_hurts(recommender: kc.Recommender) -> None:
    intake = recommender.intake(kc.Person(), request=TEN, on=ON).answered({"emergency": []})
    assert intake.next is not None
    assert [question.id for question in intake.next.questions] == [
        "age",
        "sex",
        "complaints",
    ]
    answers = {"age": 45, "sex": "prefer_not_to_say", "complaints": ["heel"]}
    intake = intake.answered(answers)
    assert intake.next is not None
    assert [question.id for question in intake.next.questions] == [
        "complaint.heel.pain",
        "complaint.heel.weeks",
        "complaint.heel.side",
        "complaint.heel.accident",
    ]
    intake = intake.answered(
        {
            "complaint.heel.pain": 3,
            "complaint.heel.weeks": 20,
            "complaint.heel.side": "left",
            "complaint.heel.accident": True,
        }
    )
    assert intake.person.injuries == (kc.Injury("heel", side="left", days_ago=140),)
    assert intake.person.complaints == (kc.Complaint("heel", side="left", pain=3, weeks=20),)
    assert intake.next is not None
    assert intake.next.sections == (Section.SIGNS,)


def test_wishes_are_asked_where_no_request_is_given(recommender: kc.Recommender) -> None:
    intake = recommender.intake(HEEL, on=ON)
    wishes = [question.id for question in intake.sections[Section.WISHES]]
    assert [
        name for name in wishes if name in {"goal", "minutes", "days_per_week", "equipment"}
    ] == ["goal", "minutes", "days_per_week", "equipment"]
    intake = intake.answered(
        {"goal": "heel_pain", "minutes": 15, "days_per_week": 3, "equipment": ["towel"]}
    )
    assert intake.request == kc.Request(goal="heel_pain", minutes=15, days_per_week=3)
    assert intake.person.equipment == ("towel",)


def test_an_answer_can_be_taken_back(heel: Intake) -> None:
    answered = heel.answered({"tandem_stance_s": 4})
    corrected = answered.corrected("tandem_stance_s").answered({"tandem_stance_s": 14})
    assert corrected.person.facts["tandem_stance_s"] == 14
    with pytest.raises(kc.InvalidInput, match="was not answered"):
        heel.corrected("diabetes")


def test_a_sign_of_an_earlier_day_can_be_over(recommender: kc.Recommender) -> None:
    person = kc.Person(age=45, facts={"fever": True}, screening="clear", as_of=ON)
    intake = recommender.intake(person, request=TEN, on=ON + datetime.timedelta(days=9))
    assert [sign.id for sign in intake.earlier_signs] == ["fever"]
    assert "fever" not in option_ids(intake, "emergency")
    asked = intake.corrected("fever")
    assert "fever" in option_ids(asked, "emergency")
    assert asked.plan.referral.level is kc.ReferralLevel.URGENT
    over = asked.answered({"emergency": []})
    assert over.plan.referral.level is kc.ReferralLevel.NONE
    assert over.earlier_signs == ()


def test_saved_answers_of_an_earlier_day_keep_that_day(recommender: kc.Recommender) -> None:
    saved = recommender.intake(HEEL, request=TEN, on=ON).answered({"emergency": []}).saved
    later = ON + datetime.timedelta(days=40)
    intake = recommender.intake(HEEL, request=TEN, on=later, saved=saved)
    assert intake.person.as_of == ON
    assert "chest_signs" in option_ids(intake, "emergency")


def test_both_sides_are_checked(heel: Intake) -> None:
    with pytest.raises(kc.InvalidInput) as caught:
        heel.answered({"single_leg_s": {"left": 999, "right": -1}})
    assert len(caught.value.faults) == 2
    facts = heel.answered({"single_leg_s": {"left": 12, "right": "unsure"}}).person.facts
    assert facts.given()["single_leg_s.right"] is None


def test_half_a_screen_is_no_progress(heel: Intake) -> None:
    assert heel.answered({"tandem_stance_s": 12}).progress.screen == 1


def test_progress_says_how_far_it_is(heel: Intake) -> None:
    assert heel.progress.screen == 1
    after = heel.answered({"emergency": []}).progress
    assert (after.screen, after.about) == (2, heel.progress.about)
    assert str(after) == f"2 of about {heel.progress.about}"


def test_the_question_of_a_pack_is_asked(knowledge: kc.Knowledge) -> None:
    text = """
schema = 1
id = "studio"
version = "1"

[[fact]]
id = "studio.hot_yoga"
kind = "boolean"
fact_class = "screening"
reassuring = false
question = "Do you train in heat?"
line = "Training in heat"
no_alarm = "asked by the studio"
section = "limits"
ask_when = "age >= 18"

[[rule]]
id = "studio.cool_down"
when = "studio.hot_yoga"
about = "exercise.load > 'L2'"
exclude = true
because = "In heat the load stays low."
sources = ["studio"]

[[source]]
id = "studio"
title = "Rules of the studio"
year = 2026
address = "https://example.org"
read = "whole"
"""
    pack = toml.loads(text, "studio.toml")
    recommender = kc.Recommender(knowledge.with_packs(pack))
    adult = recommender.intake(kc.Person(age=30, sex="m"), request=TEN, on=ON)
    assert "studio.hot_yoga" in option_ids(adult, "limits")
    child = recommender.intake(kc.Person(age=12, sex="m"), request=TEN, on=ON)
    assert "studio.hot_yoga" not in option_ids(child, "limits")


def test_an_intake_speaks_german(knowledge: kc.Knowledge) -> None:
    intake = kc.Recommender(knowledge.speaking("de")).intake(kc.Person(), on=ON)
    assert intake.next is not None
    assert intake.next.title == "Zeichen, die jetzt Hilfe brauchen"


NEVER_ASKED = {
    "told by an app, from its own data": {"mastered", "weeks_trained", "runs_km_per_week", "lives_alone"},
    "told with what happened": {"last_sprain_weeks_ago", "cleared_for_walking", "clinician_result"},
    "told by a clinician": {
        "progress_reviewed", "foot_posture_index", "navicular_drop_mm", "leg_length_difference_mm",
        "oswestry_index",
    },
    "read by no rule": {"first_step_pain", "stairs_worse", "feet_pain_free"},
    "asked by progression": {"stopped_pain_settled"},
}  # fmt: skip
"""Facts that no condition opens, by the reason."""


def test_every_fact_is_asked_or_has_a_reason_why_not(knowledge: kc.Knowledge) -> None:
    silent = {
        fact.id
        for fact in knowledge.vocabulary.types
        if fact.is_given and fact.ask_when is None
        if fact.fact_class != "screening" or fact.reassured_by_silence
    }
    assert silent == set().union(*NEVER_ASKED.values())


def test_what_stopped_an_exercise_is_asked_about(recommender: kc.Recommender) -> None:
    person = kc.Person(
        age=40, sex="m", facts={"tandem_stance_s": 30}, screening="clear", as_of=ON - 40 * DAY
    )
    line = kc.ExerciseLog("heel_raise_double_supported", pain=9)
    history = kc.History([kc.SessionLog(on=ON - 30 * DAY, lines=[line])])
    intake = recommender.intake(person, history, request=TEN, on=ON)
    assert "stopped_pain_settled" in [question.id for question in intake.questions]
