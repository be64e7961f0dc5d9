"""Each planted bug has a place: the text that it replaces stands once in the source."""

import tomllib
from pathlib import Path

import pytest

import kineticchain

SOURCE = Path(kineticchain.__file__).parent
TESTS = Path(__file__).parents[2]
BUGS = tomllib.loads(Path(__file__).with_name("bugs.toml").read_text(encoding="utf-8"))["bug"]


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: f"{bug['family']}-{bug['file']}")
def test_a_planted_bug_replaces_one_text(bug: dict[str, str]) -> None:
    assert (SOURCE / bug["file"]).read_text(encoding="utf-8").count(bug["old"]) == 1
    assert bug["new"] != bug["old"]


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: f"{bug['family']}-{bug['file']}")
def test_a_planted_bug_names_a_test(bug: dict[str, str]) -> None:
    path, _, name = bug["test"].partition("::")
    text = (TESTS / path).read_text(encoding="utf-8")
    assert not name or f"def {name.partition('[')[0].rpartition('::')[2]}(" in text
