"""All that rules may know of a person: facts, and what they run over."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from attrs import evolve, field, frozen

from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.facts import BindingKind, Value, Vocabulary
from kineticchain.domain.facts.fact_values import at_region
from kineticchain.record.observation import Moment
from kineticchain.record.state import State

FactValues: TypeAlias = Mapping[str, Value]


@frozen
class Binding:
    """One complaint, injury or surgery, as a rule that runs over each of them sees it.

    `since` is the moment of what it rests on: when a complaint was new or became much worse, when
    an injury or operation happened; None where that is not known.
    """

    occasion: BindingKind
    region: Region
    side: Side
    values: Mapping[str, Value] = field(eq=False)
    since: Moment | None = field(default=None, eq=False)


@frozen
class Situation:
    """All that rules may know: facts by name, and each complaint, injury and surgery."""

    state: State
    facts: Mapping[str, Value] = field(repr=False)
    heres: tuple[Binding, ...]

    @property
    def available_equipment(self) -> frozenset[str]:
        """What the equipment counts as, substitutes included."""
        owned = self.facts["equipment"]
        assert isinstance(owned, frozenset)  # noqa: S101 - derived so
        return owned

    @property
    def readings(self) -> tuple["Situation", ...]:
        """The ways to read the person: as known, and with the last values of what is now unsure.

        What either reading restricts or refers counts, so that *unsure* never reassures.
        """
        if not self.state.unsure:
            return (self,)
        return (self, evolve(self, facts={**self.facts, **self.state.unsure}))

    def bindings(
        self, occasion: BindingKind | None
    ) -> tuple[tuple[Binding | None, FactValues], ...]:
        """What a rule runs over, each with all facts that it then sees; once where it is None."""
        if occasion is None:
            return ((None, self.facts),)
        return tuple((here, {**self.facts, **here.values}) for here in self.over(occasion))

    def over(self, occasion: BindingKind) -> tuple[Binding, ...]:
        """The complaints, the injuries or the surgeries."""
        return tuple(here for here in self.heres if here.occasion is occasion)


def bindings_of(
    state: State,
    implied: Iterable[tuple[Region, Moment]],
    facts: Mapping[str, Value],
    vocabulary: Vocabulary,
) -> tuple[Binding, ...]:
    """Each complaint, injury and surgery, with the facts of its region.

    `implied` are regions that hurt, how much is not known, since a symptom or the goal says so.
    """
    regional = [fact.id for fact in vocabulary.types if fact.per_region]
    found = tuple(_bound(state, implied))
    if not regional:
        return found
    return tuple(evolve(one, values={**one.values, **_of(one, regional, facts)}) for one in found)


def _of(here: Binding, regional: Iterable[str], facts: Mapping[str, Value]) -> dict[str, Value]:
    places = ((name, at_region(name, here.region)) for name in regional)
    return {f"here.{name}": facts[place] for name, place in places if place in facts}


def _bound(state: State, implied: Iterable[tuple[Region, Moment]]) -> Iterator[Binding]:
    values: dict[str, Value | None]
    for (complaint, since), worse in zip(state.complaints, state.worsened, strict=True):
        values = {
            "here.pain": complaint.pain,
            "here.weeks": complaint.weeks,
            "here.joint": complaint.joint,
            "here.days_since_worse": None if worse is None else (state.day - worse[0]).days,
        }
        yield _here(BindingKind.COMPLAINT, complaint.region, complaint.side, values, since)
    for region, since in implied:
        yield _here(BindingKind.COMPLAINT, region, Side.BOTH, {}, since)
    for injury, since in zip(state.injuries, state.injured, strict=True):
        values = {"here.days_ago": injury.days_ago}
        yield _here(BindingKind.INJURY, injury.region, injury.side, values, since)
    for surgery, since in zip(state.surgeries, state.operated, strict=True):
        values = {
            "here.weeks_ago": surgery.weeks_ago,
            "here.weight_bearing": surgery.weight_bearing,
            "here.cleared": surgery.cleared,
        }
        yield _here(BindingKind.SURGERY, surgery.region, surgery.side, values, since)


def _here(
    occasion: BindingKind,
    region: Region,
    side: Side,
    values: Mapping[str, Value | None],
    since: Moment | None,
) -> Binding:
    own: dict[str, Value] = {"here.region": region, "here.part": region.part, "here.side": side}
    own.update({name: value for name, value in values.items() if value is not None})
    return Binding(occasion, region, side, own, since)
