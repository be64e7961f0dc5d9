"""Attributes of exercises as facts that conditions can read."""

from collections.abc import Iterable, Mapping

from kineticchain.domain.anatomy import KineticChain, Part, Region
from kineticchain.domain.exercises.exercise import (
    Base,
    Exercise,
    Kind,
    LoadClass,
    Position,
    Support,
    Surface,
    Vision,
)
from kineticchain.domain.facts import FactClass, FactKind, FactType, Value


def exercise_attributes(exercise: Exercise, chain: KineticChain) -> Mapping[str, Value]:
    """Return all attributes of an exercise by fact name; no attribute is unknown.

    ``exercise.regions.within_1`` and ``exercise.regions.within_2`` contain the regions of the
    exercise and all regions within one or two links of them on the kinetic chain.
    """
    regions = frozenset(exercise.regions)
    return {
        "exercise.id": exercise.id,
        "exercise.kind": exercise.kind,
        "exercise.load": exercise.load,
        **{f"exercise.load.{region}": exercise.load_on(region) for region in chain.all_regions},
        "exercise.position": exercise.position,
        "exercise.support": exercise.support,
        "exercise.base": exercise.base,
        "exercise.surface": exercise.surface,
        "exercise.vision": exercise.vision,
        "exercise.forefoot": exercise.forefoot,
        "exercise.knee_bend": exercise.knee_bend,
        "exercise.hip_bend": exercise.hip_bend,
        "exercise.barefoot": exercise.barefoot,
        "exercise.unilateral": exercise.unilateral,
        "exercise.equipment": frozenset(piece for group in exercise.needs for piece in group),
        "exercise.traits": frozenset(exercise.traits),
        "exercise.targets": frozenset(region for region, _ in exercise.targets),
        "exercise.regions": regions,
        "exercise.regions.within_1": reach_of(exercise, chain),
        "exercise.regions.within_2": chain.within(regions, 2),
        "exercise.parts": frozenset(region.part for region in regions),
    }


def reach_of(exercise: Exercise, chain: KineticChain) -> frozenset[Region]:
    """Return the regions of an exercise and their neighbours on the kinetic chain."""
    return chain.within(exercise.regions, 1)


def attribute_types(
    exercises: Iterable[Exercise], equipment: Iterable[str], regions: tuple[Region, ...]
) -> tuple[FactType, ...]:
    """Return the fact types of the attributes.

    Args:
        exercises: all exercises; conditions can name their ids and their traits.
        equipment: the ids of all pieces of equipment.
        regions: all regions of the body.

    """
    members = tuple(exercises)
    traits = sorted({trait for exercise in members for trait in exercise.traits})
    return (
        _attribute("id", FactKind.ONE_OF, tuple(exercise.id for exercise in members)),
        _attribute("kind", FactKind.ONE_OF, tuple(Kind)),
        _attribute("load", FactKind.ONE_OF, tuple(LoadClass), ordered=True),
        *(
            _attribute(f"load.{region}", FactKind.ONE_OF, tuple(LoadClass), ordered=True)
            for region in regions
        ),
        _attribute("position", FactKind.ONE_OF, tuple(Position)),
        _attribute("support", FactKind.ONE_OF, tuple(Support)),
        _attribute("base", FactKind.ONE_OF, tuple(Base)),
        _attribute("surface", FactKind.ONE_OF, tuple(Surface)),
        _attribute("vision", FactKind.ONE_OF, tuple(Vision)),
        _attribute("forefoot", FactKind.BOOLEAN),
        _degrees("knee_bend", 160),
        _degrees("hip_bend", 140),
        _attribute("barefoot", FactKind.BOOLEAN),
        _attribute("unilateral", FactKind.BOOLEAN),
        _attribute("equipment", FactKind.SET_OF, tuple(equipment)),
        _attribute("traits", FactKind.SET_OF, tuple(traits)),
        _attribute("targets", FactKind.SET_OF, regions),
        _attribute("regions", FactKind.SET_OF, regions),
        _attribute("regions.within_1", FactKind.SET_OF, regions),
        _attribute("regions.within_2", FactKind.SET_OF, regions),
        _attribute("parts", FactKind.SET_OF, tuple(Part)),
    )


def _attribute(
    name: str, kind: FactKind, options: tuple[str, ...] = (), *, ordered: bool = False
) -> FactType:
    return FactType(
        id=f"exercise.{name}",
        kind=kind,
        fact_class=FactClass.DERIVED,
        options=options,
        ordered=ordered,
    )


def _degrees(name: str, high: int) -> FactType:
    return FactType(
        id=f"exercise.{name}",
        kind=FactKind.NUMBER,
        fact_class=FactClass.DERIVED,
        low=0,
        high=high,
        unit="degrees",
        integral=True,
    )
