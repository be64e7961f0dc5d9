"""Each complaint, injury and surgery as a rule that runs over them sees it."""

import datetime
from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve

from kineticchain.anatomy import Region, Side
from kineticchain.facts import Occasion, Value, Vocabulary
from kineticchain.facts.fact_values import at_region
from kineticchain.record.observation import INTAKE_SLOT, Moment
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
    for complaint, since in state.complaints:
        values = {
            "here.pain": complaint.pain,
            "here.weeks": complaint.weeks,
            "here.joint": complaint.joint,
        }
        yield _here(Occasion.COMPLAINT, complaint.region, complaint.side, values, since)
    for region, since in implied:
        yield _here(Occasion.COMPLAINT, region, Side.BOTH, {}, since)
    for injury in state.injuries:
        values = {"here.days_ago": injury.days_ago}
        happened = _ago(state, injury.days_ago)
        yield _here(Occasion.INJURY, injury.region, injury.side, values, happened)
    for surgery in state.surgeries:
        values = {
            "here.weeks_ago": surgery.weeks_ago,
            "here.weight_bearing": surgery.weight_bearing,
            "here.cleared": surgery.cleared,
        }
        days = None if surgery.weeks_ago is None else 7 * surgery.weeks_ago
        yield _here(Occasion.SURGERY, surgery.region, surgery.side, values, _ago(state, days))


def _ago(state: State, days: int | None) -> Moment | None:
    """The moment so many days before the day of the state."""
    return None if days is None else (state.day - datetime.timedelta(days=days), INTAKE_SLOT)


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
