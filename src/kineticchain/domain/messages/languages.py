"""The languages of the library."""

from kineticchain.domain.messages.catalog import MessageCatalog
from kineticchain.domain.messages.english import ENGLISH
from kineticchain.domain.validators import repr_short
from kineticchain.errors import Fault, InvalidInput, UnknownName, likely

LANGUAGES = ("de", "en")


def catalog_in(language: str) -> MessageCatalog:
    """Return the message templates of a language.

    Args:
        language: the language code, one of `LANGUAGES`.

    Raises:
        UnknownName: if the library has no templates for the language.
        InvalidInput: if `language` is not text.

    """
    if language == "en":
        return ENGLISH
    if language == "de":
        # imported on demand, so that an unused language costs no import time
        from kineticchain.domain.messages.german import GERMAN  # noqa: PLC0415

        return GERMAN
    if not isinstance(language, str):
        raise InvalidInput(Fault(f"{repr_short(language)} is no language", "language", 'say "de"'))
    raise UnknownName("language", language, likely(language, LANGUAGES) or "known are de and en")
