"""The knowledge compiled into the wheel: the same as the TOML, and read only while it is current."""

from pathlib import Path

import pytest

from kineticchain.knowledge import compiled_file
from kineticchain.knowledge.builtin import builtin_contents
from kineticchain.knowledge.compiled_file import FILE, load_compiled, source_hash, write_compiled


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of knowledge with one TOML file and the compiled file."""
    (tmp_path / "regions.toml").write_text("schema = 1\n", encoding="utf-8")
    monkeypatch.setattr(compiled_file, "_FOLDER", str(tmp_path))
    write_compiled(str(tmp_path / FILE), builtin_contents())
    return tmp_path


def parts(stated: dict[str, object]) -> dict[str, object]:
    """What is compared by value: everything that is read, without the catalogue of messages."""
    return {name: value for name, value in stated.items() if name != "catalog"}


@pytest.mark.usefixtures("folder")
def test_what_is_read_is_what_was_compiled() -> None:
    compiled = load_compiled()
    assert compiled is not None
    assert parts(compiled[0]) == parts(builtin_contents().stated())


@pytest.mark.usefixtures("folder")
def test_the_fingerprint_is_the_one_of_the_sources() -> None:
    compiled = load_compiled()
    assert compiled is not None
    assert compiled[1] == builtin_contents().fingerprint


def test_without_a_file_there_is_nothing(folder: Path) -> None:
    (folder / FILE).unlink()
    assert load_compiled() is None


@pytest.mark.parametrize("change", ["schema = 2\n", ""])
def test_a_file_older_than_its_sources_is_not_read(folder: Path, change: str) -> None:
    (folder / "regions.toml").write_text(change, encoding="utf-8")
    assert load_compiled() is None


def test_a_file_of_another_version_is_not_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = source_hash()
    monkeypatch.setattr(compiled_file, "__version__", "0.0.0")
    assert source_hash() != before
    assert load_compiled() is None
    assert (folder / FILE).exists()
