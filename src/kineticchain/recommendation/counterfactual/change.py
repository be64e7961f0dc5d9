"""Changes of the input of a plan."""

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
    """A change that gives a fact another value: an answer to a question, or a measure."""

    fact: str = field(validator=identifier())
    value: Value

    def applied(self, asked: PlanInput) -> PlanInput:
        """Return the input with the change, stated on the day of the plan if it has a history."""
        facts = Facts({self.fact: self.value}) if stem(self.fact) == self.fact else _sided(self)
        if asked.on is None or not asked.history:
            person = evolve(asked.person, facts=asked.person.facts.updated(facts.given()))
            return evolve(asked, person=person)
        finding = Finding(on=asked.on, facts=facts, slot=_LAST_SLOT)
        return evolve(asked, history=asked.history.with_events(finding))

    def __str__(self) -> str:
        """Return a text such as ``fall_last_12m = false``."""
        return f"{self.fact} = {value_text(self.value)}"


@frozen
class SetEquipment:
    """A change that adds or removes a piece of equipment."""

    piece: str = field(validator=identifier())
    there: bool = True

    def applied(self, asked: PlanInput) -> PlanInput:
        """Return the input with the change, in the request if the request states equipment."""
        in_request = asked.request.equipment is not None
        owned = asked.request.equipment if in_request else asked.person.equipment
        remaining = {piece for piece in owned or () if piece != self.piece}
        pieces = sorted({*remaining, self.piece} if self.there else remaining)
        if in_request:
            return evolve(asked, request=evolve(asked.request, equipment=pieces))
        return evolve(asked, person=evolve(asked.person, equipment=pieces))

    def __str__(self) -> str:
        """Return a text such as ``with towel``."""
        return f"{'with' if self.there else 'without'} {self.piece}"


@frozen
class SetPain:
    """A change of the pain of a complaint (0–10); at 0 the complaint is gone."""

    region: Region = field(converter=read_region)
    side: Side = field(converter=read_side)
    pain: int = field(validator=whole(0, 10))

    def applied(self, asked: PlanInput) -> PlanInput:
        """Return the input with the change, stated on the day of the plan if it has a history."""
        complaint_now = Complaint(self.region, side=self.side, pain=self.pain)
        if asked.on is not None and asked.history:
            finding = Finding(on=asked.on, complaints=[complaint_now], slot=_LAST_SLOT)
            return evolve(asked, history=asked.history.with_events(finding))
        place = (self.region, self.side)
        other_complaints = [
            complaint
            for complaint in asked.person.complaints
            if (complaint.region, complaint.side) != place
        ]
        stated = [
            complaint
            for complaint in asked.person.complaints
            if (complaint.region, complaint.side) == place
        ]
        hurts = [evolve(complaint, pain=self.pain) for complaint in stated] or [complaint_now]
        complaints = [*other_complaints, *(hurts if self.pain else ())]
        return evolve(asked, person=evolve(asked.person, complaints=complaints))

    def __str__(self) -> str:
        """Return a text such as ``pain 2 of 10: heel, right``."""
        side = "" if self.side is Side.BOTH else f", {self.side}"
        return f"pain {self.pain} of 10: {self.region}{side}"


@frozen
class SetMinutes:
    """A change of the minutes that a session may last."""

    minutes: int = field(validator=whole(1, 240, "minutes"))

    def applied(self, asked: PlanInput) -> PlanInput:
        """Return the input with the minutes in its request."""
        return evolve(asked, request=evolve(asked.request, minutes=self.minutes))

    def __str__(self) -> str:
        """Return a text such as ``12 minutes a session``."""
        return f"{self.minutes} minutes a session"


@frozen
class ClearScreening:
    """A change that answers every safety question reassuringly."""

    def applied(self, asked: PlanInput) -> PlanInput:
        """Return the input with the change, dated to the day of the plan if it has a history."""
        screened = evolve(CLEAR, on=asked.on) if asked.history else CLEAR
        person: Person = evolve(asked.person, screening=screened)
        return evolve(asked, person=person)

    def __str__(self) -> str:
        """Return the change in words."""
        return "all safety questions answered reassuringly"


@frozen
class PreferExercise:
    """A change that adds an exercise to the preferred ones."""

    exercise: str = field(validator=identifier())

    def applied(self, asked: PlanInput) -> PlanInput:
        """Return the input with the preference in its request."""
        preferred = [*asked.request.prefer, self.exercise]
        return evolve(asked, request=evolve(asked.request, prefer=preferred))

    def __str__(self) -> str:
        """Return a text such as ``preferring walking``."""
        return f"preferring {self.exercise}"


@frozen
class ReplaceRequest:
    """A change of the whole request, such as to another goal, place or number of days."""

    request: Request = field(validator=instance(Request))

    def applied(self, asked: PlanInput) -> PlanInput:
        """Return the input with the new request."""
        return evolve(asked, request=self.request)

    def __str__(self) -> str:
        """Return the change in words."""
        return "another request"


Change: TypeAlias = (
    SetFact | SetEquipment | SetPain | SetMinutes | ClearScreening | PreferExercise | ReplaceRequest
)
"""One change of the input of a plan."""


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
