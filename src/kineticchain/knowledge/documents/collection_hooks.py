"""Hooks for tuples, lists, dictionaries, and values that may be missing."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from cattrs import Converter

from kineticchain.domain.validators import repr_short
from kineticchain.errors import MAX_FAULTS, Fault, InvalidInput
from kineticchain.knowledge.documents.structure_faults import faults_in

T = TypeVar("T")


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


def register_collections(converter: Converter) -> None:
    """Register the hooks of tuples, lists, dictionaries, and values that may be missing."""
    converter.register_structure_hook_func(_is_homogeneous_tuple, _tuple_hook(converter))
    converter.register_structure_hook_func(
        _is_fixed_length_tuple, _fixed_length_tuple_hook(converter)
    )
    converter.register_structure_hook_func(_is_list, _list_hook(converter))
    converter.register_structure_hook_func(_is_dict, _dict_hook(converter))
    converter.register_structure_hook_func(_is_optional, _optional_hook(converter))


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
