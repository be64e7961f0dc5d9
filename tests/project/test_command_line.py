"""The command line: exit code 0 with a plan, or 2 with one clear line for each fault."""

import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

import kineticchain as kc
from kineticchain.cli import main
from kineticchain.interop import json

PERSON = str(Path(__file__).parents[2] / "examples" / "person.json")
CLINIC = str(Path(__file__).parents[2] / "examples" / "clinic.toml")


def output(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(arguments) == 0
    return capsys.readouterr().out


def test_a_plan_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert output(capsys, "recommend", PERSON, "--minutes", "10").startswith("Your plan")


def test_a_plan_as_json_reads_back_with_its_sources(capsys: pytest.CaptureFixture[str]) -> None:
    text = output(capsys, "recommend", PERSON, "--minutes", "10", "--on", "2026-11-21", "--json")
    plan = json.loads(text, kc.Plan)
    assert plan.status == "ready"
    reasons = kc.explain(plan).reasons
    assert all(reasons[item.exercise][0].sources for item in plan.items)
    assert {"DiGiovanni2003", "SEED0"} <= {source.id for source in kc.explain(plan).sources}


def test_a_history_moves_the_plan(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "history.json"
    file.write_text(
        '[{"type": "session", "on": "2026-01-01", "lines": [{"exercise": "walking", "pain": 8}]}]',
        encoding="utf-8",
    )
    shown = output(
        capsys, "recommend", PERSON, "--history", str(file), "--on", "2026-01-02", "--goal",
        "back_pain", "--sessions", "2", "--days", "3",
    )  # fmt: skip
    assert shown.startswith("SOON")


def test_every_other_day_can_be_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert "every other day" in output(capsys, "recommend", PERSON, "--every-other-day")


def test_micro_sessions_can_be_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    shown = output(
        capsys, "recommend", PERSON, "--days", "3", "--micro-sessions", "2", "--micro-minutes", "4"
    )
    assert "Short session 2" in shown


def test_a_pack_can_be_added(capsys: pytest.CaptureFixture[str]) -> None:
    assert "new insoles" in output(capsys, "recommend", PERSON, "--pack", CLINIC)


@pytest.mark.parametrize(
    ("person", "first_line"),
    [
        ('{"age": 47, "facts": {"saddle_numbness": true}}', "EMERGENCY: get help now"),
        ('{"age": 47}', "Questions first"),
    ],
)
def test_red_flags_and_open_questions_give_no_exercise(
    person: str, first_line: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "person.json"
    file.write_text(person, encoding="utf-8")
    shown = output(capsys, "recommend", str(file))
    assert shown.splitlines()[0] == first_line
    assert "No exercise for now." in shown


def test_a_faulty_file_exits_with_two_and_says_why(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "person.json"
    file.write_text('{"age": "47"}', encoding="utf-8")
    assert main(["recommend", str(file)]) == 2
    assert capsys.readouterr().err == (
        "kineticchain: person.json:1: $.age: `'47'` is not a whole number\n"
    )


def test_a_missing_file_exits_with_two(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recommend", "none.json"]) == 2
    assert "none.json: cannot be read; no such file" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [[], ["recommend"], ["recommend", PERSON, "--on", "tomorrow"], ["dance"]]
)
def test_wrong_usage_exits_with_two(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_the_demo_leads_to_the_next_exercise(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["kineticchain", "demo"])
    with pytest.raises(SystemExit) as caught:
        runpy.run_module("kineticchain", run_name="__main__")
    assert caught.value.code == 0
    out = capsys.readouterr().out
    assert "then  single_leg_balance_supported" in out
    assert "now   single_leg_balance," in out


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["exercises"], "plank_calf_stretch_incline"),
        (["exercises", "--kind", "balance", "--load", "L2", "--region", "ankle"], "tandem_stance"),
        (["exercises", "--kind", "core", "--region", "toes"], "No exercise fits."),
        (["exercises", "toe_walk"], "SEED1 states: 4–5 × 20 s, 3 ways rest 10–15 s"),
        (["chain"], "plantar_fascia → ankle → knee → hip → pelvis → sacrum_si → lumbar"),
        (["chain", "core", "lumbar"], "A45 against, treatment_effect, strong"),
        (["chain", "neck"], "thoracic → neck (500/1000, moderate)"),
        (["chain", "--picture", "svg"], "</svg>"),
        (["chain", "--picture", "dot", "--kind", "mechanics"], "digraph kinetic_chain"),
        (["sources"], "(secondary)"),
        (["sources", "SEED3"], "sells the footwear that it praises"),
        (["check"], "no fault and no unexplained finding in 190 exercises"),
        (["check", CLINIC], "no fault and no unexplained finding in 190 exercises"),
        (["schema", "pack"], '"$schema": "https://json-schema.org/draft/2020-12/schema"'),
    ],
)
def test_the_knowledge_can_be_looked_at(
    arguments: list[str], part: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert part in output(capsys, *arguments)


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["exercises", "toe_walks"], "no exercise has the id `toe_walks`; did you mean `toe_walk`"),
        (["sources", "SEED9"], "no source has the id `SEED9`; did you mean"),
        (["check", "none.toml"], "none.toml: cannot be read"),
    ],
)
def test_a_wrong_name_exits_with_two_and_the_likely_one(
    arguments: list[str], part: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert part in capsys.readouterr().err


@pytest.mark.parametrize(
    ("form", "encoding"),
    [
        ([], "ascii"),
        ([], "cp1252"),
        ([], "utf-8"),
        (["--page"], "ascii"),
        (["--html"], "cp1252"),
        (["--json"], "ascii"),
    ],
)
def test_any_terminal_can_show_a_plan(encoding: str, form: list[str]) -> None:
    command = [sys.executable, "-m", "kineticchain", "recommend", PERSON, "--on", "2026-11-21"]
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    shown = subprocess.run(
        [*command, *form, "--language", "de"], capture_output=True, env=environment, check=True
    )
    assert shown.stdout.decode("utf-8" if form else encoding)
    assert shown.stderr == b""


def test_a_terminal_without_signs_gets_letters() -> None:
    command = [sys.executable, "-m", "kineticchain", "chain", "foot", "spine"]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    shown = subprocess.run(command, capture_output=True, env=environment, check=True)
    assert shown.stdout.startswith(b"ankle -> knee -> hip")


def test_json_is_whole_on_any_terminal() -> None:
    command = [sys.executable, "-m", "kineticchain", "recommend", PERSON, "--on", "2026-11-21"]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    shown = subprocess.run(
        [*command, "--json", "--programme", "founding_balance"],
        capture_output=True,
        env=environment,
        check=True,
    )
    assert json.loads(shown.stdout.decode(), kc.Plan).items
