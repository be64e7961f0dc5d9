"""The faults in the errors that structuring raises."""

import attrs
from cattrs import BaseValidationError, ForbiddenExtraKeysError
from cattrs.errors import AttributeValidationNote, IterableValidationNote

from kineticchain.domain.validators import repr_short, shown_name
from kineticchain.errors import MAX_FAULTS, Fault, InvalidInput, likely


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
