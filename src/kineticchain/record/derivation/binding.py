"""Situation and bindings: the facts of a person, and the subjects that rules run over."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from attrs import evolve, field, frozen

from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.facts import BindingKind, Value, Vocabulary
from kineticchain.domain.facts.fact_values import at_region
from kineticchain.record.observation import Moment
from kineticchain.record.orders import WEIGHT
from kineticchain.record.state import State

FactValues: TypeAlias = Mapping[str, Value]


@frozen
class Binding:
    """One complaint, injury or surgery that ``here`` is bound to while a rule runs over it.

    Attributes:
        occasion: Kind of the subject: complaint, injury or surgery.
        region: Region of the subject.
        side: Side of the subject.
        values: Facts under ``here.…`` names.
        since: Moment at which a complaint was new or became much worse, or at which an injury or
            operation happened; None if unknown.

    """

    occasion: BindingKind
    region: Region
    side: Side
    values: Mapping[str, Value] = field(eq=False)
    since: Moment | None = field(default=None, eq=False)


@frozen
class Situation:
    """Everything that rules can read: facts by name, and each complaint, injury and surgery.

    Attributes:
        state: State of the record that the facts were derived from.
        facts: Known facts by name; a missing name is unknown.
        all_bindings: Bindings of all complaints, injuries and surgeries.

    """

    state: State
    facts: Mapping[str, Value] = field(repr=False)
    all_bindings: tuple[Binding, ...]

    @property
    def available_equipment(self) -> frozenset[str]:
        """Ids of the available equipment, and of the equipment that it can substitute."""
        owned = self.facts["equipment"]
        assert isinstance(owned, frozenset)  # noqa: S101 - derived so
        return owned

    @property
    def readings(self) -> tuple["Situation", ...]:
        """The situations that rules are evaluated on, because some facts may be unsure.

        The first has the known facts, the second also the last known values of unsure facts. The
        restrictions and referrals of both count, so that *unsure* never reassures. If no fact is
        unsure, there is only the first.
        """
        if not self.state.unsure:
            return (self,)
        return (self, evolve(self, facts={**self.facts, **self.state.unsure}))

    def bindings(
        self, occasion: BindingKind | None
    ) -> tuple[tuple[Binding | None, FactValues], ...]:
        """Return the bindings that a rule runs over, each with all facts visible under it.

        Args:
            occasion: Kind of subject that the rule runs over; None for a rule that runs once.

        Returns:
            Pairs of binding and facts; one pair without a binding if `occasion` is None.

        """
        if occasion is None:
            return ((None, self.facts),)
        return tuple((binding, {**self.facts, **binding.values}) for binding in self.over(occasion))

    def over(self, occasion: BindingKind) -> tuple[Binding, ...]:
        """Return the bindings of one kind: complaints, injuries or surgeries."""
        return tuple(binding for binding in self.all_bindings if binding.occasion is occasion)


def bindings_of(
    state: State,
    implied: Iterable[tuple[Region, Moment]],
    facts: Mapping[str, Value],
    vocabulary: Vocabulary,
) -> tuple[Binding, ...]:
    """Return a binding for each complaint, injury and surgery, with the facts of its region.

    Args:
        state: State of the record.
        implied: Painful regions of unknown pain, implied by a symptom or the goal, with the moment
            of each; each gives a complaint on both sides.
        facts: Known facts by name, facts per region included.
        vocabulary: Types of facts.

    """
    regional = [fact.id for fact in vocabulary.types if fact.per_region]
    bindings = tuple(_bindings(state, implied))
    if not regional:
        return bindings
    return tuple(
        evolve(
            binding, values={**binding.values, **_regional_values(binding.region, regional, facts)}
        )
        for binding in bindings
    )


def _regional_values(
    region: Region, names: Iterable[str], facts: Mapping[str, Value]
) -> dict[str, Value]:
    """Return the known facts of one region under their ``here.…`` names."""
    full_names = ((name, at_region(name, region)) for name in names)
    return {
        f"here.{name}": facts[full_name] for name, full_name in full_names if full_name in facts
    }


def _bindings(state: State, implied: Iterable[tuple[Region, Moment]]) -> Iterator[Binding]:
    """Yield the bindings without facts per region."""
    values: dict[str, Value | None]
    for (complaint, since), worse in zip(state.complaints, state.worsened, strict=True):
        values = {
            "here.pain": complaint.pain,
            "here.weeks": complaint.weeks,
            "here.joint": complaint.joint,
            "here.days_since_worse": None if worse is None else (state.day - worse[0]).days,
        }
        yield _binding(BindingKind.COMPLAINT, complaint.region, complaint.side, values, since)
    for region, since in implied:
        yield _binding(BindingKind.COMPLAINT, region, Side.BOTH, {}, since)
    for injury, since in zip(state.injuries, state.injured, strict=True):
        values = {"here.days_ago": injury.days_ago}
        yield _binding(BindingKind.INJURY, injury.region, injury.side, values, since)
    for surgery, since in zip(state.surgeries, state.operated, strict=True):
        values = {
            "here.weeks_ago": surgery.weeks_ago,
            "here.weight_bearing": surgery.weight_bearing or _weight_answered(state, since),
            "here.cleared": surgery.cleared,
        }
        yield _binding(BindingKind.SURGERY, surgery.region, surgery.side, values, since)


def _weight_answered(state: State, since: Moment) -> Value | None:
    """Return the stated `weight_bearing`, which counts for an operation without an order.

    It counts only if it was stated at the moment of the operation or later; otherwise None.
    """
    answered = state.stated.get(WEIGHT)
    return state.facts.get(WEIGHT) if answered is not None and answered >= since else None


def _binding(
    occasion: BindingKind,
    region: Region,
    side: Side,
    values: Mapping[str, Value | None],
    since: Moment | None,
) -> Binding:
    """Return a binding. A value of None is unknown and left out."""
    known_values: dict[str, Value] = {
        "here.region": region,
        "here.part": region.part,
        "here.side": side,
    }
    known_values.update({name: value for name, value in values.items() if value is not None})
    return Binding(occasion, region, side, known_values, since)
