"""Persons, requests and events: checked when built, with the remedy in the error."""

import copy
import pickle
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from attrs import evolve

import kineticchain as kc
from kineticchain.domain.facts import Facts
from kineticchain.interop import json, toml
from kineticchain.record import DerivationTerms, Record, State
from kineticchain.record.derivation.derivation import derive

DAY = date(2026, 11, 21)
TERMS = DerivationTerms(vocabulary=kc.Knowledge.builtin().vocabulary)
wrong: Any = kc
"""The library as seen without a type checker, which would refuse most of these calls."""


def state_of(person: kc.Person, history: kc.History, day: date) -> State:
    return Record.of(person, history, day).state_on(day, TERMS.vocabulary, TERMS.policy)


@pytest.mark.parametrize(
    ("build", "fault"),
    [
        (lambda: kc.Request(goal="heel pain"), "write `heel_pain`"),
        (lambda: wrong.Complaint("knees"), "`'knees'` is not a region; did you mean `knee`?"),
        (lambda: wrong.Complaint("knee", side="top"), "is not a side"),
        (lambda: wrong.Complaint("knee", pain=11), "`11` is not a whole number from 0 to 10"),
        (lambda: wrong.Complaint("knee", pain=3.5), "`3.5` is not a whole number"),
        (lambda: wrong.Complaint("knee", pain=True), "`True` is not a whole number"),
        (lambda: wrong.Complaint("knee", weeks=1, days=2), "both weeks and days; give one"),
        (lambda: wrong.Complaint("lumbar", side="left"), "leave the side out"),
        (lambda: wrong.Complaint("knee", joint="no"), "`'no'` is not true or false"),
        (lambda: wrong.Surgery("ankle", weight_bearing="half"), "is not a weight-bearing order"),
        (lambda: wrong.Person(age="34"), "`'34'` is not a whole number"),
        (lambda: wrong.Person(sex="female"), "is not a sex"),
        (lambda: wrong.Person(equipment="knee"), 'is one word, not a list; write ["knee"]'),
        (lambda: wrong.Person(equipment=[3]), "is not a word"),
        (lambda: wrong.Person(complaints=["heel"]), "a member is no Complaint"),
        (lambda: wrong.Person(screening="clean"), 'say "clear"'),
        (lambda: wrong.Person(facts={"bmi": float("nan")}), "is not a value that a fact can have"),
        (lambda: wrong.Person(facts={"single_leg_s": {"up": 3}}), "is not a side; say left, right"),
        (lambda: wrong.Person(facts={"a b": 3}), "is not the name of a fact"),
        (lambda: wrong.Person(facts={"mastered": [3]}), "is not a set of ids"),
        (lambda: wrong.Person(as_of="2026-01-01"), "is not a date"),
        (lambda: wrong.Request(minutes=0), "from 1 to 240 minutes"),
        (lambda: wrong.Dose(sets=3), "a dose of nothing"),
        (lambda: wrong.History([3]), "int is no event"),
        (lambda: wrong.SessionLog(on=DAY, lines=["walking"]), "is no ExerciseLog"),
        (
            lambda: wrong.MorningAfter(on=DAY, change=0, region="neck", side="left"),
            "leave the side",
        ),
        (lambda: wrong.ExerciseLog("walking", pain=12), "from 0 to 10"),
    ],
)
def test_a_wrong_value_is_refused_with_its_remedy(build: Callable[[], object], fault: str) -> None:
    with pytest.raises(kc.InvalidInput) as caught:
        build()
    assert fault in str(caught.value)


def test_the_order_and_repetition_of_complaints_do_not_matter() -> None:
    heel, knee = kc.Complaint("heel", side="left"), kc.Complaint("knee")
    assert kc.Person(complaints=[heel, knee]) == kc.Person(complaints=[knee, heel, heel])


def test_a_paired_region_without_a_side_counts_as_both() -> None:
    assert kc.Complaint("heel").side is kc.Side.BOTH


def test_a_null_fact_is_unknown_and_no_all_clear_answers_for_it() -> None:
    person = kc.Person(age=40, facts={"chest_pain": None, "tandem_stance_s": 30}, screening="clear")
    assert "chest_pain" not in person.facts
    plan = kc.recommend(person)
    assert plan.questions == ()
    assert plan.referral.level is kc.ReferralLevel.URGENT


def test_a_person_tells_nothing_in_its_repr() -> None:
    person = kc.Person(age=34, facts={"hiv": True})
    assert repr(person) == "Person(...)"
    assert repr(person.facts) == "Facts(hiv)"


def test_facts_know_true_from_one() -> None:
    assert Facts({"a": True}) != Facts({"a": 1})
    assert Facts({"a": 1}) != {"a": 1}


def test_facts_can_be_hashed_copied_and_pickled() -> None:
    facts = Facts({"b": ["x", "y"], "a": {"left": 1, "right": None}})
    assert {facts: 1}[copy.deepcopy(facts)] == 1
    assert pickle.loads(pickle.dumps(facts)) == facts  # noqa: S301 - our own bytes
    assert dict(facts) == {"a.left": 1, "b": frozenset({"x", "y"})}


def test_persons_and_plans_can_be_pickled() -> None:
    person = kc.Person(age=40, facts={"tandem_stance_s": 30}, screening="clear")
    plan = kc.recommend(person)
    assert pickle.loads(pickle.dumps((person, plan))) == (person, plan)  # noqa: S301 - our own bytes


def test_mirroring_twice_changes_nothing() -> None:
    person = kc.Person(
        complaints=[kc.Complaint("heel", side="left")],
        injuries=[kc.Injury("ankle", side="right")],
        surgeries=[kc.Surgery("knee", side="right")],
        facts={"single_leg_s": {"left": 3, "right": 5}},
    )
    mirrored = person.mirrored()
    assert mirrored.complaints[0].side is kc.Side.RIGHT
    assert mirrored.facts["single_leg_s.left"] == 5
    assert mirrored.mirrored() == person


def test_a_history_is_in_order_and_holds_an_event_once() -> None:
    late = kc.MorningAfter(on=date(2026, 1, 2), change=0)
    early = kc.SessionLog(on=date(2026, 1, 1), lines=[kc.ExerciseLog("walking")])
    history = kc.History([late, early, late])
    assert list(history) == [early, late]
    assert len(history) == 2


def test_a_history_can_be_mirrored() -> None:
    history = kc.History(
        [
            kc.PlanIssued(on=DAY, items=[kc.PlannedItem("short_foot_seated", "left")]),
            kc.SessionLog(on=DAY, lines=[kc.ExerciseLog("short_foot_seated", "left")]),
            kc.MorningAfter(on=DAY, change=1, region="heel", side="left"),
            kc.Finding(on=DAY, complaints=[kc.Complaint("heel", side="left")]),
        ]
    )
    assert history.mirrored() != history
    assert history.mirrored().mirrored() == history


def test_findings_change_the_person_from_their_day_on(knowledge: kc.Knowledge) -> None:
    person = kc.Person(complaints=[kc.Complaint("heel", pain=5)], facts={"fever": False})
    history = kc.History(
        [
            kc.Finding(on=date(2026, 1, 2), facts={"fever": True}, screening=["limp"]),
            kc.Finding(on=date(2026, 1, 3), complaints=[kc.Complaint("heel", pain=0)]),
        ]
    )
    before = state_of(person, history, date(2026, 1, 1))
    after = state_of(person, history, date(2026, 1, 3))
    assert before.facts["fever"] is False
    assert after.facts["fever"] is True
    assert after.hurting == ()
    assert after.facts["limp"] is False


def test_of_two_findings_of_one_slot_the_less_reassuring_counts(knowledge: kc.Knowledge) -> None:
    findings = [kc.Finding(on=DAY, facts={"fever": answer}) for answer in (False, True)]
    for order in (findings, findings[::-1]):
        now = state_of(kc.Person(), kc.History(order), DAY)
        assert now.facts["fever"] is True


def test_weeks_grow_with_the_days_since_the_person_was_described(
    knowledge: kc.Knowledge,
) -> None:
    person = kc.Person(
        complaints=[kc.Complaint("heel", weeks=2), kc.Complaint("knee", days=3)],
        surgeries=[kc.Surgery("hip", weeks_ago=1)],
        injuries=[kc.Injury("ankle", days_ago=1)],
        as_of=date(2026, 1, 1),
    )
    situation = derive(person, kc.Request(), kc.History(), date(2026, 1, 15), TERMS)
    ages = {
        here.region: [
            here.values.get(f"here.{name}") for name in ("weeks", "days_ago", "weeks_ago")
        ]
        for here in situation.all_bindings
    }
    assert ages[kc.Region.HEEL] == [4, None, None]
    assert ages[kc.Region.KNEE] == [2, None, None]
    assert ages[kc.Region.ANKLE] == [None, 15, None]
    assert ages[kc.Region.HIP] == [None, None, 3]


def test_rising_pain_in_three_sessions_is_seen(knowledge: kc.Knowledge) -> None:
    history = kc.History(
        kc.SessionLog(on=date(2026, 1, day), lines=[kc.ExerciseLog("walking", pain=day)])
        for day in (1, 2, 3)
    )
    facts = derive(kc.Person(), kc.Request(), history, date(2026, 1, 3), TERMS).facts
    assert facts["pain_rising_three_sessions"] is True
    assert facts["last_session_pain"] == 3


@pytest.mark.parametrize(
    "build",
    [
        lambda: wrong.Person(complaints=kc.Complaint("heel")),
        lambda: wrong.Person(complaints=None),
        lambda: wrong.Person(equipment=3),
        lambda: wrong.Person(facts=[1]),
        lambda: wrong.Person(screening=True),
        lambda: wrong.History(None),
        lambda: wrong.History(kc.SessionLog(on=DAY)),
        lambda: wrong.Finding(on=DAY, complaints=["heel"]),
        lambda: wrong.ExerciseLog("walking", done={"sets": 1}),
        lambda: wrong.PlanIssued(on=DAY, items=[1]),
        lambda: wrong.recommend(kc.Person(), request={"minutes": 3}),
        lambda: wrong.recommend(kc.Person(), [kc.SessionLog(on=DAY)]),
        lambda: wrong.recommend(kc.Person(), on="2026-11-21"),
        lambda: wrong.recommend({"age": 3}),
    ],
)
def test_any_wrong_turn_gives_one_of_our_errors(build: Callable[[], object]) -> None:
    with pytest.raises(kc.InvalidInput):
        build()


@pytest.mark.parametrize(
    ("name", "answers", "counts"),
    [
        ("tandem_stance_s", [30, 8], 8),
        ("falls_n", [0, 3], 3),
        ("clinician_result", ["no_fracture", "rupture_boot"], "rupture_boot"),
        ("new_dorsiflexion_weakness.left", [5, 2], 2),
    ],
)
def test_of_two_findings_of_one_slot_the_more_cautious_counts(
    name: str, answers: list[int | str], counts: int | str, knowledge: kc.Knowledge
) -> None:
    for order in (answers, answers[::-1]):
        history = kc.History(kc.Finding(on=DAY, facts={name: answer}) for answer in order)
        now = state_of(kc.Person(), history, DAY)
        assert now.facts[name] == counts


def test_of_two_complaints_of_one_slot_the_worse_counts(knowledge: kc.Knowledge) -> None:
    history = kc.History(
        kc.Finding(on=DAY, complaints=[kc.Complaint("ankle", side="right", pain=pain)])
        for pain in (10, 2)
    )
    now = state_of(kc.Person(), history, DAY)
    assert [one.pain for one in now.hurting] == [10]


def test_a_newer_answer_for_both_sides_replaces_those_of_the_sides(
    knowledge: kc.Knowledge,
) -> None:
    person = kc.Person(facts={"new_dorsiflexion_weakness": {"left": 5, "right": 5}})
    history = kc.History([kc.Finding(on=DAY, facts={"new_dorsiflexion_weakness": 2})])
    now = state_of(person, history, DAY)
    assert now.facts["new_dorsiflexion_weakness.left"] == 2
    assert now.facts["new_dorsiflexion_weakness.right"] == 2


def test_a_clinicians_result_settles_only_what_is_older() -> None:
    person = kc.Person(age=40, facts={"tandem_stance_s": 30}, screening="clear")
    flags = {
        "malleolar_pain": True,
        "lateral_malleolus_posterior_tenderness": True,
        "can_take_4_steps": False,
    }
    result = kc.Finding(on=date(2026, 5, 1), facts={"clinician_result": "no_fracture"})
    before = kc.Finding(on=date(2026, 4, 30), facts=flags, screening="clear")
    after = kc.Finding(on=date(2026, 5, 2), facts=flags, screening="clear")
    on = date(2026, 5, 3)
    settled = kc.recommend(person, kc.History([before, result]), on=on)
    again = kc.recommend(person, kc.History([before, result, after]), on=on)
    assert settled.status == "rest"
    assert again.referral.level == "SAME_DAY"


def test_a_rupture_is_not_settled_by_a_later_result_of_no_fracture() -> None:
    person = kc.Person(age=40, facts={"clinician_result": "rupture_boot"}, screening="clear")
    result = kc.Finding(on=DAY, facts={"clinician_result": "no_fracture"})
    assert kc.recommend(person, kc.History([result]), on=DAY).status == "refer"


def test_a_treated_clot_means_blood_thinners(knowledge: kc.Knowledge) -> None:
    person = kc.Person(facts={"clinician_result": "dvt_treated_anticoagulant"}, screening="clear")
    facts = derive(person, kc.Request(), kc.History(), None, TERMS).facts
    assert facts["anticoagulant"] is True


def test_a_long_break_asks_the_safety_questions_anew() -> None:
    person = kc.Person(age=40, facts={"tandem_stance_s": 30}, screening="clear")
    history = kc.History([kc.SessionLog(on=date(2026, 9, 1), lines=[kc.ExerciseLog("walking")])])
    stale = kc.recommend(person, history, on=DAY)
    asked = kc.Finding(on=DAY, screening="clear")
    assert stale.status == "ask_first"
    assert kc.recommend(person, history.with_events(asked), on=DAY).status == "ready"


def test_weeks_since_an_event_grow_from_the_day_on_which_they_were_stated() -> None:
    person = kc.Person(
        age=50,
        facts={"last_sprain_weeks_ago": 3, "pregnant_weeks": 0},
        as_of=date(2026, 1, 1),
    )
    facts = kc.Recommender(kc.Knowledge.builtin()).situation(person, on=date(2026, 1, 29))
    assert facts.facts["last_sprain_weeks_ago"] == 7
    assert facts.facts["pregnant_weeks"] == 0


def test_regions_near_a_painful_one_are_known_by_their_distance() -> None:
    person = kc.Person(complaints=[kc.Complaint("knee", side="left", pain=2)])
    facts = kc.Recommender(kc.Knowledge.builtin()).situation(person).facts
    near, far = facts["painful_regions.within_1"], facts["painful_regions.within_2"]
    assert isinstance(near, frozenset)
    assert isinstance(far, frozenset)
    assert "thigh" in near
    assert "heel" in far - near


REGIONAL = """schema = 1
id = "clinic"
version = "1"
[[fact]]
id = "clinic.swelling"
kind = "boolean"
fact_class = "screening"
reassuring = false
per_region = true
question = "Where is it swollen?"
[[rule]]
id = "clinic.swollen_region_rests"
each = "complaint"
when = "here.clinic.swelling"
about = "here.region in exercise.regions"
exclude = true
because = "What is swollen rests."
sources = ["SEED0"]
[[rule]]
id = "clinic.swollen_knee"
when = "clinic.swelling.knee"
refer = { level = "SOON", whom = "doctor" }
because = "A swollen knee is seen."
sources = ["SEED0"]
"""


def test_a_fact_per_region_is_read_where_a_rule_is() -> None:
    recommender = kc.Recommender(
        kc.Knowledge.builtin().with_packs(toml.loads(REGIONAL, "clinic.toml"))
    )
    complaints = [kc.Complaint("heel", side="left", pain=2), kc.Complaint("knee", pain=2)]
    person = kc.Person(
        complaints=complaints,
        facts={"clinic.swelling": {"heel": True, "knee": False}},
        screening=kc.Screening(everything=True, asked=["clinic.swelling"]),
    )
    assert json.loads(json.dumps(person), kc.Person) == person
    heel, knee = recommender.ask_rule("clinic.swollen_region_rests", person)
    assert (heel.truth, knee.truth) == (True, False)
    assert recommender.recommend(person).referral.level == "NONE"
    unasked = kc.Person(complaints=complaints, screening="clear")
    questions = [one.id for one in recommender.explain(recommender.recommend(unasked)).questions]
    assert "clinic.swelling" in questions


@pytest.mark.parametrize(
    ("when", "fault"),
    [
        ("clinic.swelling", "`clinic.swelling` has a value for each region; say `clinic.swelling.heel`"),
        ("clinic.swelling.left", "no fact is called `clinic.swelling.left`"),
    ],
)  # fmt: skip
def test_a_fact_per_region_needs_its_region(when: str, fault: str) -> None:
    text = REGIONAL.replace('"clinic.swelling.knee"', f'"{when}"')
    with pytest.raises(kc.InvalidInput) as caught:
        kc.Knowledge.builtin().with_packs(toml.loads(text, "clinic.toml"))
    assert fault in str(caught.value)


@pytest.mark.parametrize(
    ("person", "asked"),
    [
        (kc.Person(age=30, sex="f"), True),
        (kc.Person(age=30), True),
        (kc.Person(sex="f"), True),
        (kc.Person(), True),
        (kc.Person(age=80, sex="f"), False),
        (kc.Person(age=30, sex="m"), False),
        (kc.Person(age=80, facts={"pregnant_weeks": 20}), False),
    ],
)
def test_a_question_is_asked_of_whom_it_may_concern(person: kc.Person, asked: bool) -> None:  # noqa: FBT001
    questions = {one.id for one in kc.explain(kc.recommend(person)).questions}
    assert ("pregnant_weeks" in questions) is asked
    assert "chest_signs" in questions


def test_what_is_told_counts_whoever_tells_it() -> None:
    told = kc.Person(age=62, sex="m", facts={"pregnant_weeks": 20}, screening="clear")
    assert kc.recommend(told).referral.level is kc.recommend(evolve(told, sex="f")).referral.level


@pytest.mark.parametrize("name", ["found", "ruled_out"])
def test_a_result_names_the_field_that_is_no_list(name: str) -> None:
    with pytest.raises(kc.InvalidInput, match=rf"\.{name}"):
        kc.ClinicianResult(on=DAY, **{name: "dvt"})  # type: ignore[arg-type]


def test_an_allowance_names_the_field_that_is_no_list() -> None:
    with pytest.raises(kc.InvalidInput, match=r"\.exercises"):
        kc.Allowance(exercises="heel_raise_double")
