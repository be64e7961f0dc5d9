"""What an intake asks about an operation that was told in weeks, and about accidents."""

import datetime

import pytest
from attrs import evolve

import kineticchain as kc
from kineticchain.interop.fhir import from_questionnaire_response, questionnaire
from kineticchain.recommendation.intake.intake import Intake
from kineticchain.recommendation.intake.operation import is_unplaced_operation
from kineticchain.recommendation.intake.question import IntakeQuestion
from kineticchain.recommendation.plan.plan_input import PlanInput

ON = datetime.date(2026, 12, 1)
TEN = kc.Request(minutes=10)
KNEE = kc.Person(age=50, sex="f", complaints=[kc.Complaint("knee", side="left", pain=3, weeks=20)])
HEEL = kc.Complaint("heel", side="right", pain=3, weeks=3)


def asked(intake: Intake) -> set[str]:
    """Return the ids of the open questions."""
    return {question.id for question in intake.questions}


def answer(question: IntakeQuestion) -> object:
    """Return the answer of somebody who was operated and knows of nothing else."""
    options = [option.id for option in question.options]
    if question.id == "changes":
        return options
    if "recent_treatment" in options:
        return ["recent_treatment"]
    return [] if options else "unsure"


def operated(recommender: kc.Recommender, weeks: object, person: kc.Person = KNEE) -> Intake:
    """Return an intake after the answer to how many weeks ago an operation was."""
    intake = recommender.intake(person, request=TEN, on=ON)
    while "surgery_weeks_ago" not in asked(intake):
        assert intake.next is not None
        intake = intake.answered(
            {question.id: answer(question) for question in intake.next.questions}
        )
    return intake.answered({"surgery_weeks_ago": weeks})


def test_the_place_of_an_operation_is_asked_for_step_by_step(recommender: kc.Recommender) -> None:
    intake = operated(recommender, 8)
    assert "surgery.region" in asked(intake)
    assert "surgery.side" not in asked(intake)
    intake = intake.answered({"surgery.region": "knee"})
    assert {"surgery.side", "surgery.cleared"} <= asked(intake)
    intake = intake.answered({"surgery.side": "left", "surgery.cleared": False})
    assert intake.person.surgeries == (kc.Surgery("knee", side="left", weeks_ago=8, cleared=False),)
    assert not any(name.startswith("surgery.") for name in asked(intake))


def test_the_side_of_a_spine_is_not_asked_for(recommender: kc.Recommender) -> None:
    intake = operated(recommender, 8).answered({"surgery.region": "lumbar"})
    assert "surgery.side" not in asked(intake)
    assert intake.person.surgeries == (kc.Surgery("lumbar", weeks_ago=8),)


@pytest.mark.parametrize("answer", ["unsure", "elsewhere"])
def test_an_operation_without_a_region_stays_unplaced(
    recommender: kc.Recommender, answer: str
) -> None:
    intake = operated(recommender, 8).answered({"surgery.region": answer})
    assert intake.person.surgeries == ()
    assert not any(name.startswith("surgery.") for name in asked(intake))


@pytest.mark.parametrize("weeks", [27, "skip"])
def test_an_old_operation_and_none_have_no_place(
    recommender: kc.Recommender, weeks: object
) -> None:
    assert "surgery.region" not in asked(operated(recommender, weeks))


@pytest.mark.parametrize(
    "started",
    [
        PlanInput(evolve(KNEE, surgeries=[kc.Surgery("knee")]), on=ON),
        PlanInput(KNEE, kc.History([kc.SurgeryDone(on=ON, region="knee")]), on=ON),
    ],
    ids=["of the person", "of the history"],
)
def test_a_known_operation_is_not_asked_for_again(started: PlanInput) -> None:
    assert is_unplaced_operation(PlanInput(KNEE, on=ON), {"surgery_weeks_ago": 8})
    assert not is_unplaced_operation(started, {"surgery_weeks_ago": 8})


def test_an_operation_told_on_a_later_day_happened_weeks_before(
    recommender: kc.Recommender,
) -> None:
    earlier = ON - datetime.timedelta(days=200)
    intake = operated(recommender, 2, evolve(KNEE, screening="clear", as_of=earlier))
    intake = intake.answered({"surgery.region": "hip"})
    intake = intake.answered({"surgery.side": "right", "surgery.cleared": False})
    done = kc.SurgeryDone(
        on=ON - datetime.timedelta(weeks=2), region="hip", side="right", cleared=False
    )
    assert done in intake.history
    assert intake.person.surgeries == ()


def test_a_placed_operation_leaves_the_other_regions_to_their_rules(
    recommender: kc.Recommender,
) -> None:
    """An operation of unknown place keeps everything still; one of the toes does not."""
    rule = "unplaced_operation_told_in_weeks"
    unplaced = operated(recommender, 8).answered({"surgery.region": "unsure"})
    placed = operated(recommender, 8).answered({"surgery.region": "toes"})
    assert rule in {fired.rule.id for fired in unplaced.assessment.decision.fired}
    assert rule not in {fired.rule.id for fired in placed.assessment.decision.fired}


def test_a_saved_intake_keeps_the_place(recommender: kc.Recommender) -> None:
    intake = operated(recommender, 8).answered({"surgery.region": "knee"})
    again = recommender.intake(KNEE, request=TEN, on=ON, saved=intake.saved)
    assert again.person == intake.person
    assert asked(again) == asked(intake)


def test_a_stated_complaint_is_asked_about_an_accident(recommender: kc.Recommender) -> None:
    intake = recommender.intake(kc.Person(age=40, complaints=[HEEL]), request=TEN, on=ON)
    assert "complaint.heel.accident" in asked(intake)
    intake = intake.answered({"complaint.heel.accident": True})
    assert intake.person.injuries == (kc.Injury("heel", side="right", days_ago=21),)
    assert intake.person.complaints == (HEEL,)


@pytest.mark.parametrize(
    "person",
    [
        kc.Person(age=40, complaints=[evolve(HEEL, weeks=7)]),
        kc.Person(age=40, complaints=[HEEL], injuries=[kc.Injury("heel", side="right")]),
        kc.Person(age=40, complaints=[HEEL], facts={"fever": False}),
        kc.Person(age=40, complaints=[HEEL], as_of=ON - datetime.timedelta(days=30)),
    ],
    ids=["lasts for longer", "injury stated", "answered before", "of an earlier day"],
)
def test_an_accident_is_not_asked_about_in_vain(
    recommender: kc.Recommender, person: kc.Person
) -> None:
    assert "complaint.heel.accident" not in asked(recommender.intake(person, request=TEN, on=ON))


def test_the_form_takes_the_place_of_an_operation(knowledge: kc.Knowledge) -> None:
    form = questionnaire(knowledge)
    links = {
        item["linkId"]: item
        for group in form["item"]
        for item in group["item"]
        if item["linkId"] == "surgery"
    }
    assert [item["linkId"] for item in links["surgery"]["item"]] == [
        "surgery.region",
        "surgery.side",
        "surgery.cleared",
    ]
    answers = [
        ("surgery_weeks_ago", {"valueDecimal": 8}),
        ("surgery.region", {"valueCoding": {"code": "knee"}}),
        ("surgery.side", {"valueCoding": {"code": "left"}}),
        ("surgery.cleared", {"valueCoding": {"code": "yes"}}),
    ]
    response = {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "item": [{"linkId": link, "answer": [answer]} for link, answer in answers],
    }
    person = from_questionnaire_response(response, knowledge, on=ON).person
    assert person.surgeries == (kc.Surgery("knee", side="left", weeks_ago=8, cleared=True),)


def test_a_measure_before_the_intake_does_not_hide_the_accident(
    recommender: kc.Recommender,
) -> None:
    person = kc.Person(age=40, complaints=[HEEL], facts={"tandem_stance_s": 30})
    assert "complaint.heel.accident" in asked(recommender.intake(person, request=TEN, on=ON))


def test_weeks_that_an_app_stated_ask_for_the_place(recommender: kc.Recommender) -> None:
    facts = {"recent_treatment": True, "surgery_weeks_ago": 6}
    person = kc.Person(age=40, facts=facts, screening="clear", as_of=ON)
    assert "surgery.region" in asked(recommender.intake(person, request=TEN, on=ON))


def told_an_accident(recommender: kc.Recommender, person: kc.Person, region: str) -> Intake:
    """Return an intake of nine days later with an accident of two weeks ago, on the left."""
    history = kc.History([kc.SessionLog(on=ON, lines=[kc.ExerciseLog("ankle_alphabet", pain=0)])])
    later = ON + datetime.timedelta(days=9)
    intake = recommender.intake(person, history, request=kc.Request(), on=later)
    intake = intake.answered({"changes": ["signs"]}).answered({"complaints": [region]})
    return intake.answered({"emergency": []}).answered(
        {
            f"complaint.{region}.pain": 3,
            f"complaint.{region}.weeks": 2,
            f"complaint.{region}.side": "left",
            f"complaint.{region}.accident": True,
        }
    )


def test_an_accident_is_of_the_pain_that_was_told_with_it(recommender: kc.Recommender) -> None:
    right = kc.Complaint("knee", side="right", pain=2, days=3)
    person = kc.Person(
        age=60, complaints=[right], facts={"tandem_stance_s": 30}, screening="clear", as_of=ON
    )
    intake = told_an_accident(recommender, person, "knee")
    [injury] = [event for event in intake.history if isinstance(event, kc.InjuryHappened)]
    assert injury == kc.InjuryHappened(
        on=ON + datetime.timedelta(days=9 - 14), region="knee", side="left"
    )


def test_an_accident_moves_no_undated_statement_into_the_past(recommender: kc.Recommender) -> None:
    """Undated statements count as of the first event, so that no event may come before it."""
    person = kc.Person(
        age=60,
        complaints=[kc.Complaint("knee", side="left", pain=3, days=1)],
        facts={"tandem_stance_s": 30},
        screening="clear",
    )
    intake = told_an_accident(recommender, person, "ankle")
    [injury] = [event for event in intake.history if isinstance(event, kc.InjuryHappened)]
    assert injury.on == ON
