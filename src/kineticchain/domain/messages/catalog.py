"""Templates by id, and messages made from them."""

from collections.abc import Mapping
from string import Formatter
from types import MappingProxyType
from typing import TypeAlias

from attrs import field, frozen

from kineticchain.domain.validators import identifier, text
from kineticchain.errors import UnknownName, likely

Argument: TypeAlias = str | int


@frozen
class Message:
    """Something to tell a person: its id, its arguments, and its text in one language."""

    id: str = field(validator=identifier())
    args: tuple[tuple[str, Argument], ...] = ()
    text: str = field(default="", validator=text())

    def __str__(self) -> str:
        """The text."""
        return self.text


class MessageCatalog:
    """The templates of one language.

    A template is text with arguments in braces, as in ``"{minutes} minutes"``.
    """

    __slots__ = ("_said", "_templates", "language")

    def __init__(self, templates: Mapping[str, str], language: str) -> None:
        """Keep the templates under their ids."""
        self._templates: Mapping[str, str] = MappingProxyType(dict(templates))
        self.language: str = language
        self._said: dict[str, Message] = {}

    def __reduce__(self) -> "tuple[type[MessageCatalog], tuple[dict[str, str], str]]":
        """The templates and the language travel, not what was said."""
        return type(self), (dict(self._templates), self.language)

    def __contains__(self, message_id: object) -> bool:
        """Whether there is a template of that id."""
        return message_id in self._templates

    def extended(self, templates: Mapping[str, str]) -> "MessageCatalog":
        """The phrases with more templates."""
        return MessageCatalog({**self._templates, **templates}, self.language)

    def title(self, kind: str, thing: str, otherwise: str) -> str:
        """The name of a thing of the data in this language, such as ``exercise_walking``."""
        return self._templates.get(f"{kind}_{thing}", otherwise)

    def arguments(self, message_id: str) -> frozenset[str]:
        """The names of the arguments that a message takes."""
        parts = Formatter().parse(self._templates[message_id])
        return frozenset(name for _, name, _, _ in parts if name)

    def text(self, message_id: str, **args: Argument) -> str:
        """The text of a message. Raises `UnknownName` for an id without a template."""
        template = self._templates.get(message_id)
        if template is None:
            raise UnknownName("message", message_id, likely(message_id, self._templates))
        return template.format_map(args) if args else template

    def say(self, message_id: str, **args: Argument) -> Message:
        """The message with its text."""
        if args:
            return Message(message_id, tuple(sorted(args.items())), self.text(message_id, **args))
        said = self._said.get(message_id)
        if said is None:
            said = self._said[message_id] = Message(message_id, (), self.text(message_id))
        return said

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all templates."""
        return frozenset(self._templates)
