"""A plan as a page of Markdown: all that it says is there, and nothing becomes markup."""

import datetime

import pytest
from attrs import evolve

import kineticchain as kc
from kineticchain.cli.main import main
from kineticchain.domain.messages import catalog_in
from kineticchain.report import clinician_page, plan_page

HEEL = kc.Person(
    age=34,
    complaints=[kc.Complaint("heel", side="right", pain=3, weeks=6)],
    equipment=["fixed_support", "towel"],
    facts={"tandem_stance_s": 30},
    screening="clear",
)


@pytest.fixture
def plan(recommender: kc.Recommender) -> kc.Plan:
    return recommender.recommend(HEEL)


def test_every_item_has_a_row_of_four_cells(plan: kc.Plan) -> None:
    rows = [line for line in plan_page(plan).splitlines() if line.startswith("| ")]
    items = [item.title for session in plan.sessions for item in session.items]
    assert [row.split(" | ")[0].removeprefix("| ") for row in rows[2:]] == items
    assert {row.count("|") for row in rows} == {5}


def test_every_reason_of_every_item_is_told_with_its_grade(plan: kc.Plan) -> None:
    explanation = kc.explain(plan)
    page = plan_page(plan, explanation=explanation)
    for item in plan.items:
        assert f"### {item.title}" in page
        for reason in explanation.reasons[item.exercise]:
            assert reason.grade is None or f"({reason.grade}" in page


def test_a_conflict_shows_both_sides_for_whom_each_holds_and_who_gains(plan: kc.Plan) -> None:
    page = plan_page(plan, explanation=kc.explain(plan))
    card = next(one for one in kc.explain(plan).conflicts if one.id == "E01")
    assert all(claim in page for claim in card.claims)
    assert all(f"Applies to: {whom}." in page for whom in card.holds_for)
    assert "sells the footwear that it praises" in page
    assert f"**What this plan does:** {card.resolution}" in page


def test_every_exercise_that_is_left_out_is_told_with_its_reasons(plan: kc.Plan) -> None:
    explanation = kc.explain(plan)
    page = plan_page(plan, explanation=explanation).replace(chr(92), "")
    for one in (*explanation.exclusions, *explanation.omissions):
        assert f"- {explanation.context.knowledge.title(one.exercise)}: " in page


def test_with_the_knowledge_what_is_left_out_has_its_title(recommender: kc.Recommender) -> None:
    german = kc.Recommender(recommender.knowledge.speaking("de"))
    for one in (recommender, german):
        plan = one.recommend(HEEL)
        page = plan_page(plan, explanation=one.explain(plan))
        for omission in kc.explain(plan).omissions:
            title = one.knowledge.title(omission.exercise)
            assert f"- {title}: " in page.replace(chr(92), "")


def test_the_referral_comes_first_and_its_questions_are_numbered(
    recommender: kc.Recommender,
) -> None:
    refers = recommender.recommend(evolve(HEEL, facts={"saddle_numbness": True}))
    assert plan_page(refers).splitlines()[2] == "**EMERGENCY: get help now**"
    asks = recommender.recommend(evolve(HEEL, screening="unasked"))
    assert f"1. {kc.explain(asks).questions[0].text}" in plan_page(asks)


@pytest.mark.parametrize("text", ["<b>bold</b>", "a | b", "# head", "[link](x)", "`code`", "*x*"])
def test_what_a_text_says_never_becomes_markup(text: str, plan: kc.Plan) -> None:
    session = plan.sessions[0]
    item = evolve(session.items[0], title=text)
    told = plan_page(evolve(plan, sessions=(evolve(session, items=(item,)),)))
    marks = set(text) & set("<[|#`*")
    escaped = "".join("\\" + char if char in "<>[]|#`*" else char for char in text)
    assert marks
    assert f"| {escaped} |" in told


def test_the_page_speaks_the_language_of_its_plan(knowledge: kc.Knowledge) -> None:
    plan = kc.Recommender(knowledge.speaking("de")).recommend(HEEL)
    page = plan_page(plan)
    assert page.startswith("# Dein Plan\n")
    assert "| Übung | Seite | Dosis | Tage |" in page
    assert plan_page(plan, catalog_in("en")).startswith("# Your plan\n")


def test_the_command_line_writes_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    command = ["recommend", "examples/person.json", "--on", "2026-11-21", "--page"]
    assert main([*command, "--language", "de"]) == 0
    assert capsys.readouterr().out.startswith("# Dein Plan")


def _trained(recommender: kc.Recommender, first: kc.Plan) -> kc.Plan:
    """The plan of the next day, after one session of what the first plan asks for."""
    day = datetime.date(2026, 1, 5)
    lines = [kc.ExerciseLog(item.exercise, item.side, done=item.dose) for item in first.items]
    history = kc.History([kc.SessionLog(on=day, lines=lines)])
    return recommender.recommend(HEEL, history, on=day + datetime.timedelta(days=1))


def test_rules_that_held_and_known_facts_are_told(plan: kc.Plan) -> None:
    page = plan_page(plan, explanation=kc.explain(plan)).replace(chr(92), "")
    assert plan.trace.rules
    assert all(f"- {fired.rule}" in page for fired in plan.trace.rules)
    assert "- tandem_stance_s = 30" in page


def test_standings_are_told_with_their_reasons(recommender: kc.Recommender, plan: kc.Plan) -> None:
    later = _trained(recommender, plan)
    page = plan_page(later, explanation=recommender.explain(later)).replace(chr(92), "")
    moved = [standing for standing in later.standings if standing.exercise is not None]
    assert moved
    assert all(standing.reason.text in page for standing in moved)


def test_reasons_open_on_request_in_html(plan: kc.Plan) -> None:
    page = clinician_page(plan, explanation=kc.explain(plan))
    assert all(f"<summary>{item.title}</summary>" in page for item in plan.items)


def test_without_an_explanation_no_ids_of_rules_are_told(plan: kc.Plan) -> None:
    page = clinician_page(plan)
    assert not any(fired.rule in page for fired in plan.trace.rules)


def test_a_set_is_told_in_alphabetical_order(plan: kc.Plan) -> None:
    """Its order in memory differs from one process to the next."""
    page = plan_page(plan, explanation=kc.explain(plan)).replace(chr(92), "")
    assert "- equipment = fixed_support, towel" in page
