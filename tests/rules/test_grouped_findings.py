"""Findings of `check`, grouped by the rule that causes them, with its line and a person."""

from pathlib import Path

import pytest

from kineticchain.cli.main import FAILED, main

HEAD = 'schema = 1\nid = "bad"\nversion = "1"\n\n'


def rule(name: str, when: str, effect: str) -> str:
    return (
        f'[[rule]]\nid = "bad.{name}"\nwhen = "{when}"\n{effect}\nbecause = "b"\n'
        'sources = ["SEED0"]\n\n'
    )


EVERYBODY = rule(
    "everybody",
    "age >= 0 or age < 0",
    'refer = { level = "SAME_DAY", whom = "urgent_care" }',
)
NO_BALANCE = rule(
    "no_balance",
    "age >= 18 or age < 18",
    "about = \"exercise.kind == 'balance'\"\nexclude = true",
)
PREFERS = rule("prefers", "fever", "about = \"exercise.kind == 'gait'\"\nprefer = 20")
SHADOWED = rule(
    "shadowed",
    "fever and age > 90",
    "about = \"exercise.id == 'walking'\"\nexclude = true",
)
EXCLUDES = rule("excludes", "fever", "about = \"exercise.kind == 'gait'\"\nexclude = true")


def checked(body: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    path = folder / "bad.toml"
    path.write_text(HEAD + body, encoding="utf-8")
    assert main(["check", str(path)]) == FAILED
    return capsys.readouterr().err.removeprefix("kineticchain: ").strip().splitlines()


def test_a_rule_that_refers_everybody_is_one_finding(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    [line] = checked(EVERYBODY, tmp_path, capsys)
    assert line.startswith("bad.toml:5: $.rule[0] (bad.everybody): holds for everybody; ")
    assert "nobody can get these exercises: " in line
    assert " more" in line


def test_each_cause_has_its_own_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = checked(EVERYBODY + NO_BALANCE, tmp_path, capsys)
    assert [line.partition(" (")[0] for line in lines] == [
        "bad.toml:5: $.rule[0]",
        "bad.toml:12: $.rule[1]",
    ]


def test_a_rule_that_prefers_what_is_excluded_shows_a_person(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = checked(EXCLUDES + PREFERS, tmp_path, capsys)
    [line] = [line for line in lines if "prefers what is excluded" in line]
    assert "bad.prefers" in line
    assert "for the same person by bad.excludes" in line
    assert "for example a person of " in line
    assert "fever = true" in line


def test_a_rule_that_makes_no_difference_is_named_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = checked(EXCLUDES + SHADOWED, tmp_path, capsys)
    assert any(
        line.startswith("bad.toml:13: $.rule[1] (bad.shadowed): makes no difference")
        for line in lines
    )


def test_packs_in_files_of_one_name_keep_their_own_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = []
    for name, lines_before in (("bad", 0), ("worse", 9)):
        folder = tmp_path / name
        folder.mkdir()
        paths.append(folder / "pack.toml")
        text = HEAD + "\n" * lines_before + EVERYBODY
        paths[-1].write_text(text.replace("bad", name), encoding="utf-8")
    assert main(["check", *map(str, paths)]) == FAILED
    errors = capsys.readouterr().err
    assert "pack.toml:5: $.rule[0] (bad.everybody)" in errors
    assert "pack.toml:14: $.rule[0] (worse.everybody)" in errors
