"""Message templates and the messages rendered from them."""

from collections.abc import Mapping
from string import Formatter
from types import MappingProxyType
from typing import TypeAlias

from attrs import field, frozen

from kineticchain.domain.validators import identifier, text
from kineticchain.errors import Fault, InvalidInput, UnknownName, likely

Argument: TypeAlias = str | int


@frozen
class Message:
    """A message for a person.

    Attributes:
        id: the id of the template.
        args: the arguments, sorted by name.
        text: the rendered text in one language.

    """

    id: str = field(validator=identifier())
    args: tuple[tuple[str, Argument], ...] = ()
    text: str = field(default="", validator=text())

    def __str__(self) -> str:
        """Return the text."""
        return self.text


class MessageCatalog:
    """The message templates of one language.

    A template is text with arguments in braces, as in ``"{minutes} minutes"``.

    Attributes:
        language: the language code, such as ``en``.

    """

    __slots__ = ("_cached", "_templates", "language")

    def __init__(self, templates: Mapping[str, str], language: str) -> None:
        """Store a copy of the templates.

        Args:
            templates: the templates by id.
            language: the language code, such as ``en``.

        """
        self._templates: Mapping[str, str] = MappingProxyType(dict(templates))
        self.language: str = language
        self._cached: dict[str, Message] = {}

    def __reduce__(self) -> "tuple[type[MessageCatalog], tuple[dict[str, str], str]]":
        """Pickle the templates and the language, not the cached messages."""
        return type(self), (dict(self._templates), self.language)

    def __contains__(self, message_id: object) -> bool:
        """Return whether a template has the id."""
        return message_id in self._templates

    def extended(self, templates: Mapping[str, str]) -> "MessageCatalog":
        """Return a catalog with more templates; new templates replace those with the same id."""
        return MessageCatalog({**self._templates, **templates}, self.language)

    def title(self, kind: str, thing: str, otherwise: str) -> str:
        """Return the title of an object of the knowledge in this language.

        Args:
            kind: the kind of object, such as ``exercise``.
            thing: the id of the object, such as ``walking``.
            otherwise: the result if no template has the id ``{kind}_{thing}``.

        """
        return self._templates.get(f"{kind}_{thing}", otherwise)

    def translated(self, text: str) -> str:
        """Return a text of the data in this language; without a translation, the text itself.

        A text of the data, such as a step of an exercise, is itself the id of its translation.

        Args:
            text: the text as it stands in the data.

        """
        return self._templates.get(text, text)

    def arguments(self, message_id: str) -> frozenset[str]:
        """Return the names of a template's arguments.

        Raises:
            KeyError: if no template has the id.

        """
        parts = Formatter().parse(self._templates[message_id])
        return frozenset(name for _, name, _, _ in parts if name)

    def text(self, message_id: str, **args: Argument) -> str:
        """Return the rendered text of a message.

        Args:
            message_id: the id of the template.
            args: the values of the template's arguments.

        Raises:
            UnknownName: if no template has the id.
            InvalidInput: if an argument of the template is missing.

        """
        template = self._templates.get(message_id)
        if template is None:
            raise UnknownName("message", message_id, likely(message_id, self._templates))
        try:
            return template.format_map(args) if args else template
        except KeyError as missing:
            names = ", ".join(sorted(self.arguments(message_id)))
            what = f"no value for {missing} of the message `{message_id}`"
            raise InvalidInput(Fault(what, "args", f"its arguments are {names}")) from None

    def decimal(self, thousandths: int) -> str:
        """Return a number with the decimal mark of the language, such as ``2.5``.

        Args:
            thousandths: the number in thousandths (0 and more).

        """
        whole, rest = divmod(thousandths, 1000)
        decimals = f"{rest:03d}".rstrip("0")
        return f"{whole}{self.text('decimal_mark')}{decimals}" if decimals else str(whole)

    def say(self, message_id: str, **args: Argument) -> Message:
        """Return a message; messages without arguments are cached.

        Args:
            message_id: the id of the template.
            args: the values of the template's arguments.

        Raises:
            UnknownName: if no template has the id.

        """
        if args:
            return Message(message_id, tuple(sorted(args.items())), self.text(message_id, **args))
        message = self._cached.get(message_id)
        if message is None:
            message = self._cached[message_id] = Message(message_id, (), self.text(message_id))
        return message

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all templates."""
        return frozenset(self._templates)
