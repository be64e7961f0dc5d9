"""The patient's view: short, whole in its cautions, and the same in every format."""

import datetime
import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from attrs import evolve

import kineticchain as kc
from kineticchain.domain.anatomy import Side
from kineticchain.recommendation import Item, Plan, Session
from kineticchain.recommendation.plan.view.sheet import ExerciseCard
from kineticchain.report import clinician_page
from kineticchain.testing.cases import read_case

MONDAY = datetime.date(2026, 1, 5)
PERSON = kc.Person(
    age=45,
    complaints=[kc.Complaint("heel", side="right", pain=3, weeks=6)],
    equipment=["towel", "fixed_support", "chair"],
    facts={"tandem_stance_s": 20},
    screening="clear",
)
REQUEST = kc.Request(minutes=10, days_per_week=3)
FORMATS: dict[str, Callable[[Plan], str]] = {
    "text": str,
    "text with steps": lambda plan: plan.text(steps=True),
    "markdown": lambda plan: re.sub(r"\\(.)", r"\1", plan.markdown()),
    "html": lambda plan: unescape(plan.html()),
    "notebook": lambda plan: unescape(plan._repr_html_()),
}


@pytest.fixture(scope="module")
def plan(recommender: kc.Recommender) -> Plan:
    return recommender.recommend(PERSON, request=REQUEST, on=MONDAY)


@pytest.fixture(scope="module")
def every_exercise(plan: Plan, knowledge: kc.Knowledge) -> Plan:
    """A plan of all exercises: not a plan that anybody gets."""
    first = plan.items[0]
    items = tuple(
        Item(
            exercise=exercise.id,
            title=exercise.title,
            side=Side.BOTH,
            per_side=False,
            dose=exercise.dose.start,
            seconds=60,
            days=first.days,
            steps=exercise.steps,
            cues=exercise.cues,
            cautions=exercise.cautions,
        )
        for exercise in knowledge.exercises.values()
    )
    return evolve(plan, sessions=(Session(number=1, items=items),))


def _words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("form", FORMATS)
def test_every_caution_of_every_exercise_is_shown(
    form: str, every_exercise: Plan, knowledge: kc.Knowledge
) -> None:
    shown = _words(FORMATS[form](every_exercise))
    cautions = [
        caution for exercise in knowledge.exercises.values() for caution in exercise.cautions
    ]
    assert [caution for caution in cautions if caution not in shown] == []


@pytest.mark.parametrize("form", ["text with steps", "markdown", "html"])
def test_every_step_is_shown(form: str, every_exercise: Plan, knowledge: kc.Knowledge) -> None:
    shown = _words(FORMATS[form](every_exercise))
    steps = [step for exercise in knowledge.exercises.values() for step in exercise.steps]
    assert [step for step in steps if step not in shown] == []


def test_four_exercises_take_forty_lines_at_most(plan: Plan) -> None:
    (session,) = plan.sessions
    four = evolve(plan, sessions=(evolve(session, items=session.items[:4]),))
    lines = str(four).splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 56


@pytest.mark.parametrize("form", FORMATS)
def test_no_ids_are_shown(form: str, plan: Plan, knowledge: kc.Knowledge) -> None:
    shown = FORMATS[form](plan)
    ids = [
        name
        for name in (*knowledge.exercises, *knowledge.rules_by_id, *knowledge.evidence)
        if "_" in name or name[-1].isdigit()
    ]
    assert [name for name in ids if re.search(rf"\b{re.escape(name)}\b", shown)] == []


def test_weekdays_are_named_where_the_dates_are_known(plan: Plan) -> None:
    assert "on Mon, Wed, Fri" in _words(str(plan))


def test_days_are_numbered_where_no_date_is_known(recommender: kc.Recommender) -> None:
    undated = recommender.recommend(PERSON, request=REQUEST)
    assert "days 1, 3, 5 of each week" in _words(str(undated))


def test_the_weekday_is_that_of_the_first_day(recommender: kc.Recommender) -> None:
    later = recommender.recommend(PERSON, request=REQUEST, on=MONDAY + datetime.timedelta(days=2))
    assert "on Wed, Fri, Sun" in _words(str(later))


def test_the_week_is_there_to_tick_off(plan: Plan) -> None:
    assert plan.html().count('type="checkbox"') == sum(len(item.days) for item in plan.items)


def test_an_exercise_is_explained_once(recommender: kc.Recommender) -> None:
    request = kc.Request(minutes=3, sessions_per_day=3, goal="balance")
    cards = [
        block
        for block in recommender.recommend(PERSON, request=request).for_patient().blocks
        if isinstance(block, ExerciseCard)
    ]
    explained = [card.exercise for card in cards if card.steps]
    assert len(cards) > len(explained) == len(set(explained))


class _Tags(HTMLParser):
    """The tags of a page: those that are open, and all that were seen."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the parser names it
        self.seen.add(tag)
        if tag not in {"meta", "input"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_a_page_is_well_formed_and_needs_no_network(plan: Plan) -> None:
    tags = _Tags()
    tags.feed(plan.html())
    assert tags.open == []
    assert tags.seen.isdisjoint({"script", "link", "img", "iframe"})
    assert "://" not in plan.html()


@pytest.mark.parametrize("form", ["markdown", "html", "notebook"])
def test_no_text_becomes_markup(form: str, plan: Plan) -> None:
    (session,) = plan.sessions
    item = evolve(session.items[0], title="<b>*x*</b>")
    said = evolve(plan, sessions=(evolve(session, items=(item,)),))
    raw = {"markdown": said.markdown(), "html": said.html(), "notebook": said._repr_html_()}[form]
    assert "<b>" not in raw.replace(r"\<b\>", "")


def test_no_exercise_is_never_ready(recommender: kc.Recommender) -> None:
    person = kc.Person(age=40, screening="clear")
    every = [*recommender.knowledge.exercises]
    empty = recommender.recommend(person, request=kc.Request(avoid=every))
    assert (empty.status, empty.items) == ("rest", ())
    assert str(empty).startswith("Nothing to do for now")


def test_who_needs_a_professional_is_told_first(recommender: kc.Recommender) -> None:
    """A stress fracture is suspected: nothing is left, and the title says whom to see."""
    runner = kc.Person(
        age=27,
        sex="f",
        complaints=[kc.Complaint("toes", side="right", pain=5, weeks=3)],
        facts={"focal_bone_tenderness": True, "night_pain": True, "hop_painful": True},
        screening="clear",
    )
    lines = str(recommender.recommend(runner)).splitlines()
    assert lines[0] == "URGENT: within one or two working days"
    assert "See a professional first" in lines


def test_mobility_work_has_its_limit_of_pain(recommender: kc.Recommender) -> None:
    request = kc.Request(minutes=3, pinned=["ankle_circles"])
    person = kc.Person(age=40, facts={"tandem_stance_s": 30}, screening="clear")
    shown = _words(str(recommender.recommend(person, request=request)))
    assert "at most 2 in stretches and mobility work" in shown


@pytest.mark.parametrize("screening", ["clear", "unasked"])
def test_without_exercises_lasting_pain_sends_to_a_professional(
    recommender: kc.Recommender, screening: str
) -> None:
    person = kc.Person(age=40, screening=screening)
    request = kc.Request(avoid=[*recommender.knowledge.exercises])
    shown = recommender.recommend(person, request=request)
    assert not shown.items
    assert "If pain persists or grows, see a professional." in str(shown)


def test_only_a_week_has_weekdays(recommender: kc.Recommender) -> None:
    request = kc.Request(minutes=5, every_other_day=True)
    shown = str(recommender.recommend(PERSON, request=request, on=MONDAY))
    assert not re.search(r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b", shown)


def test_a_page_for_clinicians_shows_cautions_outside_of_details(plan: Plan) -> None:
    outside = re.sub(r"<details>.*?</details>", "", clinician_page(plan), flags=re.DOTALL)
    cautions = [caution for item in plan.items for caution in item.cautions]
    assert cautions
    assert all(caution in unescape(outside) for caution in cautions)


CASES = Path(__file__).parents[1] / "cases"


def case_plan(name: str, recommender: kc.Recommender) -> Plan:
    """Return the plan of a case."""
    case = read_case(CASES / f"{name}.toml")
    return recommender.recommend(case.person, case.history, request=case.request, on=case.on)


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("s06_cauda_equina", "EMERGENCY: get help now"),
        ("s14_limping_adolescent", "NOW: have this looked at at once"),
    ],
)
def test_in_an_emergency_the_quickest_help_comes_first(
    name: str, first: str, recommender: kc.Recommender
) -> None:
    lines = str(case_plan(name, recommender)).splitlines()
    assert lines[:2] == [first, "- Go to an emergency department now."]


@pytest.mark.parametrize("name", ["s06_cauda_equina", "s14_limping_adolescent"])
def test_in_an_emergency_what_is_less_urgent_comes_after_it(
    name: str, recommender: kc.Recommender
) -> None:
    shown = _words(str(case_plan(name, recommender)))
    before, _, after = shown.partition("Once you have been seen there:")
    assert "in the next weeks" not in before
    assert "working days" not in before
    assert after


def test_a_clinician_reads_every_referral(recommender: kc.Recommender) -> None:
    plan = case_plan("s14_limping_adolescent", recommender)
    page = unescape(clinician_page(plan))
    assert all(reason.message.text in page for reason in plan.referral.reasons)
    assert all(whom.text in page for whom in plan.referral.whom)


def test_no_patient_reads_what_is_a_choice_of_the_library(recommender: kc.Recommender) -> None:
    assert [
        rule.id for rule in recommender.knowledge.rules if re.search(r"\bchoice\b", rule.because)
    ] == []


def test_a_plan_beside_a_visit_says_that_it_may_begin(recommender: kc.Recommender) -> None:
    plan = case_plan("p222_stiff_mornings_at_28", recommender)
    assert plan.referral.level is kc.ReferralLevel.SOON
    assert "Until then you may follow this plan." in str(plan)


def test_when_to_call_for_help_comes_before_other_precautions(plan: Plan) -> None:
    shown = str(plan).partition("Take care\n")[2]
    assert shown.startswith("- Chest pain, hard breathing or dizziness: stop at once.")


def test_doses_are_said_in_words(plan: Plan) -> None:
    assert not re.search(r"\d ×", str(plan))
