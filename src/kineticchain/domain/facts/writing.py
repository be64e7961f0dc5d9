"""Conversion of conditions to canonical text."""

from kineticchain.domain.facts.condition import (
    All,
    AnyOf,
    AnySide,
    AtLeast,
    BothSides,
    Compare,
    Condition,
    Constant,
    Contains,
    In,
    Is,
    Known,
    Name,
    Not,
)


def condition_text(condition: Condition) -> str:
    """Return the canonical text of a condition; `parse_condition` returns an equal condition."""
    match condition:
        case Constant(value):
            return str(value)
        case Is(name):
            return name.id
        case Known(name):
            return f"known({name.id})"
        case Compare(name, operator, value):
            return f"{name.id} {operator.value} {_term(value)}"
        case In(name, options):
            return f"{name.id} in {_words(options)}"
        case Contains(member, name):
            return f"{_term(member)} in {name.id}"
        case Not(part):
            return _negated(part)
        case All(parts):
            return " and ".join(_joined(part) for part in parts)
        case AnyOf(parts):
            return " or ".join(_joined(part) for part in parts)
        case AtLeast(count, parts):
            return f"at_least({count}, {', '.join(condition_text(part) for part in parts)})"
        case AnySide(part):
            return f"any_side({condition_text(part)})"
        case BothSides(part):
            return f"both_sides({condition_text(part)})"


def _negated(part: Condition) -> str:
    match part:
        case In(name, options):
            return f"{name.id} not in {_words(options)}"
        case Contains(member, name):
            return f"{_term(member)} not in {name.id}"
        case Compare() | All() | AnyOf():
            return f"not ({condition_text(part)})"
        case _:
            return f"not {condition_text(part)}"


def _joined(part: Condition) -> str:
    text = condition_text(part)
    return f"({text})" if isinstance(part, (All, AnyOf)) else text


def _words(options: tuple[str, ...]) -> str:
    inner = ", ".join(repr(option) for option in options)
    return f"({inner},)" if len(options) == 1 else f"({inner})"


def _term(value: bool | float | str | Name) -> str:  # noqa: FBT001 - a term may be a truth value
    return value.id if isinstance(value, Name) else repr(value)
