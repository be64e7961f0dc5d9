"""A stored plan that was changed by hand is refused with one of our errors, when it is explained."""

import datetime
import json
from collections.abc import Callable
from typing import Any

import pytest

import kineticchain as kc
from kineticchain.interop.json import dumps, loads

ON = datetime.date(2026, 11, 21)
PERSON = kc.Person(
    age=34,
    complaints=[kc.Complaint("heel", side="right", pain=3, weeks=6)],
    equipment=["fixed_support", "towel"],
    facts={"tandem_stance_s": 30},
    screening="clear",
    as_of=ON,
)

Edit = Callable[[dict[str, Any]], object]


@pytest.fixture(scope="module")
def stored(recommender: kc.Recommender) -> str:
    return dumps(recommender.recommend(PERSON, on=ON))


def edited(stored: str, edit: Edit) -> str:
    document = json.loads(stored)
    edit(document)
    return json.dumps(document)


def first_item(document: dict[str, Any]) -> dict[str, Any]:
    item: dict[str, Any] = document["sessions"][0]["items"][0]
    return item


EDITS: dict[str, tuple[Edit, str]] = {
    "a mistyped exercise": (
        lambda document: first_item(document).update(exercise="plantar_fascia_strech"),
        "sessions[0].items[0].exercise: no exercise has the id",
    ),
    "an exercise that the person may not do": (
        lambda document: first_item(document).update(exercise="nordic_hamstring"),
        "sessions[0].items[0].exercise: nordic_hamstring is not feasible",
    ),
    "a dose that nobody gave": (
        lambda document: first_item(document)["dose"].update(reps=300),
        "sessions[0].items[0].dose",
    ),
    "a session that was not asked for": (
        lambda document: document["sessions"][0].update(number=5),
        "sessions[0].number: the request has no session 5",
    ),
    "no trace": (lambda document: document.pop("trace"), "the plan has no trace"),
    "an unknown ladder": (
        lambda document: document["trace"].update(weekly_limits={"heel_rise": 3}),
        "no ladder has the id heel_rise",
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edited_plan_is_not_explained(
    name: str, stored: str, recommender: kc.Recommender
) -> None:
    edit, message = EDITS[name]
    plan = loads(edited(stored, edit), kc.Plan)
    with pytest.raises(kc.InvalidInput) as caught:
        recommender.explain(plan)
    assert message in str(caught.value)


def test_a_stored_plan_is_explained(stored: str, recommender: kc.Recommender) -> None:
    assert str(recommender.explain(loads(stored, kc.Plan)))


@pytest.mark.parametrize("status", ["refer", "ask_first", "rest"])
def test_a_plan_that_is_not_ready_holds_no_exercise(stored: str, status: str) -> None:
    with pytest.raises(kc.InvalidInput, match=f"the plan is {status} with 1 sessions"):
        loads(edited(stored, lambda document: document.update(status=status)), kc.Plan)


def test_a_ready_plan_holds_an_exercise(stored: str) -> None:
    with pytest.raises(kc.InvalidInput, match="the plan is ready with no session"):
        loads(edited(stored, lambda document: document.update(sessions=[])), kc.Plan)


def test_what_is_logged_later_changes_no_plan(recommender: kc.Recommender) -> None:
    """Neither what was trained nor what was found after the day of a plan."""
    later = ON + datetime.timedelta(days=2)
    line = kc.ExerciseLog("heel_raise_double", done=kc.Dose(sets=2, reps=8), pain=1)
    history = kc.History(
        [
            kc.SessionLog(on=later, lines=[line]),
            kc.Finding(on=later, facts={"pregnant": True}),
            kc.MorningAfter(on=later, change=3),
        ]
    )
    assert recommender.recommend(PERSON, history, on=ON) == recommender.recommend(PERSON, on=ON)


def test_check_refuses_what_is_no_person(recommender: kc.Recommender) -> None:
    with pytest.raises(kc.InvalidInput, match=r"person: a NoneType is no Person"):
        recommender.check(None)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["prefer", "avoid", "pinned", "equipment"])
def test_a_list_of_words_is_named_in_its_error(name: str) -> None:
    wrong: Any = {name: "towel"}
    with pytest.raises(kc.InvalidInput, match=rf"\.{name}: .*one word, not a list"):
        kc.Request(**wrong)
