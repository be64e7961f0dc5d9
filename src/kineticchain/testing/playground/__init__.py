"""A small text language to live through a plan, line by line, and compare what comes of it."""

from kineticchain.testing.playground.state import Game
from kineticchain.testing.playground.transcript import played, replayed_transcript
from kineticchain.testing.playground.turn import help_text, play

__all__ = ["Game", "help_text", "play", "played", "replayed_transcript"]
