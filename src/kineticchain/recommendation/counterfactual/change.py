"""Changes of what a plan was asked for with."""

from collections.abc import Iterable
from typing import TypeAlias, get_args

from attrs import evolve, field, frozen

from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.facts import Facts, Value
from kineticchain.domain.facts.fact_values import stem, value_text
from kineticchain.domain.person import Complaint, Finding, Person, Request
from kineticchain.domain.person.readers import read_region, read_side
from kineticchain.domain.person.screening import CLEAR
from kineticchain.domain.validators import identifier, instance, repr_short, whole
from kineticchain.errors import Fault, InvalidInput
from kineticchain.recommendation.plan.plan_input import PlanInput

_LAST_SLOT = 24


@frozen
class SetFact:
    """A fact gets another value: an answer to a question, or a measure."""

    fact: str = field(validator=identifier())
    value: Value

    def applied(self, asked: PlanInput) -> PlanInput:
        """Told on the day of the plan where there is a history, else from the start."""
        facts = Facts({self.fact: self.value}) if stem(self.fact) == self.fact else _sided(self)
        if asked.on is None or not asked.history:
            person = evolve(asked.person, facts=asked.person.facts.updated(facts.given()))
            return evolve(asked, person=person)
        finding = Finding(on=asked.on, facts=facts, slot=_LAST_SLOT)
        return evolve(asked, history=asked.history.with_events(finding))

    def __str__(self) -> str:
        """Such as ``fall_last_12m = false``."""
        return f"{self.fact} = {value_text(self.value)}"


@frozen
class SetEquipment:
    """A piece of equipment is there, or is not."""

    piece: str = field(validator=identifier())
    there: bool = True

    def applied(self, asked: PlanInput) -> PlanInput:
        """In the place of the request if it names one, else in the person's."""
        placed = asked.request.equipment is not None
        owned = asked.request.equipment if placed else asked.person.equipment
        kept = {piece for piece in owned or () if piece != self.piece}
        pieces = sorted({*kept, self.piece} if self.there else kept)
        if placed:
            return evolve(asked, request=evolve(asked.request, equipment=pieces))
        return evolve(asked, person=evolve(asked.person, equipment=pieces))

    def __str__(self) -> str:
        """Such as ``with towel``."""
        return f"{'with' if self.there else 'without'} {self.piece}"


@frozen
class SetPain:
    """A complaint hurts so much (0–10); at 0 it is gone."""

    region: Region = field(converter=read_region)
    side: Side = field(converter=read_side)
    pain: int = field(validator=whole(0, 10))

    def applied(self, asked: PlanInput) -> PlanInput:
        """Told on the day of the plan where there is a history, else from the start."""
        now = Complaint(self.region, side=self.side, pain=self.pain)
        if asked.on is not None and asked.history:
            finding = Finding(on=asked.on, complaints=[now], slot=_LAST_SLOT)
            return evolve(asked, history=asked.history.with_events(finding))
        place = (self.region, self.side)
        others = [
            complaint
            for complaint in asked.person.complaints
            if (complaint.region, complaint.side) != place
        ]
        told = [
            complaint
            for complaint in asked.person.complaints
            if (complaint.region, complaint.side) == place
        ]
        hurts = [evolve(complaint, pain=self.pain) for complaint in told] or [now]
        complaints = [*others, *(hurts if self.pain else ())]
        return evolve(asked, person=evolve(asked.person, complaints=complaints))

    def __str__(self) -> str:
        """Such as ``pain 2 of 10: heel, right``."""
        side = "" if self.side is Side.BOTH else f", {self.side}"
        return f"pain {self.pain} of 10: {self.region}{side}"


@frozen
class SetMinutes:
    """A session may last so many minutes."""

    minutes: int = field(validator=whole(1, 240, "minutes"))

    def applied(self, asked: PlanInput) -> PlanInput:
        """In the request."""
        return evolve(asked, request=evolve(asked.request, minutes=self.minutes))

    def __str__(self) -> str:
        """Such as ``12 minutes a session``."""
        return f"{self.minutes} minutes a session"


@frozen
class ClearScreening:
    """Every safety question is answered reassuringly."""

    def applied(self, asked: PlanInput) -> PlanInput:
        """Answered on the day of the plan where there is a history, else from the start."""
        screened = evolve(CLEAR, on=asked.on) if asked.history else CLEAR
        person: Person = evolve(asked.person, screening=screened)
        return evolve(asked, person=person)

    def __str__(self) -> str:
        """In words."""
        return "all safety questions answered reassuringly"


@frozen
class PreferExercise:
    """An exercise is wished for."""

    exercise: str = field(validator=identifier())

    def applied(self, asked: PlanInput) -> PlanInput:
        """In the request."""
        preferred = [*asked.request.prefer, self.exercise]
        return evolve(asked, request=evolve(asked.request, prefer=preferred))

    def __str__(self) -> str:
        """Such as ``preferring walking``."""
        return f"preferring {self.exercise}"


@frozen
class ReplaceRequest:
    """Something else is asked for: another goal, place, number of days, or wish."""

    request: Request = field(validator=instance(Request))

    def applied(self, asked: PlanInput) -> PlanInput:
        """Instead of the request."""
        return evolve(asked, request=self.request)

    def __str__(self) -> str:
        """In words."""
        return "another request"


Change: TypeAlias = (
    SetFact | SetEquipment | SetPain | SetMinutes | ClearScreening | PreferExercise | ReplaceRequest
)
"""One change of what a plan was asked for with."""


def applied(asked: PlanInput, changes: Iterable[Change]) -> PlanInput:
    """Return the input with all changes applied.

    Raises `InvalidInput` unless `changes` is a list of changes.
    """
    remedy = "give a list, such as [SetMinutes(5)]"
    if isinstance(changes, get_args(Change)) or not isinstance(changes, Iterable):
        raise InvalidInput(Fault(f"{repr_short(changes)} is no list of changes", "changes", remedy))
    for change in changes:
        if not isinstance(change, get_args(Change)):
            raise InvalidInput(Fault(f"{repr_short(change)} is no change", "changes", remedy))
        asked = change.applied(asked)
    return asked


def _sided(answer: SetFact) -> Facts:
    name, _, place = answer.fact.rpartition(".")
    value = answer.value
    return Facts({name: {place: None if isinstance(value, frozenset) else value}})
