"""Text by id and arguments. English is one table; another language brings another."""

from kineticchain.messages.phrases import Message, Phrases
from kineticchain.messages.english import ENGLISH

__all__ = ["ENGLISH", "Message", "Phrases"]
