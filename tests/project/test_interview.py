"""Interviews on the command line: each transcript, held anew, is the same to the letter."""

import io
from pathlib import Path

import pytest

from kineticchain.cli import main
from kineticchain.domain.person import Person
from kineticchain.interop import json

TRANSCRIPTS = sorted((Path(__file__).parent / "interviews").glob("*.txt"))
DAY = "2026-11-29"


def typed_in(transcript: str) -> str:
    lines = [line.removeprefix("> ") for line in transcript.splitlines() if line.startswith("> ")]
    return "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_an_interview_goes_as_it_was_recorded(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    transcript = path.read_text(encoding="utf-8")
    lines = tmp_path / "lines"
    lines.write_text(typed_in(transcript), encoding="utf-8")
    arguments = ["interview", "--on", DAY, "--answers", str(lines)]
    stated = path.with_suffix(".json")
    if stated.exists():
        person = tmp_path / "person.json"
        person.write_bytes(stated.read_bytes())
        arguments.insert(1, str(person))
    assert main(arguments) == 0
    assert capsys.readouterr().out == transcript


def test_an_interview_that_is_left_goes_on_later(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, lines = tmp_path / "anna.json", tmp_path / "lines"
    unfinished = tmp_path / "anna.json.unfinished"
    arguments = ["interview", "--on", DAY, "--out", str(out), "--answers", str(lines)]
    lines.write_text("\n45\n1\n3\n", encoding="utf-8")
    assert main(arguments) == 0
    assert "answers are open" in capsys.readouterr().out
    assert unfinished.exists()
    assert not out.exists()
    lines.write_text("3\n20\n1\nn\n" + "\n" * 3 + "0\n" + "\n" * 12, encoding="utf-8")
    assert main(arguments) == 0
    shown = capsys.readouterr().out
    assert "How strong is the pain" in shown
    assert "Do you have any of these?\n   1  Numb skin" not in shown
    person = json.loads(out.read_bytes(), Person)
    assert person.complaints[0].pain == 3
    assert not unfinished.exists()


def test_an_interview_reads_what_is_typed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("q\n"))
    assert main(["interview", "--on", DAY, "--language", "de"]) == 0
    assert "Zeichen, die jetzt Hilfe brauchen" in capsys.readouterr().out
