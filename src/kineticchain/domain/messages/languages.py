"""The languages of the library."""

from collections.abc import Mapping
from importlib import import_module

from kineticchain.domain.messages.catalog import MessageCatalog
from kineticchain.domain.validators import repr_short
from kineticchain.errors import Fault, InvalidInput, UnknownName, likely

MODULES: Mapping[str, str] = {"de": "german", "en": "english", "es": "spanish"}
"""The module of this package that holds the catalog of each language.

The catalog has the name of the module in capitals, such as `GERMAN`.
"""

LANGUAGES = tuple(MODULES)
"""The codes of the languages."""


def catalog_in(language: str) -> MessageCatalog:
    """Return the message templates of a language.

    Args:
        language: the language code, one of `LANGUAGES`.

    Raises:
        UnknownName: if the library has no templates for the language.
        InvalidInput: if `language` is not text.

    """
    codes = " and ".join(LANGUAGES)
    if not isinstance(language, str):
        problem = f"{repr_short(language)} is no language"
        raise InvalidInput(Fault(problem, "language", f"give a code: {codes}"))
    name = MODULES.get(language)
    if name is None:
        remedy = likely(language, LANGUAGES) or f"known are {codes}"
        raise UnknownName("language", language, remedy)
    # imported on demand, so that an unused language costs no import time
    module = import_module(f"kineticchain.domain.messages.{name}")
    catalog: MessageCatalog = getattr(module, name.upper())
    return catalog
