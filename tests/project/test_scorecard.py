"""The scorecard: bars, falls, counts, and the command's answer to a row that is not met."""

import json
import tomllib
from pathlib import Path

import pytest

from kineticchain_scorecard import __main__ as command
from kineticchain_scorecard import kept
from kineticchain_scorecard.mutation_row import TABLE, is_equivalent
from kineticchain_scorecard.row import PROFILES, Bar, Figures, MeasuredRow, Row, rows
from kineticchain_scorecard.script_runs import planned_lives
from kineticchain_scorecard.table import table
from kineticchain_scorecard.test_runs import run_tests

ROW = Row(
    id="packs",
    title="Packs",
    measure="tests",
    sizes={"gate": {}},
    bars={"gate": (Bar(figure="failed", most=0), Bar(figure="examples", least=500))},
)
MET: Figures = {"examples": 500, "failed": 0}


@pytest.mark.parametrize(
    ("figures", "shortfalls"),
    [
        (MET, []),
        ({"examples": 499, "failed": 0}, ["examples 499, at least 500 wanted"]),
        ({"examples": 500, "failed": 1}, ["failed 1, at most 0 allowed"]),
        ({"examples": 500}, ["failed was not measured"]),
    ],
)
def test_a_figure_that_misses_its_bar_is_told(figures: Figures, shortfalls: list[str]) -> None:
    assert MeasuredRow(row=ROW, figures=figures, seconds=1).shortfalls("gate") == shortfalls


def test_a_measurement_that_fails_is_a_row_that_is_not_met() -> None:
    broken = Row(id="x", title="X", measure="tests", sizes={"gate": {}}, bars={"gate": ()})
    assert "KeyError: 'tests'" in command.measured(broken, "gate").shortfalls("gate")[0]


@pytest.mark.parametrize(
    ("now", "falls"),
    [
        ({"examples": 800, "failed": 0}, ()),
        ({"examples": 600, "failed": 0}, ("examples 600, 700 before",)),
        ({"examples": 700, "failed": 2}, ("failed 2, 0 before",)),
    ],
)
def test_a_figure_that_falls_behind_the_kept_one_is_told(
    now: Figures, falls: tuple[str, ...]
) -> None:
    before = {"packs": {"examples": 700, "failed": 0}}
    row = MeasuredRow(row=ROW, figures=now, seconds=1)
    assert command.with_falls(row, "gate", before).falls == falls


def test_a_figure_that_is_drawn_does_not_fall() -> None:
    bar = Bar(figure="states", least=1000, drawn=True)
    assert bar.fall({"states": 2000}, {"states": 3000}) is None
    assert bar.shortfall({"states": 900}) is not None


def test_a_fall_is_printed_and_fails_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        command, "kept_figures", lambda _: {"rules_cell_by_cell": {"proved": 10**9}}
    )
    assert command.main(["--rows", "rules_cell_by_cell", "--jobs", "1"]) == 1
    printed = capsys.readouterr().out
    assert "NOT MET: proved" in printed
    assert ", 1,000,000,000 before" in printed


def test_rows_that_were_not_measured_keep_their_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "KEPT", tmp_path)
    other = Row(id="lives", title="Lives", measure="tests", sizes={"gate": {}}, bars={"gate": ()})
    kept.keep("gate", [MeasuredRow(row=ROW, figures=MET, seconds=1)], "abc")
    kept.keep("gate", [MeasuredRow(row=other, figures={"lives": 40}, seconds=1)], "def")
    assert kept.kept_figures("gate") == {"packs": MET, "lives": {"lives": 40}}
    document = json.loads((tmp_path / "gate.json").read_text(encoding="utf-8"))
    assert [row["commit"] for row in document["rows"]] == ["abc", "def"]


def test_every_row_has_a_measure_and_bars_that_can_be_met() -> None:
    for row in rows():
        assert row.measure in command.MEASURES
        assert set(row.sizes) <= set(PROFILES)
        assert all(row.bars[profile] for profile in row.sizes)
        for bars in row.bars.values():
            assert all((bar.least is None) is not (bar.most is None) for bar in bars)


def test_an_unknown_row_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command.main(["--rows", "pack"])
    assert "no row of the profile gate is called pack" in capsys.readouterr().err


def test_failing_tests_and_tried_examples_are_counted_and_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "test_it.py"
    file.write_text(
        "from hypothesis import given, settings, strategies as st\n"
        "@settings(max_examples=30, database=None)\n"
        "@given(st.integers())\n"
        "def test_holds(number): assert number == number\n"
        "def test_fails(): assert False\n",
        encoding="utf-8",
    )
    assert run_tests([str(file)], {}) == {"tests": 2, "examples": 30, "failed": 1}
    assert "def test_fails(): assert False" in capsys.readouterr().err


def test_the_table_tells_figures_and_what_is_not_met() -> None:
    row = MeasuredRow(row=ROW, figures={"examples": 20_000, "failed": 1}, seconds=61)
    line = table("gate", [row])
    assert line.split("  ", 1)[0] == "Packs"
    assert "61 s  examples 20,000, failed 1  NOT MET: failed 1, at most 0 allowed" in line


@pytest.mark.parametrize(
    ("name", "added", "listed"),
    [
        ("progression.replay.daily_update.x__with_morning__mutmut_5", ">", True),
        ("progression.replay.daily_update.x__with_morning__mutmut_6", "<", False),
        ("progression.replay.daily_update.x__refers_to__mutmut_5", ">", False),
    ],
)
def test_a_mutant_is_equivalent_only_as_it_is_listed(
    name: str, added: str, *, listed: bool
) -> None:
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    line = "    if last.morning is not None and last.morning {} change:"
    diff = f"--- a\n+++ b\n@@ -1 +1 @@\n-{line.format('>=')}\n+{line.format(added)}\n"
    assert is_equivalent(name, diff, table) is listed


def test_every_equivalent_mutant_is_of_a_line_that_the_safety_core_has() -> None:
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    root = TABLE.parents[2]
    core = "\n".join((root / module).read_text(encoding="utf-8") for module in table["modules"])
    assert [row["removed"] for row in table["equivalent"] if row["removed"] not in core] == []
    assert all(row["reason"] for row in table["equivalent"])


def test_planned_lives_tell_their_breaches_and_weeks() -> None:
    """With three weeks of one life in many, so that nobody stands on the ball of the foot."""
    figures = planned_lives({"weeks": 3, "every": 300}, "nightly")
    assert figures == {"lives": 3, "breaches": 0, "lives_broken": 0}
