"""The playground: a text language to simulate training line by line, with comparable output."""

from kineticchain.testing.playground.state import Game
from kineticchain.testing.playground.transcript import played, replayed_transcript
from kineticchain.testing.playground.turn import help_text, play

__all__ = ["Game", "help_text", "play", "played", "replayed_transcript"]
