"""Each complaint, injury and surgery as a rule that runs over them sees it."""

from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve

from kineticchain.anatomy import Region, Side
from kineticchain.facts import Occasion, Value, Vocabulary
from kineticchain.facts.fact_values import at_region
from kineticchain.record.observation import Moment
from kineticchain.record.situation import Here
from kineticchain.record.state import State


def heres_of(
    state: State,
    implied: Iterable[tuple[Region, Moment]],
    facts: Mapping[str, Value],
    vocabulary: Vocabulary,
) -> tuple[Here, ...]:
    """Each complaint, injury and surgery, with the facts of its region.

    `implied` are regions that hurt, how much is not known, since a symptom or the goal says so.
    """
    regional = [fact.id for fact in vocabulary.types if fact.per_region]
    found = tuple(_bound(state, implied))
    if not regional:
        return found
    return tuple(evolve(one, values={**one.values, **_of(one, regional, facts)}) for one in found)


def _of(here: Here, regional: Iterable[str], facts: Mapping[str, Value]) -> dict[str, Value]:
    places = ((name, at_region(name, here.region)) for name in regional)
    return {f"here.{name}": facts[place] for name, place in places if place in facts}


def _bound(state: State, implied: Iterable[tuple[Region, Moment]]) -> Iterator[Here]:
    values: dict[str, Value | None]
    for (complaint, since), worse in zip(state.complaints, state.worsened, strict=True):
        values = {
            "here.pain": complaint.pain,
            "here.weeks": complaint.weeks,
            "here.joint": complaint.joint,
            "here.days_since_worse": None if worse is None else (state.day - worse[0]).days,
        }
        yield _here(Occasion.COMPLAINT, complaint.region, complaint.side, values, since)
    for region, since in implied:
        yield _here(Occasion.COMPLAINT, region, Side.BOTH, {}, since)
    for injury, since in zip(state.injuries, state.injured, strict=True):
        values = {"here.days_ago": injury.days_ago}
        yield _here(Occasion.INJURY, injury.region, injury.side, values, since)
    for surgery, since in zip(state.surgeries, state.operated, strict=True):
        values = {
            "here.weeks_ago": surgery.weeks_ago,
            "here.weight_bearing": surgery.weight_bearing,
            "here.cleared": surgery.cleared,
        }
        yield _here(Occasion.SURGERY, surgery.region, surgery.side, values, since)


def _here(
    occasion: Occasion,
    region: Region,
    side: Side,
    values: Mapping[str, Value | None],
    since: Moment | None,
) -> Here:
    own: dict[str, Value] = {"here.region": region, "here.part": region.part, "here.side": side}
    own.update({name: value for name, value in values.items() if value is not None})
    return Here(occasion, region, side, own, since)
