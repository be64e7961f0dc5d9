"""Parser for the lines of the playground."""

import datetime
import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from attrs import field, frozen

from kineticchain.domain.anatomy import Region, Side, region_ids
from kineticchain.domain.exercises import AXES, Dose
from kineticchain.domain.facts.fact_values import GivenValue
from kineticchain.errors import Fault, InvalidInput, likely

T = TypeVar("T")

LONGEST_LINE = 4096
"""The largest number of characters of a line."""


@frozen
class Line:
    """A parsed line.

    Attributes:
        command: the first word.
        words: the words without ``=``.
        values: the values of the words with ``=``, by name.
        rest: the text after the command.

    """

    command: str
    words: tuple[str, ...] = ()
    values: Mapping[str, str] = field(factory=dict)
    rest: str = ""


def read_line(text: str, commands: Mapping[str, object]) -> Line:
    """Parse a line.

    Args:
        text: the line.
        commands: the valid commands.

    Raises:
        InvalidInput: if the line is too long, the command is unknown or a value is given twice.

    """
    if len(text) > LONGEST_LINE:
        raise InvalidInput(Fault(f"a line of over {LONGEST_LINE:,} characters"))
    command, _, rest = text.strip().partition(" ")
    if command not in commands:
        remedy = likely(command, commands) or "say `help` for what there is"
        raise InvalidInput(Fault(f"no command is called `{command}`", remedy=remedy))
    words = rest.split()
    plain = tuple(word for word in words if "=" not in word)
    pairs = [word.partition("=") for word in words if "=" in word]
    values = {name: value for name, _, value in pairs}
    if len(values) < len(pairs):
        raise InvalidInput(Fault("a value is given twice", command))
    return Line(command, plain, values, rest.strip())


def expect_only(line: Line, known: tuple[str, ...]) -> None:
    """Raise `InvalidInput` for a value whose name is not valid for the command.

    Args:
        line: the line.
        known: the valid names.

    """
    for name in line.values:
        if name not in known:
            remedy = likely(name, known) or "known are " + ", ".join(known)
            raise InvalidInput(Fault(f"`{name}=` means nothing here", line.command, remedy))


def expect_shape(line: Line, least: int, most: int, values: bool) -> None:  # noqa: FBT001
    """Raise `InvalidInput` for too few or too many words, or for unexpected values.

    Args:
        line: the line.
        least: the smallest number of words.
        most: the largest number of words.
        values: True if values are allowed.

    """
    if not least <= len(line.words) <= most:
        expected = str(least) if least == most else f"{least} to {most}"
        raise InvalidInput(Fault(f"takes {expected} words, not {len(line.words)}", line.command))
    if line.values and not values:
        raise InvalidInput(Fault(f"takes no `{next(iter(line.values))}=`", line.command))


def whole(text: str, name: str) -> int:
    """Return a whole number of up to six digits, with or without a sign.

    Args:
        text: the word.
        name: the name of the value, for the error message.

    Raises:
        InvalidInput: if the word is not such a number.

    """
    if not re.fullmatch(r"[+-]?[0-9]{1,6}", text):
        raise InvalidInput(Fault(f"`{text}` is no whole number", name))
    return int(text)


def day(text: str) -> datetime.date:
    """Return a date such as 2026-11-21; raises `InvalidInput` for any other word."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise InvalidInput(Fault(f"`{text}` is no date", remedy="write 2026-11-21")) from None


def is_day(text: str) -> bool:
    """Return whether a word has the form of a date, valid or not."""
    return re.fullmatch(r"[0-9]+-[0-9]+-[0-9]+", text) is not None


def span(text: str) -> int:
    """Return the days of a span such as 10d or 3w; raises `InvalidInput` for any other word."""
    match = re.fullmatch(r"([0-9]{1,4})([dw])", text)
    if match is None:
        raise InvalidInput(Fault(f"`{text}` is no span of time", remedy="write 10d or 3w"))
    return int(match[1]) * (7 if match[2] == "w" else 1)


def member(kind: Callable[[str], T], text: str, options: list[str], what: str) -> T:
    """Return the member of an enumeration that a word names.

    Args:
        kind: the enumeration.
        text: the word.
        options: the valid words.
        what: the noun for the error message, such as ``side``.

    Raises:
        InvalidInput: if the word is not valid.

    """
    if text not in options:
        remedy = likely(text, options) or "one of " + ", ".join(options)
        raise InvalidInput(Fault(f"`{text}` is no {what}", remedy=remedy))
    return kind(text)


def side(text: str) -> Side:
    """Return a side; raises `InvalidInput` for an unknown word."""
    return member(Side, text, [each.value for each in Side], "side")


def region(text: str) -> Region:
    """Return a region; raises `InvalidInput` for an unknown word."""
    return member(Region, text, region_ids(), "region")


def flag(text: str) -> bool:
    """Return the truth value of yes, true, ok, no, false or lost; others raise `InvalidInput`."""
    words = {"yes": True, "true": True, "ok": True, "no": False, "false": False, "lost": False}
    if text not in words:
        raise InvalidInput(Fault(f"`{text}` is neither yes nor no"))
    return words[text]


def fact_value(text: str) -> GivenValue:
    """Return the value of a fact: true or false, None for unknown, a number, or a word."""
    if text in {"yes", "true"}:
        return True
    if text in {"no", "false"}:
        return False
    if text == "unknown":
        return None
    return int(text) if re.fullmatch(r"-?[0-9]{1,6}", text) else text


_SUFFIXES = sorted({axis.suffix for axis in AXES if axis.suffix})
_PART = re.compile(rf"([0-9]{{1,5}})({'|'.join(_SUFFIXES)})?")


def dose(text: str, like: Dose | None) -> Dose:
    """Return a dose such as 3x12, 4x15s, 2x8x5s, 60s or 2x10steps.

    The first of several numbers is the number of sets. A number after ``*`` is the number of
    variations.

    Args:
        text: the word.
        like: a dose of the exercise, which determines the axis of a number without a unit or in
            seconds. None if such numbers are repetitions or seconds of hold.

    Raises:
        InvalidInput: if the word is not a dose, or states an axis twice.

    """
    body, _, variations = text.partition("*")
    parts = [_PART.fullmatch(part) for part in body.split("x")]
    if not body or any(part is None for part in parts):
        raise InvalidInput(Fault(f"`{text}` is no dose", remedy="write 3x12, 4x15s or 60s"))
    numbers = [(int(part[1]), part[2] or "") for part in parts if part is not None]
    sets = numbers.pop(0)[0] if len(numbers) > 1 else 1
    amounts: dict[str, int] = {"sets": sets}
    for amount, unit in numbers:
        axis = _axis(unit, like)
        if axis in amounts:
            raise InvalidInput(Fault(f"`{text}` is no dose", remedy="say each dimension once"))
        amounts[axis] = amount
    if variations:
        amounts["variations"] = whole(variations, "ways")
    elif like is not None:
        amounts["variations"] = like.variations
    return Dose(**amounts)


def _axis(unit: str, like: Dose | None) -> str:
    """Return the axis of a dose to which a number belongs, by its unit and a similar dose."""
    axes = [axis.name for axis in AXES[1:] if axis.suffix == unit or not unit]
    if like is None:
        return axes[0]
    return next((axis for axis in axes if getattr(like, axis) is not None), axes[0])
