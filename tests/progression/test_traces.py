"""Golden traces: each transcript, played anew, is the same to the letter."""

from pathlib import Path

import pytest

import kineticchain as kc
from kineticchain.cli.play import FIRST_DAY
from kineticchain.progression import Action
from kineticchain.testing.playground import Game, replayed_transcript

TRACES = sorted((Path(__file__).parent / "traces").glob("*.txt"))


def played(text: str, recommender: kc.Recommender) -> str:
    person = kc.Person(screening="clear")
    return replayed_transcript(Game(recommender=recommender, person=person, on=FIRST_DAY), text)


@pytest.mark.parametrize("path", TRACES, ids=lambda path: path.stem)
def test_a_trace_is_told_as_it_was_recorded(path: Path, recommender: kc.Recommender) -> None:
    text = path.read_text(encoding="utf-8")
    assert played(text, recommender) == text


def test_every_action_is_told_in_some_trace() -> None:
    told = "\n".join(path.read_text(encoding="utf-8") for path in TRACES)
    assert [action for action in Action if f" · {action} · " not in told] == []
