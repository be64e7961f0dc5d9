"""Each complaint, injury and surgery as a rule that runs over them sees it."""

import datetime
from collections.abc import Iterable, Mapping

from attrs import evolve

from kineticchain.facts import Value, Vocabulary
from kineticchain.facts.fact_values import at_region
from kineticchain.person.complaint import Complaint, Injury, Surgery
from kineticchain.person.person import Person
from kineticchain.person.situation import Here, Occasion


def heres_of(
    person: Person,
    on: datetime.date | None,
    facts: Mapping[str, Value],
    vocabulary: Vocabulary,
) -> tuple[Here, ...]:
    """Each complaint, injury and surgery, with the facts of its region."""
    regional = [fact.id for fact in vocabulary.types if fact.per_region]
    found = _bound(person, on)
    if not regional:
        return found
    return tuple(evolve(one, values={**one.values, **_of(one, regional, facts)}) for one in found)


def _of(here: Here, regional: Iterable[str], facts: Mapping[str, Value]) -> dict[str, Value]:
    places = ((name, at_region(name, here.region)) for name in regional)
    return {f"here.{name}": facts[place] for name, place in places if place in facts}


def _bound(person: Person, on: datetime.date | None) -> tuple[Here, ...]:
    aged = 0 if on is None or person.as_of is None else max(0, (on - person.as_of).days)
    return tuple(
        [_here(Occasion.COMPLAINT, one, _complaint_values(one, aged)) for one in person.complaints]
        + [
            _here(Occasion.INJURY, one, {"here.days_ago": _plus(one.days_ago, aged)})
            for one in person.injuries
        ]
        + [_here(Occasion.SURGERY, one, _surgery_values(one, aged)) for one in person.surgeries]
    )


def _here(
    occasion: Occasion, thing: Complaint | Injury | Surgery, values: Mapping[str, Value | None]
) -> Here:
    own: dict[str, Value] = {
        "here.region": thing.region,
        "here.part": thing.region.part,
        "here.side": thing.side,
    }
    own.update({name: value for name, value in values.items() if value is not None})
    return Here(occasion, thing.region, thing.side, own)


def _complaint_values(complaint: Complaint, aged: int) -> dict[str, Value | None]:
    weeks = complaint.weeks
    if complaint.days is not None:
        weeks = (complaint.days + aged) // 7
    elif weeks is not None:
        weeks += aged // 7
    return {"here.pain": complaint.pain, "here.weeks": weeks, "here.joint": complaint.joint}


def _surgery_values(surgery: Surgery, aged: int) -> dict[str, Value | None]:
    return {
        "here.weeks_ago": _plus(surgery.weeks_ago, aged // 7),
        "here.weight_bearing": surgery.weight_bearing,
        "here.cleared": surgery.cleared,
    }


def _plus(value: int | None, more: int) -> int | None:
    return None if value is None else value + more
