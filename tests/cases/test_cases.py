"""Every case of `tests/cases` holds; and what is told of one that does not."""

from pathlib import Path

import pytest
from attrs import evolve

import kineticchain as kc
from kineticchain.cli.main import main
from kineticchain.testing import case_differences
from kineticchain.testing.cases import Case, Expectation, Future, read_case, run_case

FOLDER = Path(__file__).parent
CASES = sorted(FOLDER.glob("*.toml"))
HEEL = FOLDER / "s01_heel_pain_snacks.toml"
CALVES = FOLDER / "s05_tight_calves.toml"
EMPTY = Future(weeks=1, sessions=1)


@pytest.fixture
def case() -> Case:
    return evolve(read_case(HEEL), progress=(), expect=Expectation())


def only(case: Case, recommender: kc.Recommender) -> str:
    """The one difference of a case."""
    [difference] = run_case(case, recommender).differences
    return difference


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_holds(path: Path, recommender: kc.Recommender) -> None:
    assert case_differences(path, recommender) == ()


def test_what_is_missing_is_told_with_the_plans_own_reason(
    case: Case, recommender: kc.Recommender
) -> None:
    wanted = evolve(case, expect=Expectation(include_any=(("ball_roll_soft",),)))
    told = "none of ball_roll_soft is in the plan: ball_roll_soft: It needs a soft ball."
    assert only(wanted, recommender) == told


def test_what_should_not_be_there_is_told_with_why_it_is(
    case: Case, recommender: kc.Recommender
) -> None:
    unwanted = evolve(case, expect=Expectation(exclude=("plantar_fascia_stretch",)))
    assert "is in the plan: Works on the heel" in only(unwanted, recommender)


@pytest.mark.parametrize(
    ("expect", "told"),
    [
        (Expectation(status="refer"), "status is ready, expected refer"),
        (Expectation(max_minutes=1), "minutes, expected 1 at the most"),
        (Expectation(max_exercises=1), "exercises, expected 1 at the most"),
        (Expectation(hold_s=(1, 2)), "is held 10 s"),
        (Expectation(whom=("doctor",)), "the referral to doctor is not shown"),
        (Expectation(conflicts=("E29",)), "the conflict E29 is not shown"),
        (
            Expectation(evidence={"B57": "expert"}),
            "row B57 is shown as moderate, expected as expert",
        ),
        (Expectation(first_line="Hello"), "the printed plan opens with"),
        (Expectation(rows_any=("D12",)), "rests on nothing, expected D12"),
        (Expectation(balance_days_min=8), "days, expected 8 at the least"),
        (Expectation(both_sides=True), "alone, expected on both sides"),
        (Expectation(forbidden=("your plan",)), "the printed plan says"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_expectation_can_fail_and_says_how(
    expect: Expectation, told: str, case: Case, recommender: kc.Recommender
) -> None:
    differences = run_case(evolve(case, expect=expect), recommender).differences
    assert any(told in one for one in differences)


@pytest.mark.parametrize(
    ("future", "told"),
    [
        (evolve(EMPTY, action_in=("restart_baseline",)), "expected restart_baseline"),
        (evolve(EMPTY, ladder="short_foot", next_any=("walking",)), "stands on short_foot_seated"),
        (evolve(EMPTY, next_any=("walking_brisk",)), "comes next"),
        (evolve(EMPTY, dose_percent=(1, 2)), "% of the dose"),
        (evolve(EMPTY, status="refer"), "status is ready, expected refer"),
        (evolve(EMPTY, advice=("within_hours",)), "within_hours is not advised"),
        (evolve(EMPTY, changed_dimensions_max=-1), "harder at once, expected -1 at the most"),
        (evolve(EMPTY, dose_change_pct_max=-1), "grew by 0 %, expected -1 at the most"),
    ],
    ids=["action", "ladder", "next", "share", "status", "advice", "dimensions", "dose"],
)
def test_each_expectation_of_a_future_can_fail_and_says_how(
    future: Future, told: str, case: Case, recommender: kc.Recommender
) -> None:
    differences = run_case(evolve(case, progress=(future,)), recommender).differences
    assert any(told in one for one in differences)


def test_a_word_without_quotes_in_a_condition_is_no_silent_unknown(
    case: Case, recommender: kc.Recommender
) -> None:
    wrong = evolve(case, expect=Expectation(exclude_where=("exercise.load >= L4",)))
    with pytest.raises(kc.InvalidInput, match=r"exclude_where: .*`L4`"):
        run_case(wrong, recommender)


def test_a_case_may_begin_with_lines_of_the_playground(
    case: Case, recommender: kc.Recommender
) -> None:
    alarmed = evolve(case, playground=("finding saddle_numbness=true",))
    assert "status is refer, expected ready" in run_case(alarmed, recommender).differences


def test_a_future_may_be_told_in_lines_of_the_playground(
    case: Case, recommender: kc.Recommender
) -> None:
    lines = (
        "session 2026-11-21 single_leg_balance_supported pain=6 effort=4",
        "morning pain=0",
    )
    future = Future(
        playground=lines, ladder="single_leg_balance", action_in=("reduce_dose", "regress_variant")
    )
    assert run_case(evolve(case, progress=(future,)), recommender).holds


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('title = "x"\non = 2026-11-21\n[expect]\nexclude = ["waking"]\n', "walking"),
        ('title = "x"\non = 2026-11-21\n[expect]\nhold_s = [1]\n', "two bounds"),
        ('title = "x"\non = 2026-11-21\n[expect]\nstatus = "redy"\n', "ready"),
        ('title = "x"\non = 2026-11-21\n[expect]\nexclud = []\n', "exclud"),
        ('title = "x"\non = 2026-11-21\n[[progress]]\nsessions = 3\n', "without weeks"),
    ],
    ids=["exercise", "bounds", "status", "key", "weeks"],
)
def test_a_fault_in_a_case_is_told_with_the_likely_word(
    text: str, told: str, tmp_path: Path
) -> None:
    path = tmp_path / "case.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(kc.InvalidInput, match=told):
        case_differences(path)


def test_the_command_tells_every_case_and_fails_where_one_does_not_hold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["cases", str(CALVES)]) == 0
    assert "all 1 cases hold" in capsys.readouterr().out
    wrong = tmp_path / "wrong.toml"
    text = CALVES.read_text(encoding="utf-8").replace('status = "ready"', 'status = "refer"')
    wrong.write_text(text, encoding="utf-8")
    assert main(["cases", str(CALVES), str(wrong), "--coverage"]) == 2
    report = capsys.readouterr().err
    assert "status is ready, expected refer" in report
    assert "stayed false" in report


def test_a_case_may_be_yaml(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text("title: x\non: 2026-11-21\nexpect:\n  status: ask_first\n", encoding="utf-8")
    assert case_differences(path) == ()


def test_lines_of_the_playground_are_read_from_a_file(
    tmp_path: Path, recommender: kc.Recommender
) -> None:
    file = tmp_path / "case.toml"
    file.write_text(
        'title = "A fall"\non = 2026-11-21\nplayground = ["finding saddle_numbness=true"]\n'
        '[person]\nage = 40\nscreening = "clear"\n[expect]\nstatus = "refer"\n',
        encoding="utf-8",
    )
    assert run_case(read_case(file), recommender).holds


def test_days_of_strength_that_are_not_expected_are_told(recommender: kc.Recommender) -> None:
    path = next(one for one in CASES if one.stem.startswith("s30"))
    case = evolve(read_case(path), progress=(), expect=Expectation(strength_days=(6, 7)))
    assert any("days, expected 6 to 7" in one for one in run_case(case, recommender).differences)
