"""The words of a line: what they mean, and what is wrong with them."""

import datetime
import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from attrs import field, frozen

from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.exercises import Dose
from kineticchain.domain.facts.fact_values import GivenValue
from kineticchain.errors import Fault, InvalidInput, likely

T = TypeVar("T")

LONGEST_LINE = 4096


@frozen
class Line:
    """A line taken apart: its command, its plain words, and its words with a value."""

    command: str
    words: tuple[str, ...] = ()
    values: Mapping[str, str] = field(factory=dict)
    rest: str = ""


def read_line(text: str, commands: Mapping[str, object]) -> Line:
    """A line taken apart. Raises `InvalidInput` for a command that there is not."""
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
    """Refuse values that the command does not know."""
    for name in line.values:
        if name not in known:
            remedy = likely(name, known) or "known are " + ", ".join(known)
            raise InvalidInput(Fault(f"`{name}=` means nothing here", line.command, remedy))


def expect_shape(line: Line, least: int, most: int, values: bool) -> None:  # noqa: FBT001
    """Refuse too few or too many plain words, and values where none are taken."""
    if not least <= len(line.words) <= most:
        asked = str(least) if least == most else f"{least} to {most}"
        raise InvalidInput(Fault(f"takes {asked} words, not {len(line.words)}", line.command))
    if line.values and not values:
        raise InvalidInput(Fault(f"takes no `{next(iter(line.values))}=`", line.command))


def whole(text: str, name: str) -> int:
    """A whole number, with a sign or without."""
    if not re.fullmatch(r"[+-]?[0-9]{1,6}", text):
        raise InvalidInput(Fault(f"`{text}` is no whole number", name))
    return int(text)


def day(text: str) -> datetime.date:
    """A date such as 2026-11-21."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise InvalidInput(Fault(f"`{text}` is no date", remedy="write 2026-11-21")) from None


def is_day(text: str) -> bool:
    """Whether a word is meant as a date."""
    return re.fullmatch(r"[0-9]+-[0-9]+-[0-9]+", text) is not None


def span(text: str) -> int:
    """Days, such as 10d or 3w."""
    found = re.fullmatch(r"([0-9]{1,4})([dw])", text)
    if found is None:
        raise InvalidInput(Fault(f"`{text}` is no span of time", remedy="write 10d or 3w"))
    return int(found[1]) * (7 if found[2] == "w" else 1)


def member(kind: Callable[[str], T], text: str, options: list[str], what: str) -> T:
    """A member of an enumeration, by its word."""
    if text not in options:
        remedy = likely(text, options) or "one of " + ", ".join(options)
        raise InvalidInput(Fault(f"`{text}` is no {what}", remedy=remedy))
    return kind(text)


def side(text: str) -> Side:
    """A side."""
    return member(Side, text, [one.value for one in Side], "side")


def region(text: str) -> Region:
    """A region."""
    return member(Region, text, [one.value for one in Region], "region")


def flag(text: str) -> bool:
    """Yes or no, in a few words."""
    words = {"yes": True, "true": True, "ok": True, "no": False, "false": False, "lost": False}
    if text not in words:
        raise InvalidInput(Fault(f"`{text}` is neither yes nor no"))
    return words[text]


def fact_value(text: str) -> GivenValue:
    """The value of a fact: yes or no, a number, unknown, or a word."""
    if text in {"yes", "true"}:
        return True
    if text in {"no", "false"}:
        return False
    if text == "unknown":
        return None
    return int(text) if re.fullmatch(r"-?[0-9]{1,6}", text) else text


_PART = re.compile(r"([0-9]{1,4})(s|steps)?")


def dose(text: str, like: Dose | None) -> Dose:
    """A dose such as 3x12, 4x15s, 2x8x5s, 60s or 2x10steps, in the dimensions of another.

    Sets come first where there are several numbers; a number without a unit counts
    repetitions, or whatever the exercise counts.
    """
    body, _, ways = text.partition("*")
    parts = [_PART.fullmatch(part) for part in body.split("x")]
    if not body or any(part is None for part in parts):
        raise InvalidInput(Fault(f"`{text}` is no dose", remedy="write 3x12, 4x15s or 60s"))
    found = [(int(part[1]), part[2] or "") for part in parts if part is not None]
    sets = found.pop(0)[0] if len(found) > 1 else 1
    amounts: dict[str, int] = {"sets": sets}
    for amount, unit in found:
        dimension = _dimension(unit, like)
        if dimension in amounts:
            raise InvalidInput(Fault(f"`{text}` is no dose", remedy="say each dimension once"))
        amounts[dimension] = amount
    if ways:
        amounts["variations"] = whole(ways, "ways")
    elif like is not None:
        amounts["variations"] = like.variations
    return Dose(**amounts)


def _dimension(unit: str, like: Dose | None) -> str:
    """What a number counts: by its unit, and by what the exercise's dose has."""
    if unit == "steps":
        return "steps"
    if unit == "s":
        return "duration_s" if like is not None and like.duration_s is not None else "hold_s"
    if like is None or like.reps is not None:
        return "reps"
    names = ("hold_s", "duration_s", "steps")
    return next(name for name in names if getattr(like, name) is not None)
