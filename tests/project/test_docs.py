"""The documentation: terms in the glossary, and outputs that are what the code prints."""

from pathlib import Path

import pytest

import kineticchain as kc

DOCS = Path(__file__).parents[2] / "docs"
GLOSSARY = (DOCS / "glossary.md").read_text(encoding="utf-8")
ENTRIES = [line for line in GLOSSARY.splitlines() if line and not line.startswith((":", " ", "#"))]


@pytest.mark.parametrize("name", [name for name in kc.__all__ if name != "__version__"])
def test_an_exported_name_is_in_the_glossary(name: str) -> None:
    assert name in GLOSSARY


def test_entries_are_in_alphabetical_order() -> None:
    plain = [entry.strip("`").lower() for entry in ENTRIES]
    assert plain == sorted(plain)
