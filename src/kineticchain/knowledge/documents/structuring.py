"""Strict structuring of plain data into objects, with every fault at its path.

The hooks here replace the coercions of cattrs. Text is not a number, 3.7 is not 3, ``"no"`` is not
true, and a word is not a list of letters. Validators run on each field separately, so that all
faults of a document are reported together.
"""

import datetime
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import partial
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

import attrs
from cattrs import BaseValidationError, Converter, ForbiddenExtraKeysError
from cattrs.errors import AttributeValidationNote, IterableValidationNote
from cattrs.gen import make_dict_structure_fn, override

from kineticchain.domain.anatomy import Region, is_region, region_ids
from kineticchain.domain.validators import (
    is_number,
    is_text,
    repr_short,
    shown_name,
    unknown_word_fault,
)
from kineticchain.errors import MAX_FAULTS, Fault, InvalidDocument, InvalidInput, likely

T = TypeVar("T")


def strict_converter() -> Converter:
    """Return a converter without coercions, to which formats add their own hooks."""
    converter = Converter(forbid_extra_keys=True, detailed_validation=True)
    _register_primitives(converter)
    converter.register_structure_hook_func(_is_homogeneous_tuple, _tuple_hook(converter))
    converter.register_structure_hook_func(
        _is_fixed_length_tuple, _fixed_length_tuple_hook(converter)
    )
    converter.register_structure_hook_func(_is_list, _list_hook(converter))
    converter.register_structure_hook_func(_is_dict, _dict_hook(converter))
    converter.register_structure_hook_func(_is_optional, _optional_hook(converter))
    converter.register_structure_hook_factory(attrs.has, lambda cls: _class_hook(cls, converter))
    return converter


def structure(converter: Converter, data: object, cls: type[T], origin: str) -> T:
    """Return plain data as an object of a class.

    Args:
        converter: A strict converter with the hooks of the format.
        data: Plain data.
        cls: The class, or another type such as ``tuple[RuleRow, ...]``.
        origin: The name of the document, such as that of its file, for faults.

    Raises:
        InvalidDocument: With all faults, at most `MAX_FAULTS`.
    """
    try:
        return converter.structure(data, cls)
    except Exception as error:  # noqa: BLE001 - faults_in raises all other errors again
        faults = faults_in(error, "$")
        place = f"{origin}: " if origin else ""
        raise InvalidDocument(*(fault.under(place) for fault in faults[:MAX_FAULTS])) from None


def faults_in(error: BaseException, path: str) -> list[Fault]:
    """Return the faults in an error of structuring, with their paths.

    Any other error is raised again: it is a defect of the library and must not be reported as a
    fault of the input.

    Args:
        error: The error, possibly a group of errors.
        path: The path of the data that was structured.
    """
    if isinstance(error, BaseValidationError):
        return [
            fault for inner in error.exceptions for fault in faults_in(inner, path + _step(inner))
        ]
    if isinstance(error, InvalidInput):
        return [fault.under(path) for fault in error.faults]
    if isinstance(error, ForbiddenExtraKeysError):
        fields = [field.name for field in attrs.fields(error.cl)] if attrs.has(error.cl) else []
        return [
            Fault(
                f"{shown_name(name)} is not known here",
                where=path,
                remedy=_likely_key(name, fields),
            )
            for name in sorted(error.extra_fields, key=str)[:MAX_FAULTS]
        ]
    if isinstance(error, KeyError):
        return [Fault(f"`{error.args[0]}` is missing", where=path, remedy="it must be given")]
    raise error


def read_word(value: object, kind: type[StrEnum]) -> StrEnum:
    """Return the member of an enum that a word names.

    Raises:
        InvalidInput: If the value is not text, or names no member.
    """
    options = [member.value for member in kind]
    if not isinstance(value, str) or value not in options:
        title = _title(kind)
        article = "an" if title[0] in "aeiou" else "a"
        raise InvalidInput(unknown_word_fault(f"{article} {title}", value, options))
    return kind(value)


def read_region_word(value: object, _: object) -> Region:
    """Return a built-in region, or the region of a pack that was read before, from its id.

    Raises:
        InvalidInput: If the value is not text, or names no region.
    """
    if not isinstance(value, str) or not is_region(value):
        raise InvalidInput(unknown_word_fault("a region", value, region_ids()))
    return Region(value)


def expect_mapping(value: object) -> Mapping[str, object]:
    """Return the value if it is a dictionary with text as keys.

    Raises:
        InvalidInput: If the value is anything else.
    """
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise InvalidInput(Fault(f"{repr_short(value)} is not a table of names and values"))
    return value


def expect_list(value: object) -> list[object]:
    """Return the value if it is a list.

    Raises:
        InvalidInput: If the value is anything else.
    """
    if not isinstance(value, list):
        remedy = "leave it out" if value is None else "put it in [ ]"
        raise InvalidInput(Fault(f"{repr_short(value)} is not a list", remedy=remedy))
    return value


def _step(error: BaseException) -> str:
    """Return the last step of the path of an error, from the notes of cattrs."""
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            return f".{note.name}"
        if isinstance(note, IterableValidationNote):
            return f"[{repr_short(note.index)[1:-1]}]"
    return ""


def _likely_key(name: object, fields: list[str]) -> str:
    return (likely(name, fields) if isinstance(name, str) else "") or (
        "known are " + ", ".join(fields) if fields else ""
    )


def _title(kind: type) -> str:
    words = "".join(f" {char.lower()}" if char.isupper() else char for char in kind.__name__)
    return words.strip()


def _register_primitives(converter: Converter) -> None:
    checks: list[tuple[type, Callable[[object], bool], str]] = [
        (bool, lambda value: type(value) is bool, "true or false"),
        (int, lambda value: type(value) is int, "a whole number"),
        (float, is_number, "a finite number"),
    ]
    for kind, fits, wanted in checks:
        converter.register_structure_hook(kind, _exactly(fits, wanted))
    converter.register_structure_hook(str, _read_text)
    converter.register_structure_hook(datetime.date, _read_date)
    converter.register_structure_hook(StrEnum, read_word)
    converter.register_structure_hook(Region, read_region_word)


def _read_text(value: object, _: object) -> str:
    if type(value) in {int, float, bool, datetime.date}:
        raise InvalidInput(Fault(f"{repr_short(value)} is not text", remedy="put it in quotes"))
    if not is_text(value):
        wanted = "text of at most 4,096 characters without control characters"
        raise InvalidInput(Fault(f"{repr_short(value)} is not {wanted}"))
    return value


def _exactly(fits: Callable[[object], bool], wanted: str) -> Callable[[object, object], Any]:
    def hook(value: object, _: object) -> object:
        if not fits(value):
            raise InvalidInput(Fault(f"{repr_short(value)} is not {wanted}"))
        return value

    return hook


def _read_date(value: object, _: object) -> datetime.date:
    if type(value) is datetime.date:
        return value
    iso_length = 10
    if isinstance(value, str) and len(value) == iso_length:
        try:
            day = datetime.date.fromisoformat(value)
        except ValueError:
            pass
        else:
            if day.isoformat() == value:  # Python also reads 2026-W47-6
                return day
    raise InvalidInput(Fault(f"{repr_short(value)} is not a date", remedy="write it as 2026-11-21"))


def _is_optional(kind: object) -> bool:
    return get_origin(kind) in {Union, UnionType} and type(None) in get_args(kind)


def _optional_hook(converter: Converter) -> Callable[[object, Any], object]:
    def hook(value: object, kind: Any) -> object:  # noqa: ANN401 - a type form
        if value is None:
            return None
        members = tuple(member for member in get_args(kind) if member is not type(None))
        without_none: Any = Union[members]  # noqa: UP007 - built at run time
        return converter.structure(value, without_none)

    return hook


def _is_homogeneous_tuple(kind: object) -> bool:
    return get_origin(kind) is tuple and get_args(kind)[1:] == (Ellipsis,)


def _tuple_hook(converter: Converter) -> Callable[[object, Any], tuple[object, ...]]:
    def hook(value: object, kind: Any) -> tuple[object, ...]:  # noqa: ANN401 - a type form
        members = expect_list(value)
        member: Any = get_args(kind)[0]
        member_list: Any = list.__class_getitem__(member)
        return tuple(converter.structure(members, member_list))

    return hook


def _is_fixed_length_tuple(kind: object) -> bool:
    return get_origin(kind) is tuple and ... not in get_args(kind)


def _fixed_length_tuple_hook(converter: Converter) -> Callable[[object, Any], tuple[object, ...]]:
    def hook(value: object, kind: Any) -> tuple[object, ...]:  # noqa: ANN401 - a type form
        kinds = get_args(kind)
        members = expect_list(value)
        if len(members) != len(kinds):
            raise InvalidInput(Fault(f"{repr_short(value)} is not a list of {len(kinds)}"))
        return tuple(
            _read_all(
                (f"[{index}]", partial(converter.structure, member, member_kind))
                for index, (member, member_kind) in enumerate(zip(members, kinds, strict=True))
            )
        )

    return hook


def _is_list(kind: object) -> bool:
    return get_origin(kind) is list


def _list_hook(converter: Converter) -> Callable[[object, Any], list[object]]:
    def hook(value: object, kind: Any) -> list[object]:  # noqa: ANN401 - a type form
        [member_kind] = get_args(kind)
        read = converter.get_structure_hook(member_kind)
        return _read_all(
            (f"[{index}]", partial(read, member, member_kind))
            for index, member in enumerate(expect_list(value))
        )

    return hook


def _is_dict(kind: object) -> bool:
    return get_origin(kind) is dict


def _dict_hook(converter: Converter) -> Callable[[object, Any], dict[object, object]]:
    def hook(value: object, kind: Any) -> dict[object, object]:  # noqa: ANN401 - a type form
        key_kind, member_kind = get_args(kind)
        read_key = converter.get_structure_hook(key_kind)
        read_member = converter.get_structure_hook(member_kind)

        def read_pair(key: str, member: object) -> tuple[object, object]:
            return read_key(key, key_kind), read_member(member, member_kind)

        return dict(
            _read_all(
                (f"[{repr_short(key)[1:-1]}]", partial(read_pair, key, member))
                for key, member in expect_mapping(value).items()
            )
        )

    return hook


def _read_all(members: Iterable[tuple[str, Callable[[], T]]]) -> list[T]:
    """Return the results of all readers. Each reader comes with its step of the path.

    A fault does not stop the reading, so that the faults of all members are reported together.
    """
    values: list[T] = []
    faults: list[Fault] = []
    for place, read in members:
        try:
            values.append(read())
        except Exception as error:  # noqa: BLE001 - faults_in raises all other errors again
            faults += faults_in(error, place)
            if len(faults) >= MAX_FAULTS:
                break
    if faults:
        raise InvalidInput(*faults)
    return values


def _class_hook(cls: type[Any], converter: Converter) -> Callable[[object, Any], Any]:
    """Return the hook of an attrs class; fields marked as `unwritten` cannot be given."""
    attrs.resolve_types(cls)
    overrides = {
        attribute.name: override(omit=True)
        if "unwritten" in attribute.metadata
        else override(struct_hook=_field_hook(attribute, converter))
        for attribute in attrs.fields(cls)
        if attribute.init
    }
    structure_fields = make_dict_structure_fn(
        cls,
        converter,
        _cattrs_forbid_extra_keys=True,
        _cattrs_detailed_validation=True,
        **overrides,  # type: ignore[arg-type]  # names of fields never clash with _cattrs_ options
    )

    def hook(value: object, kind: Any) -> object:  # noqa: ANN401 - a type form
        return structure_fields(expect_mapping(value), kind)

    return hook


def _field_hook(
    attribute: "attrs.Attribute[Any]", converter: Converter
) -> Callable[[object, Any], object]:
    """Return the hook of a field, which structures the value and runs the field's validator."""
    kind: Any = attribute.type

    def hook(value: object, _: object) -> object:
        structured: object = converter.structure(value, kind)
        if attribute.validator is not None:
            try:
                attribute.validator(None, attribute, structured)
            except InvalidInput as error:
                raise InvalidInput(
                    *(_without_name(fault, attribute.name) for fault in error.faults)
                ) from None
        return structured

    return hook


def _without_name(fault: Fault, name: str) -> Fault:
    """Return the fault without the name of the field; `_step` adds it from the notes."""
    return attrs.evolve(fault, where=fault.where.removeprefix(f".{name}"))
