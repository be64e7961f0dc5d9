"""The languages that the library has a table for."""

from kineticchain.domain.messages.catalog import MessageCatalog
from kineticchain.domain.messages.english import ENGLISH
from kineticchain.domain.validators import repr_short
from kineticchain.errors import Fault, InvalidInput, UnknownName, likely

LANGUAGES = ("de", "en")


def catalog_in(language: str) -> MessageCatalog:
    """The table of a language. Raises `UnknownName` for one that there is none for."""
    if language == "en":
        return ENGLISH
    if language == "de":
        # imported here so that nobody pays for a language that is not spoken
        from kineticchain.domain.messages.german import GERMAN  # noqa: PLC0415

        return GERMAN
    if not isinstance(language, str):
        raise InvalidInput(Fault(f"{repr_short(language)} is no language", "language", 'say "de"'))
    raise UnknownName("language", language, likely(language, LANGUAGES) or "known are de and en")
