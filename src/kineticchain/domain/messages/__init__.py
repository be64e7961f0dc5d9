"""Messages by id and arguments, with one table of templates per language."""

from kineticchain.domain.messages.catalog import Message, MessageCatalog
from kineticchain.domain.messages.english import ENGLISH
from kineticchain.domain.messages.languages import LANGUAGES, catalog_in

__all__ = ["ENGLISH", "LANGUAGES", "Message", "MessageCatalog", "catalog_in"]
