"""Classes that are filled quickly: the same as with the `__init__` of attrs, and as frozen."""

import copy
import datetime
import pickle
from typing import Any

import attrs
import pytest
from attrs import field, frozen

from kineticchain.progression import Progress, Track
from kineticchain.progression.model.track import Counts, LadderPosition, Memory
from kineticchain.progression.model.training_day import Streaks, TrainingDay, Wanted
from kineticchain.progression.replay.checkpoint import ReplayState
from kineticchain.quick_init import quick_init


@frozen
class Plain:
    """A class with fields of all sorts, filled by attrs."""

    first: int
    second: int = 2
    third: list[int] = field(factory=list)
    fourth: str = field(default="four", kw_only=True)


@quick_init
@frozen
class Quick:
    """The same class, filled quickly."""

    first: int
    second: int = 2
    third: list[int] = field(factory=list)
    fourth: str = field(default="four", kw_only=True)


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ((1,), {}),
        ((1, 3), {"fourth": "five"}),
        ((), {"first": 1, "third": [5]}),
        ((1, 2, [3]), {"fourth": "six"}),
    ],
)
def test_it_holds_what_the_slower_one_holds(values: tuple[Any, ...], named: dict[str, Any]) -> None:
    assert attrs.asdict(Quick(*values, **named)) == attrs.asdict(Plain(*values, **named))


@pytest.mark.parametrize("arguments", [(), (1, 2, [3], "four"), (1, 2, [3], 4, 5)])
def test_wrong_arguments_are_wrong(arguments: tuple[Any, ...]) -> None:
    for cls in (Plain, Quick):
        with pytest.raises(TypeError):
            cls(*arguments)


def test_what_a_factory_makes_is_made_anew() -> None:
    assert Quick(1).third is not Quick(1).third


def test_an_object_is_of_its_class_and_frozen() -> None:
    quick = Quick(1)
    assert type(quick) is Quick
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        quick.first = 2  # type: ignore[misc]  # it is frozen: that is what is tested
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        del quick.first


def test_it_is_equal_hashed_changed_copied_and_pickled_as_ever() -> None:
    counts = Counts(None, None, 1, 2)
    assert counts == Counts(on_rung=1, at_dose=2)
    assert hash(counts) == hash(Counts(on_rung=1, at_dose=2))
    assert attrs.evolve(counts, on_rung=3) == Counts(None, None, 3, 2)
    assert pickle.loads(pickle.dumps(counts)) == copy.deepcopy(counts) == counts  # noqa: S301


@pytest.mark.parametrize(
    "cls",
    [Counts, Memory, LadderPosition, Progress, ReplayState, Streaks, Track, TrainingDay, Wanted],
)
def test_the_states_of_progression_have_slots_and_are_frozen(cls: type) -> None:
    assert "__dict__" not in dir(cls)
    assert "__setattr__" in vars(cls)


def _with_validator() -> Any:
    @frozen
    class Checked:
        checked: int = field(validator=attrs.validators.instance_of(int))

    return Checked


def _with_converter() -> Any:
    @frozen
    class Converted:
        converted: int = field(converter=int)

    return Converted


def _with_field_of_itself() -> Any:
    @frozen
    class Derived:
        first: int
        derived: int = attrs.Factory(lambda self: self.first, takes_self=True)

    return Derived


def _with_field_that_is_no_argument() -> Any:
    @frozen
    class Kept:
        kept: dict[str, datetime.date] = field(factory=dict, init=False)

    return Kept


def _with_check() -> Any:
    @frozen
    class Weighed:
        weight: int

        def __attrs_post_init__(self) -> None:
            assert self.weight > 0

    return Weighed


def _with_cached_hash() -> Any:
    @frozen(cache_hash=True)
    class Hashed:
        value: int

    return Hashed


def test_it_can_have_no_subclass() -> None:
    with pytest.raises(TypeError, match="Special: a class that is filled quickly can have no"):
        type("Special", (Quick,), {})


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (_with_validator, "checked"),
        (_with_converter, "converted"),
        (_with_field_of_itself, "derived"),
        (_with_field_that_is_no_argument, "kept"),
        (_with_check, "__attrs_post_init__"),
        (_with_cached_hash, "_attrs_cached_hash"),
    ],
)
def test_a_field_that_needs_more_is_refused_by_its_name(make: Any, name: str) -> None:
    with pytest.raises(TypeError, match=f"can't be filled quickly: see {name}"):
        quick_init(make())
