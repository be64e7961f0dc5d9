"""A quicker `__init__` for frozen classes of which several objects are built for every event.

attrs fills a frozen object through `object.__setattr__`, field by field. Here an object is
filled while it is one of a twin class that is not frozen, and then becomes one of its own:
nobody else sees it before. For nine fields that takes some 0.2 instead of 0.5 µs.
"""

from types import FunctionType
from typing import TypeVar, cast

import attrs

Frozen = TypeVar("Frozen", bound=type)

_MISSING = object()
_NEEDS_ATTRS = ("__attrs_post_init__", "_attrs_cached_hash")
_FACTORY: type = cast("type", attrs.Factory)


def quick_init(cls: Frozen) -> Frozen:
    """Give a frozen, slotted class such an `__init__`; to be written above `@frozen`.

    Fields may have defaults and factories. Raises `TypeError` for one that is checked or
    converted, or that is no argument, for a cached hash and for an `__attrs_post_init__`: those
    need the `__init__` of attrs. The class can have no subclasses.
    """
    fields = attrs.fields(cls)
    faults = [one.name for one in fields if not _is_plain(one)]
    faults += [name for name in _NEEDS_ATTRS if hasattr(cls, name)]
    if faults:
        message = f"{cls.__name__} can't be filled quickly: see {', '.join(faults)}"
        raise TypeError(message)
    init = _made(cls, fields)
    init.__annotations__ = cast("FunctionType", vars(cls)["__init__"]).__annotations__
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    init.__module__ = cls.__module__
    type.__setattr__(cls, "__init__", init)
    type.__setattr__(cls, "__init_subclass__", classmethod(_no_subclass))
    return cls


def _no_subclass(cls: type, /, **_: object) -> None:
    message = f"{cls.__name__}: a class that is filled quickly can have no subclasses"
    raise TypeError(message)


def _is_plain(one: "attrs.Attribute[object]") -> bool:
    needs_self = getattr(one.default, "takes_self", False)
    return one.init and not (one.validator or one.converter or needs_self)


def _made(cls: type, fields: "tuple[attrs.Attribute[object], ...]") -> FunctionType:
    """The function; its source is made of the names of fields alone."""
    unfrozen = {"__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
    twin = type(cls.__name__, (cls,), {"__slots__": (), **unfrozen})
    names: dict[str, object] = {
        "_become": object.__setattr__,
        "_twin": twin,
        "_own": cls,
        "_missing": _MISSING,
    }
    ordered = sorted(fields, key=lambda one: bool(one.kw_only))
    parameters, lines = ["self"], ["_become(self, '__class__', _twin)"]
    for one in ordered:
        if one.kw_only and "*" not in parameters:
            parameters.append("*")
        default, value = f"_default_{one.name}", one.alias
        if isinstance(one.default, _FACTORY):
            names[default] = getattr(one.default, "factory")  # noqa: B009 - attrs hides its type
            parameters.append(f"{value}=_missing")
            value = f"{default}() if {value} is _missing else {value}"
        elif one.default is attrs.NOTHING:
            parameters.append(str(value))
        else:
            names[default] = one.default
            parameters.append(f"{value}={default}")
        lines.append(f"self.{one.name} = {value}")
    body = "\n    ".join([*lines, "self.__class__ = _own"])
    exec(f"def __init__({', '.join(parameters)}):\n    {body}", names)  # noqa: S102 - see above
    return cast("FunctionType", names["__init__"])
