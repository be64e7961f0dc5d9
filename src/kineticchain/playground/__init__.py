"""A small text language to live through a plan, line by line, and compare what comes of it."""

from kineticchain.playground.game import Game, help_text
from kineticchain.playground.transcript import played, replayed_transcript

__all__ = ["Game", "help_text", "played", "replayed_transcript"]
