"""Types of the facts derived from person, request and history.

Names under ``here.…`` are bound while a rule runs over a complaint, injury or surgery.
"""

from attrs import evolve

from kineticchain.domain.anatomy import Part, Region, Side
from kineticchain.domain.facts import BindingKind, FactClass, FactKind, FactType, Vocabulary
from kineticchain.domain.person.complaint import WeightBearing
from kineticchain.domain.person.person import Sex


def _boolean(name: str) -> FactType:
    return FactType(id=name, kind=FactKind.BOOLEAN, fact_class=FactClass.DERIVED)


def _number(name: str, high: float, unit: str, low: float = 0) -> FactType:
    return FactType(
        id=name,
        kind=FactKind.NUMBER,
        fact_class=FactClass.DERIVED,
        low=low,
        high=high,
        unit=unit,
        integral=True,
    )


def _one_of(name: str, options: tuple[str, ...], *, ordered: bool = False) -> FactType:
    return FactType(
        id=name,
        kind=FactKind.ONE_OF,
        fact_class=FactClass.DERIVED,
        options=options,
        ordered=ordered,
    )


def _set_of(name: str, options: tuple[str, ...] = ()) -> FactType:
    return FactType(id=name, kind=FactKind.SET_OF, fact_class=FactClass.DERIVED, options=options)


def person_facts(
    goals: tuple[str, ...],
    diagnoses: tuple[str, ...],
    equipment: tuple[str, ...],
    regions: tuple[Region, ...],
) -> tuple[FactType, ...]:
    """Return the types of all facts derived from a person as a whole.

    Args:
        goals: The ids of the goals.
        diagnoses: The ids of the diagnoses.
        equipment: The ids of all pieces of equipment.
        regions: All regions of the body.

    """
    return (
        FactType(
            id="age",
            kind=FactKind.NUMBER,
            fact_class=FactClass.DERIVED,
            low=0,
            high=120,
            integral=True,
            unit="years",
            question="How old are you?",
        ),
        _one_of("sex", tuple(Sex)),
        _set_of("equipment", equipment),
        _one_of("goal", goals),
        _number("minutes", 240, "minutes", low=1),
        _set_of("painful_regions", regions),
        _set_of("painful_regions.within_1", regions),
        _set_of("painful_regions.within_2", regions),
        _set_of("painful_parts", tuple(Part)),
        _number("worst_pain", 10, ""),
        _number("longest_complaint_weeks", 5300, "weeks"),
        _set_of("concerned_regions", regions),
        _set_of("concerned_parts", tuple(Part)),
        _set_of("injured_regions", regions),
        _set_of("operated_regions", regions),
        _set_of("injured_parts", tuple(Part)),
        _set_of("operated_parts", tuple(Part)),
        evolve(_boolean("recovering"), per_side=True),
        _boolean("operated_within_12_weeks"),
        _set_of("diagnosed", diagnoses),
        _boolean("not_cleared"),
        _number("days_since_last_session", 40_000, "days"),
        _number("training_days", 100_000, "days"),
        _number("last_session_pain", 10, ""),
        _boolean("pain_rising_three_sessions"),
        _number("painful_days_in_a_row", 100_000, "days"),
        _boolean("fell_in_training"),
        _boolean("warning_in_training"),
        _boolean("screening_lapsed"),
        _number("attendance", 100, "per cent"),
        _number("weeks_in_training", 5300, "weeks"),
        _number("pain_relieved", 10, "", low=-10),
    )


def here_facts(vocabulary: Vocabulary, kind: BindingKind | None = None) -> tuple[FactType, ...]:
    """Return the types of ``here.…`` facts, including those per region.

    Args:
        vocabulary: Types of facts; each type per region gets a ``here.…`` twin.
        kind: The kind of binding whose facts are returned; None for the facts of all kinds.

    """
    regional = tuple(
        evolve(fact, id=f"here.{fact.id}", per_region=False)
        for fact in vocabulary.types
        if fact.per_region
    )
    foreign = {
        name
        for binding_kind, names in _HERE_OF.items()
        if kind not in {None, binding_kind}
        for name in names
    }
    facts_of_kind = tuple(fact for fact in HERE_FACTS if fact.id not in foreign)
    return (_one_of("here.region", vocabulary.regions), *facts_of_kind, *regional)


_HERE_OF = {
    BindingKind.COMPLAINT: ("here.pain", "here.weeks", "here.days_since_worse", "here.joint"),
    BindingKind.INJURY: ("here.days_ago",),
    BindingKind.SURGERY: ("here.weeks_ago", "here.weight_bearing", "here.cleared"),
}
"""Facts that only bindings of one kind have."""

HERE_FACTS: tuple[FactType, ...] = (
    _one_of("here.part", tuple(Part)),
    _one_of("here.side", tuple(Side)),
    _number("here.pain", 10, ""),
    _number("here.weeks", 5300, "weeks"),
    _number("here.days_since_worse", 40_000, "days"),
    _number("here.days_ago", 40_000, "days"),
    _number("here.weeks_ago", 5300, "weeks"),
    _one_of("here.weight_bearing", tuple(WeightBearing)),
    _boolean("here.cleared"),
    _boolean("here.joint"),
)
"""Facts of a binding besides its region and the facts per region."""
