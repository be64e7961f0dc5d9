"""The comparison of two versions of a pack, row by row."""

from pathlib import Path

import pytest

from kineticchain.cli.main import main
from kineticchain.interop import toml
from kineticchain.knowledge.pack_diff import pack_diff

WALL = Path(__file__).parent / "data" / "clinic_wall.toml"
TEXT = WALL.read_text(encoding="utf-8")


def diff_of(old: str, new: str) -> str:
    assert old in TEXT
    return str(pack_diff(toml.loads(TEXT), toml.loads(TEXT.replace(old, new, 1))))


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("here.pain >= 4", "here.pain >= 3", "here.pain >= 3 (at least as safe)"),
        ("here.pain >= 4", "here.pain >= 5", "here.pain >= 5 (LESS SAFE)"),
        ("limit = { hold_s = 15 }", "limit = { hold_s = 20 }", "(LESS SAFE)"),
        ("limit = { hold_s = 15 }", "limit = { hold_s = 10 }", "(at least as safe)"),
        ("here.weeks_ago < 12", "here.weeks_ago < 6", "changed rule wall.after_surgery"),
        ("hold_s = [10, 30]", "hold_s = [10, 25]", "changed exercise wall.squat_high: dose: 1–3 × 10–30 s hold → 1–3 × 10–25 s hold (at least as safe)"),
        ("hold_s = [10, 30]", "hold_s = [10, 35]", "10–35 s hold (LESS SAFE)"),
        ('load = "L3"', 'load = "L4"', "changed exercise wall.squat_low: load: L3 → L4 (LESS SAFE)"),
        ('cautions = ["Stop if the knee hurts more than 3 of 10."]', 'cautions = ["Stop."]', "(at least as safe)"),
        ('position = "standing"\nbase = "feet_apart"\nneeds', 'position = "seated"\nbase = "feet_apart"\nneeds', "(to be judged)"),
        ("{ sets = 2, hold_s = 20 }]\nmastery", "{ sets = 2, hold_s = 25 }]\nmastery", "changed ladder wall.squats"),
        ("knee = 20, thigh = 10", "knee = 30, thigh = 10", "changed goal squatting: regions: {'knee': 20, 'thigh': 10} → {'knee': 30, 'thigh': 10} (to be judged)"),
        ("Use the board on a dry floor.", "Dry the floor.", "changed message wall.dry_floor"),
    ],
)  # fmt: skip
def test_a_changed_row_is_told_with_both_values(old: str, new: str, line: str) -> None:
    told = diff_of(old, new)
    assert line in told
    assert len(told.splitlines()) <= 20


def test_a_larger_dose_of_a_ladder_is_less_safe() -> None:
    told = diff_of("{ sets = 2, hold_s = 20 }]\nmastery", "{ sets = 2, hold_s = 25 }]\nmastery")
    assert "(LESS SAFE)" in told


@pytest.mark.parametrize(("hip", "verdict"), [("L2", "(LESS SAFE)"), ("L0", "(at least as safe)")])
def test_more_load_on_one_region_is_less_safe(hip: str, verdict: str) -> None:
    """The load of the whole exercise is that of the knee, and stays."""
    before, after = (
        toml.loads(
            TEXT.replace('load = "L3"', f'load = "L3"\nloads = {{ knee = "L3", hip = "{load}" }}')
        )
        for load in ("L1", hip)
    )
    [row] = pack_diff(before, after).rows
    assert verdict in str(row)


def test_rows_without_ids_that_begin_alike_are_two() -> None:
    """An explanation has no id, and the first words of many are the same."""
    explained = """
[[explained]]
finding = "shadowed"
subject = "wall.after_surgery"
because = "It is meant, {}."
"""
    both = TEXT + explained.format("for one reason") + explained.format("for another")
    removed = pack_diff(toml.loads(both), toml.loads(TEXT)).rows
    assert len(removed) == 2


def test_rows_that_came_and_went_are_told() -> None:
    told = diff_of('id = "wall.after_surgery"', 'id = "wall.after_operation"')
    assert "removed rule wall.after_surgery: (to be judged)" in told
    assert "added rule wall.after_operation: (at least as safe)" in told


def test_a_pack_does_not_differ_from_itself() -> None:
    assert str(pack_diff(toml.loads(TEXT), toml.loads(TEXT))) == "no difference"


def test_the_command_compares_two_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    later = tmp_path / "later.toml"
    later.write_text(TEXT.replace("here.pain >= 4", "here.pain >= 3"), encoding="utf-8")
    assert main(["diff", str(WALL), str(later)]) == 0
    assert "changed rule wall.short_holds" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["exercises", "wall.squat_low"],
        ["sources", "wall.handbook"],
        ["chain", "knee", "lumbar"],
        ["check"],
    ],
)
def test_commands_take_packs(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*arguments, "--pack", str(WALL)]) == 0
    assert capsys.readouterr().out
