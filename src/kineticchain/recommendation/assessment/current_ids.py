"""Present ids in stored data: former ids are replaced, and unknown exercises are skipped.

A pack can rename or remove an exercise, a fact, a piece of equipment or a goal, and rename a
region. Data that an app stored before the change must stay usable. An `Alias` names the present id
of a former id, or retires it.

A log can name an exercise that no pack defines any more; such lines are skipped, because they can
neither move a standing nor weaken a rule. Any other unknown id is an error, since it may be an
alarm that was misspelt.
"""

from collections.abc import Iterable, Iterator
from typing import TypeAlias, TypeVar

from attrs import evolve

from kineticchain.domain.facts import Facts
from kineticchain.domain.facts.fact_values import stem
from kineticchain.domain.person import (
    Allowance,
    ClinicianResult,
    Complaint,
    Event,
    ExerciseLog,
    Finding,
    History,
    Injury,
    InjuryHappened,
    MorningAfter,
    Person,
    PlanIssued,
    Request,
    Screening,
    SessionLog,
    Surgery,
    SurgeryDone,
)
from kineticchain.knowledge import Knowledge
from kineticchain.knowledge.pack import AliasKind
from kineticchain.recommendation.plan.plan_input import PlanInput

L = TypeVar(
    "L",
    bound=Complaint
    | Injury
    | Surgery
    | InjuryHappened
    | SurgeryDone
    | MorningAfter
    | ClinicianResult,
)
"""A complaint, an injury, an operation or an event that states a region."""


def with_current_ids(plan_input: PlanInput, knowledge: Knowledge) -> PlanInput:
    """Return the input of a plan with present ids, without retired ids and unknown exercises.

    Args:
        plan_input: The input as the app gave it.
        knowledge: The present ids, and the former ones.
    """
    person, history, request = plan_input.person, plan_input.history, plan_input.request
    ids = _Ids(knowledge)
    events = [ids.event(event) for event in history]
    changed = any(new is not old for new, old in zip(events, history, strict=True))
    return evolve(
        plan_input,
        person=ids.person(person),
        history=History(event for event in events if event is not None) if changed else history,
        request=ids.request(request),
    )


def skipped_ids(person: Person, history: History, knowledge: Knowledge) -> tuple[str, ...]:
    """Return a sentence for each id that is replaced or skipped, with its place.

    Args:
        person: The person as stored.
        history: The events as stored.
        knowledge: The present ids, and the former ones.
    """
    ids = _Ids(knowledge)
    notes = list(ids.notes_of("person", _named_by_person(person)))
    for index, event in enumerate(history):
        notes += ids.notes_of(f"history[{index}] ({event.on})", _named_by_event(event))
    return tuple(dict.fromkeys(notes))


Named: TypeAlias = Iterable[tuple[AliasKind, str]]


def _named_by_person(person: Person) -> Iterator[tuple[AliasKind, str]]:
    for name in (*person.facts.given(), *person.screening.asked):
        yield AliasKind.FACT, stem(name)
    for piece in person.equipment:
        yield AliasKind.EQUIPMENT, piece
    for complaint in person.complaints:
        yield AliasKind.REGION, complaint.region
    for injury in person.injuries:
        yield AliasKind.REGION, injury.region
    for surgery in person.surgeries:
        yield AliasKind.REGION, surgery.region
    mastered = person.facts.get("mastered")
    for exercise in sorted(mastered) if isinstance(mastered, frozenset) else ():
        yield AliasKind.EXERCISE, exercise


def _named_by_event(event: Event) -> Iterator[tuple[AliasKind, str]]:
    match event:
        case Finding():
            for complaint in event.complaints:
                yield AliasKind.REGION, complaint.region
            for name in (*event.facts.given(), *event.screening.asked):
                yield AliasKind.FACT, stem(name)
        case SessionLog():
            for line in event.lines:
                yield AliasKind.EXERCISE, line.exercise
                if line.substituted_by is not None:
                    yield AliasKind.EXERCISE, line.substituted_by
        case PlanIssued():
            yield from ((AliasKind.EXERCISE, item.exercise) for item in event.items)
            requested = ((AliasKind.GOAL, event.goal), (AliasKind.PROGRAMME, event.programme))
            yield from ((kind, name) for kind, name in requested if name is not None)
        case InjuryHappened() | SurgeryDone() | MorningAfter() | ClinicianResult():
            if event.region is not None:
                yield AliasKind.REGION, event.region
            if isinstance(event, ClinicianResult):
                yield from _named_by_allowance(event.allows)
        case _:
            return


def _named_by_allowance(allowance: Allowance | None) -> Iterator[tuple[AliasKind, str]]:
    for exercise in () if allowance is None else allowance.exercises:
        yield AliasKind.EXERCISE, exercise


class _Ids:
    """The present ids of one knowledge, and the replacement of former ids by them."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.aliases = knowledge.aliases
        self.exercises = knowledge.exercises
        self.vocabulary = knowledge.vocabulary
        self.renames = any(self.aliases.values())

    def notes_of(self, where: str, named: Named) -> Iterator[str]:
        for kind, name in named:
            if name in self.aliases[kind]:
                new = self.aliases[kind][name]
                what = "was retired and is skipped" if new is None else f"is called `{new}` now"
                yield f"{where}: the {kind} `{name}` {what}"
            elif kind is AliasKind.EXERCISE and name not in self.exercises:
                yield f"{where}: no pack has the exercise `{name}`; it is skipped"

    def names(self, kind: AliasKind, names: Iterable[str]) -> tuple[str, ...]:
        """Return present ids, without retired ones."""
        aliases = self.aliases[kind]
        present = (aliases.get(name, name) for name in names)
        return tuple(name for name in present if name is not None)

    def name(self, kind: AliasKind, name: str | None) -> str | None:
        """Return the present id of one name; None if there is no name or it was retired."""
        return None if name is None else next(iter(self.names(kind, [name])), None)

    def known(self, exercise: str) -> str | None:
        """Return the present id of an exercise, or None if no pack has it."""
        present = self.aliases[AliasKind.EXERCISE].get(exercise, exercise)
        return present if present in self.exercises else None

    def person(self, person: Person) -> Person:
        facts = self.facts(person.facts)
        if not self.renames and facts is person.facts:
            return person
        return evolve(
            person,
            facts=facts,
            complaints=tuple(map(self.at_present_region, person.complaints)),
            injuries=tuple(map(self.at_present_region, person.injuries)),
            surgeries=tuple(map(self.at_present_region, person.surgeries)),
            equipment=self.names(AliasKind.EQUIPMENT, person.equipment),
            screening=self.screening(person.screening),
        )

    def at_present_region(self, row: L) -> L:
        """Return a complaint, injury, operation or event at its region's present id."""
        new = self.aliases[AliasKind.REGION].get(row.region or "")
        return row if new is None else evolve(row, region=new)

    def place(self, suffix: str) -> str:
        """Return the end of a fact's name, such as ``.left``, with the present id of a region."""
        new = self.aliases[AliasKind.REGION].get(suffix.removeprefix("."))
        return suffix if new is None else f".{new}"

    def request(self, request: Request) -> Request:
        if not self.renames:
            return request
        equipment = request.equipment
        return evolve(
            request,
            goal=self.name(AliasKind.GOAL, request.goal),
            equipment=None if equipment is None else self.names(AliasKind.EQUIPMENT, equipment),
            programme=self.name(AliasKind.PROGRAMME, request.programme),
            pinned=self.names(AliasKind.EXERCISE, request.pinned),
            prefer=self.names(AliasKind.EXERCISE, request.prefer),
            avoid=self.names(AliasKind.EXERCISE, request.avoid),
        )

    def screening(self, screening: Screening) -> Screening:
        return evolve(screening, asked=self.names(AliasKind.FACT, screening.asked))

    def facts(self, facts: Facts) -> Facts:
        given = facts.given()
        present = {
            name: value
            for old, value in given.items()
            for head in self.names(AliasKind.FACT, [stem(old)])
            for name in [head + self.place(old.removeprefix(stem(old)))]
        }
        for name in present.keys() - given.keys():
            fact, value = self.vocabulary.type_of(name), present[name]
            if fact is not None and value is not None and fact.fault_of(value) is not None:
                present[name] = None  # a renamed fact of another type: *unsure*, and never an error
        mastered = present.get("mastered")
        if isinstance(mastered, frozenset):
            present["mastered"] = frozenset(filter(None, map(self.known, sorted(mastered))))
        return facts if present == given else Facts(present)

    def event(self, event: Event) -> Event | None:
        """Return an event with present ids; the same object if nothing changes.

        None is returned for a result that only allowed exercises that were retired since.
        """
        match event:
            case SessionLog():
                lines = tuple(line for old in event.lines for line in self.line(old))
                return event if lines == event.lines else evolve(event, lines=lines)
            case PlanIssued():
                items = tuple(
                    item if exercise == item.exercise else evolve(item, exercise=exercise)
                    for item in event.items
                    if (exercise := self.known(item.exercise)) is not None
                )
                goal = self.name(AliasKind.GOAL, event.goal)
                programme = self.name(AliasKind.PROGRAMME, event.programme)
                return evolve(event, items=items, goal=goal, programme=programme)
            case Finding() if self.renames:
                screening = self.screening(event.screening)
                complaints = tuple(map(self.at_present_region, event.complaints))
                facts = self.facts(event.facts)
                return evolve(event, facts=facts, complaints=complaints, screening=screening)
            case ClinicianResult(allows=Allowance(exercises=(_, *_))):
                return self.with_present_allowance(self.at_present_region(event))
            case InjuryHappened() | SurgeryDone() | MorningAfter() | ClinicianResult():
                return self.at_present_region(event)
            case _:
                return event

    def with_present_allowance(self, result: ClinicianResult) -> ClinicianResult | None:
        """Return a result whose allowance has present ids; None if nothing is left of the result.

        An allowance that named only retired exercises is left out: without their ids it would allow
        every exercise within its other limits.
        """
        allowance = result.allows
        if allowance is None:
            return result
        exercises = self.names(AliasKind.EXERCISE, allowance.exercises)
        if exercises == allowance.exercises:
            return result
        if exercises:
            return evolve(result, allows=evolve(allowance, exercises=exercises))
        return evolve(result, allows=None) if result.says_more_than_allowed else None

    def line(self, line: ExerciseLog) -> Iterator[ExerciseLog]:
        """Yield a line with present ids; nothing if it names an unknown exercise."""
        exercise = self.known(line.exercise)
        substitute = line.substituted_by
        if substitute is not None:
            substitute = self.known(substitute)
            if substitute is None:
                return
        if (exercise, substitute) == (line.exercise, line.substituted_by):
            yield line
        elif exercise is not None:
            yield evolve(line, exercise=exercise, substituted_by=substitute)
