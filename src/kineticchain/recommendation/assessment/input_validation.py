"""Validation of person, request and history against the knowledge in use."""

import datetime
from collections.abc import Iterable, Iterator

from kineticchain.domain.anatomy import Region
from kineticchain.domain.person import (
    ClinicianResult,
    Complaint,
    Finding,
    History,
    Injury,
    InjuryHappened,
    MorningAfter,
    Person,
    Request,
    Surgery,
    SurgeryDone,
)
from kineticchain.domain.validators import repr_short, unknown_word_fault
from kineticchain.errors import Fault, InvalidInput, likely
from kineticchain.knowledge import Knowledge

FIRST_YEAR, LAST_YEAR = 1900, 2500


MAX_YEARS = 120
"""The largest age that is accepted: nobody older is known."""


def check_input(
    person: Person,
    request: Request,
    history: History,
    knowledge: Knowledge,
    on: datetime.date | None,
) -> None:
    """Raise `InvalidInput` with all faults at once."""
    check_types(person, request, history, on)
    faults = [
        *_equipment_faults("person.equipment", person.equipment, knowledge),
        *_equipment_faults("request.equipment", request.equipment or (), knowledge),
        *_screening_faults("person.screening", person.screening.asked, knowledge),
        *(fault.under("person.facts") for fault in knowledge.vocabulary.faults_in(person.facts)),
        *_region_faults(person, history, knowledge),
        *_goal_faults(request, knowledge),
        *_programme_faults(request, knowledge),
        *_exercise_faults("request.pinned", request.pinned, knowledge),
        *_exercise_faults("request.prefer", request.prefer, knowledge),
        *_exercise_faults("request.avoid", request.avoid, knowledge),
        *_history_faults(history, knowledge),
        *_future_faults(person, on),
    ]
    if history and on is None:
        remedy = "say on=date(...): progress and breaks are counted from it"
        faults.append(Fault("a history needs the day of the plan", where="on", remedy=remedy))
    if faults:
        raise InvalidInput(*faults)


def check_known_ids(person: Person, history: History, knowledge: Knowledge) -> None:
    """Raise `InvalidInput` with all ids of a person and a history that the knowledge lacks."""
    check_types(person, Request(), history, None)
    faults = [
        *_equipment_faults("person.equipment", person.equipment, knowledge),
        *_screening_faults("person.screening", person.screening.asked, knowledge),
        *(fault.under("person.facts") for fault in knowledge.vocabulary.faults_in(person.facts)),
        *_region_faults(person, history, knowledge),
        *_history_faults(history, knowledge),
    ]
    if faults:
        raise InvalidInput(*faults)


def _region_faults(person: Person, history: History, knowledge: Knowledge) -> Iterator[Fault]:
    """Yield a fault for each region that this knowledge lacks.

    Such a region comes from a pack of another knowledge in this process.
    """
    by_kind: dict[str, tuple[Complaint | Injury | Surgery, ...]] = {
        "complaints": person.complaints,
        "injuries": person.injuries,
        "surgeries": person.surgeries,
    }
    stated: list[tuple[str, Region | None]] = [
        (f"person.{kind}[{position}].region", row.region)
        for kind, rows in by_kind.items()
        for position, row in enumerate(rows)
    ]
    for position, event in enumerate(history):
        match event:
            case Finding():
                stated += [
                    (f"history[{position}].complaints[{index}].region", complaint.region)
                    for index, complaint in enumerate(event.complaints)
                ]
            case InjuryHappened() | SurgeryDone() | MorningAfter() | ClinicianResult():
                stated.append((f"history[{position}].region", event.region))
            case _:
                pass
    for where, region in stated:
        if region is not None and region not in knowledge.regions:
            remedy = "add the pack that brings it to the knowledge"
            yield Fault(f"no pack here has the region `{region}`", where, remedy)


def _equipment_faults(where: str, owned: tuple[str, ...], knowledge: Knowledge) -> Iterator[Fault]:
    names = knowledge.equipment_names
    for name in owned:
        if name not in names:
            remedy = likely(name, names) or _by_title(name, knowledge)
            remedy = remedy or "known are " + ", ".join(sorted(names))
            yield Fault(f"no piece of equipment is called `{name}`", where=where, remedy=remedy)


def _by_title(name: str, knowledge: Knowledge) -> str:
    """Return a hint at pieces of equipment whose titles contain a name, such as a counter."""
    wanted = name.replace("_", " ").lower()
    suggestions = [
        f"`{piece.id}` ({piece.title})" for piece in knowledge.equipment if wanted in piece.title
    ]
    return f"did you mean {' or '.join(suggestions)}?" if suggestions else ""


def _screening_faults(where: str, asked: tuple[str, ...], knowledge: Knowledge) -> Iterator[Fault]:
    names = knowledge.screening_names
    for name in asked:
        if name not in names:
            yield Fault(
                f"`{name}` is no screening question", where=where, remedy=likely(name, names)
            )


def check_types(person: object, request: object, history: object, on: object) -> None:
    """Raise `InvalidInput` for arguments of another class, with all faults at once.

    Args:
        person: Has to be a `Person`.
        request: Has to be a `Request`.
        history: Has to be a `History`.
        on: Has to be a date from 1900 to 2500, or None.
    """
    wanted = {
        "person": (person, Person),
        "request": (request, Request),
        "history": (history, History),
    }
    faults = [
        Fault(
            f"a {type(value).__name__} is no {cls.__name__}",
            where=name,
            remedy=f"give {name}={cls.__name__}(...)",
        )
        for name, (value, cls) in wanted.items()
        if not isinstance(value, cls)
    ]
    if on is not None and type(on) is not datetime.date:
        faults.append(
            Fault(f"{repr_short(on)} is not a date", where="on", remedy="use date(2026, 11, 21)")
        )
    elif isinstance(on, datetime.date) and not FIRST_YEAR <= on.year <= LAST_YEAR:
        remedy = f"from {FIRST_YEAR} to {LAST_YEAR}"
        faults.append(Fault("outside of the years that plans are made for", "on", remedy))
    if faults:
        raise InvalidInput(*faults)


def _goal_faults(request: Request, knowledge: Knowledge) -> Iterator[Fault]:
    goals = [goal.id for goal in knowledge.goals]
    if request.goal is not None and request.goal not in goals:
        yield unknown_word_fault("a goal", request.goal, goals, where="request.goal")


def _programme_faults(request: Request, knowledge: Knowledge) -> Iterator[Fault]:
    programmes = list(knowledge.programmes)
    if request.programme is not None and request.programme not in programmes:
        where = "request.programme"
        yield unknown_word_fault("a programme", request.programme, programmes, where=where)


def _history_faults(history: History, knowledge: Knowledge) -> Iterator[Fault]:
    for position, event in enumerate(history):
        where = f"history[{position}]"
        match event:
            case Finding():
                for fault in knowledge.vocabulary.faults_in(event.facts):
                    yield fault.under(f"{where}.facts")
                yield from _screening_faults(f"{where}.screening", event.screening.asked, knowledge)
            case ClinicianResult():
                yield from _result_faults(where, event, knowledge)
            case _:
                pass


def _result_faults(where: str, event: ClinicianResult, knowledge: Knowledge) -> Iterator[Fault]:
    diagnoses = knowledge.diagnoses
    for name in (*event.found, *event.ruled_out):
        if name not in diagnoses:
            yield unknown_word_fault("a diagnosis", name, sorted(diagnoses), where=where)
    if event.allows is not None:
        yield from _exercise_faults(f"{where}.allows", event.allows.exercises, knowledge)


def _future_faults(person: Person, on: datetime.date | None) -> Iterator[Fault]:
    """Yield a fault for each date after the day of the plan, and for an age above `MAX_YEARS`."""
    if type(on) is not datetime.date:
        return
    age = person.age_on(on, stated_on=person.as_of or on)
    if age is not None and age > MAX_YEARS:
        remedy = "give the age as of the day of the intake, or the birth date"
        yield Fault(f"{age} years old on {on}", "person.age", remedy)
    if person.born is not None and person.born > on.isoformat()[: len(person.born)]:
        remedy = "give the day of birth, or plan for a later day"
        yield Fault(f"{person.born} is later than the day of the plan, {on}", "person.born", remedy)
    dates = {"person.as_of": person.as_of, "person.screening.on": person.screening.on}
    for where, day in dates.items():
        if day is not None and day > on:
            remedy = "give the day on which it was, or plan for a later day"
            yield Fault(f"{day} is later than the day of the plan, {on}", where, remedy)


def _exercise_faults(where: str, names: Iterable[str], knowledge: Knowledge) -> Iterator[Fault]:
    for name in names:
        if name not in knowledge.exercises:
            remedy = likely(name, knowledge.exercises) or "use the pack that defines it"
            yield Fault(f"no exercise has the id `{name}`", where=where, remedy=remedy)
