"""Reading and writing of effects in the row of a rule."""

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import Any

import attrs
from attrs import frozen

from kineticchain.domain.anatomy import RegionPoints
from kineticchain.domain.exercises import LoadClass
from kineticchain.rules.model.effect import EFFECTS, Effect, EffectKind, Limit, LimitKind, RowForm


@frozen(kw_only=True)
class LimitRow:
    """The limits of a rule, each under its kind."""

    load: LoadClass | None = None
    hold_s: int | None = None
    dose_share: int | None = None
    minutes: int | None = None
    exercises: int | None = None
    pain_ceiling: int | None = None
    roll_s: int | None = None


def row_fields() -> Iterator[tuple[str, Any, object]]:
    """Yield the key, the type and the default value of each kind of effect."""
    for kind in EFFECTS:
        yield kind.word, *_type_of(kind)
        if kind.former is not None:
            yield kind.former, *_type_of(kind)


def _type_of(kind: EffectKind) -> tuple[Any, object]:
    arguments = attrs.fields(kind.cls)
    match kind.form:
        case RowForm.FLAG:
            return bool, False
        case RowForm.TABLE:
            return kind.cls | None, None
        case RowForm.NUMBER:
            return arguments[0].type | None, None
        case RowForm.NAMES:
            return tuple[arguments[0].type, ...], ()  # type: ignore[misc]
        case RowForm.PAIRS:
            return (LimitRow | None, None) if kind.cls is Limit else (RegionPoints, ())


def read_effects(row: object) -> Iterator[Effect]:
    """Yield the effects of a row, in the order of `EFFECTS`."""
    for kind in EFFECTS:
        words = (kind.word,) if kind.former is None else (kind.word, kind.former)
        for word in words:
            value = getattr(row, word)
            if value is not None and value is not False:
                yield from _effects(kind, value)


def _effects(kind: EffectKind, value: Any) -> Iterator[Effect]:  # noqa: ANN401 - by form
    match kind.form:
        case RowForm.FLAG:
            yield kind.cls()
        case RowForm.TABLE:
            yield value
        case RowForm.NUMBER:
            yield kind.cls(value)
        case RowForm.NAMES:
            for argument in value:
                yield kind.cls(argument)
        case RowForm.PAIRS:
            for arguments in _limits(value) if isinstance(value, LimitRow) else value:
                yield kind.cls(*arguments)


def _limits(row: LimitRow) -> Iterator[tuple[LimitKind, int | LoadClass]]:
    for kind in LimitKind:
        value = getattr(row, kind.value)
        if value is not None:
            yield kind, value


def effect_row(effects: Iterable[Effect]) -> dict[str, Any]:
    """Return the part of a row that states effects; `read_effects` reads equal effects from it."""
    by_class: Mapping[type, EffectKind] = {kind.cls: kind for kind in EFFECTS}
    row: dict[str, Any] = {}
    for effect in effects:
        kind = by_class[type(effect)]
        arguments = [_plain(getattr(effect, field.name)) for field in attrs.fields(kind.cls)]
        match kind.form:
            case RowForm.FLAG:
                row[kind.word] = True
            case RowForm.TABLE:
                names = [field.name for field in attrs.fields(kind.cls)]
                row[kind.word] = dict(zip(names, arguments, strict=True))
            case RowForm.NUMBER:
                [row[kind.word]] = arguments
            case RowForm.NAMES:
                row.setdefault(kind.word, []).extend(arguments)
            case RowForm.PAIRS:
                key, value = arguments
                row.setdefault(kind.word, {})[key] = value
    return row


def _plain(argument: object) -> object:
    return argument.value if isinstance(argument, Enum) else argument
