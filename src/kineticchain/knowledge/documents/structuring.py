"""Strict structuring of plain data into objects, with every fault at its path.

The hooks here replace the coercions of cattrs. Text is not a number, 3.7 is not 3, ``"no"`` is not
true, and a word is not a list of letters. Validators run on each field separately, so that all
faults of a document are reported together.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import attrs
from cattrs import Converter
from cattrs.gen import make_dict_structure_fn, override

from kineticchain.errors import MAX_FAULTS, Fault, InvalidDocument, InvalidInput
from kineticchain.knowledge.documents.collection_hooks import expect_mapping, register_collections
from kineticchain.knowledge.documents.structure_faults import faults_in
from kineticchain.knowledge.documents.value_hooks import register_values

T = TypeVar("T")


def strict_converter() -> Converter:
    """Return a converter without coercions, to which formats add their own hooks."""
    converter = Converter(forbid_extra_keys=True, detailed_validation=True)
    register_values(converter)
    register_collections(converter)
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
