"""``play``: run the commands of the playground line by line, from a file or typed."""

import argparse
import datetime
import sys
from pathlib import Path

from kineticchain.cli.commands import Commands, knowledge_of
from kineticchain.domain.person import Person
from kineticchain.errors import KineticChainError
from kineticchain.interop import json
from kineticchain.interop.limits import read_file
from kineticchain.recommendation import Recommender
from kineticchain.testing.playground import Game, help_text, play, replayed_transcript

FIRST_DAY = datetime.date(2026, 1, 1)


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser("play", help="live through a plan line by line")
    parser.add_argument("person", metavar="PERSON.json", nargs="?", help="who it is, as JSON")
    parser.add_argument("script", metavar="SCRIPT", nargs="?", help="lines, or a transcript")
    parser.add_argument("--on", type=datetime.date.fromisoformat, help="the first day (2026-01-01)")
    parser.add_argument("--pack", action="append", default=[], metavar="FILE", help="a rule pack")
    parser.add_argument("--record", action="store_true", help="write the transcript into SCRIPT")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> str:
    """Return the transcript of a script; without one, start an interactive session."""
    game = _game(options)
    if options.script is None:
        return _talk(game)
    text = replayed_transcript(game, read_file(options.script).decode("utf-8", "replace"))
    if options.record:
        Path(options.script).write_text(text, encoding="utf-8")
    return text.rstrip("\n")


def _game(options: argparse.Namespace) -> Game:
    person = Person(screening="clear")
    if options.person is not None and options.person != "-":
        person = json.loads(read_file(options.person), Person, origin=Path(options.person).name)
    recommender = Recommender(knowledge_of(options))
    return Game(recommender=recommender, person=person, on=options.on or FIRST_DAY)


def _talk(game: Game) -> str:
    """Run an interactive session on standard input."""
    typed = sys.stdin.isatty()
    if typed:
        sys.stdout.write("\n".join(help_text()) + "\nquit: leave. Ctrl-D does so, too.\n")
    while True:
        if typed:
            sys.stdout.write(f"{game.on}> ")
            sys.stdout.flush()
        line = sys.stdin.readline()
        if not line or line.strip() in {"quit", "exit"}:
            return ""
        try:
            game, lines = play(game, line)
        except KineticChainError as error:
            lines = tuple(f"! {part}" for part in str(error).splitlines())
        sys.stdout.write("".join(f"  {text}\n" for text in lines))
