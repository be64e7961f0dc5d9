"""The front door: what it exports, what it loads, and that its data is frozen."""

import subprocess
import sys
from collections.abc import Iterator
from typing import Any, cast

import attrs
import pytest
from attrs.exceptions import FrozenInstanceError

import kineticchain as kc
import kineticchain.recommendation
from kineticchain import progression, rules
from kineticchain.domain import anatomy, evidence, exercises, facts, person
from kineticchain.domain.exercises import Exercise, Ladder
from kineticchain.domain.exercises.ladder import Rung
from kineticchain.domain.facts import FactType

ROOMS = (
    anatomy,
    evidence,
    exercises,
    facts,
    person,
    progression,
    rules,
    kineticchain.recommendation,
)


def test_names_are_sorted_and_all_there() -> None:
    assert kc.__all__ == sorted(kc.__all__)
    for name in kc.__all__:
        assert getattr(kc, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'recomend'"):
        kc.recomend  # type: ignore[attr-defined]  # noqa: B018 - on purpose


def test_importing_loads_nothing_beyond_attrs_and_the_standard_library() -> None:
    program = "import sys; import kineticchain; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path[:0] = {sys.path!r}; {program}"],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stdout.split())
    ours = {"__main__", "attr", "attrs", "kineticchain"}
    assert loaded - set(sys.stdlib_module_names) - ours == set()


def domain_types() -> Iterator[type]:
    for room in ROOMS:
        for name in room.__all__:
            value = getattr(room, name)
            if isinstance(value, type) and attrs.has(value):
                yield value


@pytest.mark.parametrize("cls", sorted(domain_types(), key=str))
def test_domain_types_are_frozen_and_slotted(cls: type) -> None:
    assert "__slots__" in vars(cls)
    blank: Any = object.__new__(cls)
    with pytest.raises(FrozenInstanceError):
        blank.anything = 3


@pytest.mark.parametrize(
    ("build", "fault"),
    [
        (lambda: attrs.evolve(walking(), targets=()), "no target region"),
        (lambda: attrs.evolve(walking(), steps=()), "no steps"),
        (lambda: attrs.evolve(walking(), evidence=(), sources=()), "neither evidence nor"),
        (lambda: attrs.evolve(walking(), alternating=True), "sides alternate, yet it has none"),
        (lambda: attrs.evolve(walking(), title="a\u202eb"), "without control characters"),
        (lambda: attrs.evolve(walking(), id="a b"), "is not an id"),
        (lambda: attrs.evolve(walking(), traits=cast("Any", ["x"])), "is not a list"),
        (lambda: exercises.Span(3, 2), "from 3 down to 2"),
        (lambda: Rung(exercise="x", axis=()), "no dose"),
        (lambda: attrs.evolve(ladder(), rungs=()), "a ladder without rungs"),
        (lambda: attrs.evolve(ladder(), rungs=ladder().rungs[1:]), "does not say what gets"),
        (lambda: attrs.evolve(ladder(), rungs=ladder().rungs[:2] * 2), "on two rungs"),
        (lambda: facts.Vocabulary((fever(), fever())), "defined twice"),
        (lambda: attrs.evolve(fever(), reassuring=None), "without its reassuring value"),
        (lambda: attrs.evolve(fever(), reassuring="no"), "is not true or false"),
        (lambda: rules.rule(id="x", because="b")(lambda _: ()), "neither evidence nor a source"),
    ],
)
def test_knowledge_is_checked_when_built(build: object, fault: str) -> None:
    assert callable(build)
    with pytest.raises(kc.InvalidInput) as caught:
        build()
    assert fault in str(caught.value)


def walking() -> Exercise:
    return kc.Knowledge.builtin().exercise("walking")


def ladder() -> Ladder:
    return kc.Knowledge.builtin().ladder_of("tandem_stance")


def fever() -> FactType:
    return kc.Knowledge.builtin().vocabulary.by_id["fever"]


def test_an_unknown_exercise_is_named_with_the_likely_one() -> None:
    with pytest.raises(kc.UnknownName, match="did you mean `walking`"):
        kc.Knowledge.builtin().exercise("walkin")
    with pytest.raises(kc.UnknownName, match="no message has the id `hello`"):
        kc.Knowledge.builtin().catalog.say("hello")


def test_a_source_reads_as_a_reference() -> None:
    sources = kc.Knowledge.builtin().sources
    assert str(sources["SEED3"]) == (
        "Xero Shoes (unsigned). 5 Easy To Do Foot Exercises To Relieve Back, Hip & Knee Pain"
        " [interest: sells the footwear that it praises]"
    )
    assert "(2003). JBJS Am 85:872-877" in str(sources["Riddle2003"])
