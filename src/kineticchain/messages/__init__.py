"""Text by id and arguments. English is one table; another language brings another."""

from kineticchain.messages.english import ENGLISH
from kineticchain.messages.languages import LANGUAGES, phrases_in
from kineticchain.messages.phrases import Message, Phrases

__all__ = ["ENGLISH", "LANGUAGES", "Message", "Phrases", "phrases_in"]
