"""Every example runs, and says what it is there to show."""

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"


def run(name: str) -> str:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", str(EXAMPLES / name)],
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return done.stdout


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("seed_routine.py", ["17.8 to 31.7 min", "Your plan"]),
        ("quickstart.py", ["Your plan", "Plantar-fascia stretch", "You will reach this later"]),
        (
            "two_weeks.py",
            [
                "single_leg_balance_supported: hold. Start here.",
                "single_leg_balance: advance_variant. You mastered this with quiet mornings",
            ],
        ),
    ],
)
def test_an_example_shows_what_it_promises(name: str, parts: list[str]) -> None:
    shown = run(name)
    for part in parts:
        assert part in shown


def test_every_example_is_run() -> None:
    tested = {"intake_app.py", "quickstart.py", "seed_routine.py", "two_weeks.py"}
    assert {file.name for file in EXAMPLES.glob("*.py")} == tested
