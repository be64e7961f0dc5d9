"""Events of a history, each with a day and a slot within the day.

The class variable `tag` is the type of an event in documents. The class variable `rank` orders
events of the same day and slot: plans, then mornings, then reports, then sessions.
"""

import datetime
from collections.abc import Iterable, Mapping
from typing import ClassVar, TypeAlias, get_args

from attrs import evolve, field, frozen

from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.exercises import Dose
from kineticchain.domain.facts import Facts
from kineticchain.domain.person.clinician_result import SLOT, ClinicianResult
from kineticchain.domain.person.complaint import Complaint, WeightBearing, read_weight_bearing
from kineticchain.domain.person.readers import (
    bag_of,
    check_side,
    read_facts,
    read_region,
    read_side,
    set_of,
)
from kineticchain.domain.person.screening import UNASKED, Screening, read_screening
from kineticchain.domain.validators import boolean, day, identifier, instance, optional, text, whole
from kineticchain.errors import Fault, InvalidInput


def _read_region_or_none(value: Region | str | None) -> Region | None:
    return None if value is None else read_region(value)


@frozen
class PlannedItem:
    """One exercise of an issued plan.

    Attributes:
        exercise: the id of the exercise.
        side: the prescribed side.
        dose: the prescribed dose; None if it was not recorded.
        days_per_week: the planned training days per week (1 to 7); None if not recorded. Days
            between two sessions planned once a week do not count as missed.

    """

    exercise: str = field(validator=identifier())
    side: Side = field(default=None, converter=read_side)
    dose: Dose | None = field(default=None, validator=optional(instance(Dose)))
    days_per_week: int | None = field(default=None, validator=optional(whole(1, 7)))


def _read_planned(values: Iterable[PlannedItem]) -> tuple[PlannedItem, ...]:
    return set_of(PlannedItem, values, ".items")


@frozen(kw_only=True)
class PlanIssued:
    """An issued plan: the exercises that it prescribed and their frequency.

    Attributes:
        on: the date of issue.
        items: the prescribed exercises.
        sessions_per_week: the planned sessions per week; None if not recorded.
        sessions_per_day: the planned sessions per training day; None if not recorded. On a day with
            more logged slots, attendance counts at most this many sessions.
        pain_ceiling: the highest allowed pain during exercise (0–10); None if not recorded. It
            applies to sessions until the next plan, even if the reason for it has passed.
        goal: the id of the goal; None if there is none, or if not recorded.
        programme: the id of the requested programme; None if there is none.
        slot: the number of the event within the day (1 to 24).

    """

    tag: ClassVar[str] = "plan_issued"
    rank: ClassVar[int] = 0

    on: datetime.date = field(validator=day())
    items: tuple[PlannedItem, ...] = field(default=(), converter=_read_planned)
    sessions_per_week: int | None = field(default=None, validator=optional(whole(0, 42)))
    sessions_per_day: int | None = field(default=None, validator=optional(whole(1, 24)))
    pain_ceiling: int | None = field(default=None, validator=optional(whole(0, 10)))
    goal: str | None = field(default=None, validator=optional(identifier()))
    programme: str | None = field(default=None, validator=optional(identifier()))
    slot: int = field(default=1, validator=SLOT)

    def mirrored(self) -> "PlanIssued":
        """Return a copy with left and right exchanged."""
        return evolve(self, items=[evolve(item, side=item.side.mirrored) for item in self.items])


@frozen
class ExerciseLog:
    """The record of one exercise in a session, on one side. None stands for not recorded.

    Attributes:
        exercise: the id of the planned exercise.
        side: the trained side.
        done: the performed dose.
        pain: the worst pain during the exercise (0–10).
        effort: the perceived exertion (0–10).
        form_ok: True if the form was good.
        touches: how often a hand or foot was put down in a balance exercise.
        best_hold_s: the longest hold in seconds (0 to 3,600).
        unable: True if not a single repetition, second or step was possible; `done` is then None.
        skipped: the reason for skipping the exercise; None if it was done.
        substituted_by: the id of the exercise that was done instead; None if there was none.

    """

    exercise: str = field(validator=identifier())
    side: Side = field(default=None, converter=read_side)
    done: Dose | None = field(default=None, kw_only=True, validator=optional(instance(Dose)))
    pain: int | None = field(default=None, kw_only=True, validator=optional(whole(0, 10)))
    effort: int | None = field(default=None, kw_only=True, validator=optional(whole(0, 10)))
    form_ok: bool | None = field(default=None, kw_only=True, validator=optional(boolean()))
    touches: int | None = field(default=None, kw_only=True, validator=optional(whole(0, 1000)))
    best_hold_s: int | None = field(
        default=None, kw_only=True, validator=optional(whole(0, 3600, "seconds"))
    )
    unable: bool = field(default=False, kw_only=True, validator=boolean())
    skipped: str | None = field(default=None, kw_only=True, validator=optional(text()))
    substituted_by: str | None = field(default=None, kw_only=True, validator=optional(identifier()))

    def __attrs_post_init__(self) -> None:
        """Reject a performed dose of an exercise that was not possible."""
        if self.unable and self.done is not None:
            remedy = "leave `done` out, or say how much was possible"
            raise InvalidInput(Fault("a dose of what was not possible", ".done", remedy))

    @property
    def performed(self) -> str | None:
        """The id of the exercise that was actually done; None if it was skipped."""
        return None if self.skipped is not None else self.substituted_by or self.exercise


def _read_lines(values: Iterable[ExerciseLog]) -> tuple[ExerciseLog, ...]:
    return bag_of(ExerciseLog, values, ".lines")


@frozen(kw_only=True)
class SessionLog:
    """A completed session, with a line for each exercise and side.

    Attributes:
        on: the date.
        lines: the records of the exercises in canonical order. Equal lines add up.
        slot: the number of the session within the day (1 to 24).

    """

    tag: ClassVar[str] = "session"
    rank: ClassVar[int] = 3

    on: datetime.date = field(validator=day())
    lines: tuple[ExerciseLog, ...] = field(default=(), converter=_read_lines)
    slot: int = field(default=1, validator=SLOT)

    @property
    def trained(self) -> bool:
        """True if at least one exercise was done."""
        return any(line.performed is not None for line in self.lines)

    @property
    def worst_pain(self) -> int | None:
        """The worst pain of the lines (0–10); None if no pain was recorded."""
        return max((line.pain for line in self.lines if line.pain is not None), default=None)

    def mirrored(self) -> "SessionLog":
        """Return a copy with left and right exchanged."""
        return evolve(self, lines=[evolve(line, side=line.side.mirrored) for line in self.lines])


@frozen(kw_only=True)
class MorningAfter:
    """The change of symptoms on the morning after training, compared with the usual level.

    Attributes:
        on: the date of the morning; the report is about the latest training day before it.
        change: the change of pain (-10 to 10); positive values are worse.
        region: the region that the report is about; None for all regions that were trained.
        side: the side that the report is about.
        slot: the number of the event within the day (1 to 24).

    """

    tag: ClassVar[str] = "morning_after"
    rank: ClassVar[int] = 1

    on: datetime.date = field(validator=day())
    change: int = field(validator=whole(-10, 10))
    region: Region | None = field(default=None, converter=_read_region_or_none)
    side: Side = field(default=None, converter=read_side)
    slot: int = field(default=1, validator=SLOT)

    def __attrs_post_init__(self) -> None:
        """Reject a side of a midline region."""
        if self.region is not None:
            check_side(self.region, self.side)

    def mirrored(self) -> "MorningAfter":
        """Return a copy with left and right exchanged."""
        return evolve(self, side=self.side.mirrored)


def _read_complaints(values: Iterable[Complaint]) -> tuple[Complaint, ...]:
    return set_of(Complaint, values, ".complaints")


@frozen(kw_only=True)
class Finding:
    """A report about the person: changed facts, complaints or a new screening.

    Facts replace older answers to the same questions. A complaint updates an older complaint of the
    same region and side: the older values that the new complaint does not state, such as the
    duration, are kept. Pain 0 ends a complaint.

    Attributes:
        on: the date of the report.
        facts: the reported facts.
        complaints: the reported complaints.
        screening: the safety questions that were asked.
        slot: the number of the event within the day (1 to 24).

    """

    tag: ClassVar[str] = "finding"
    rank: ClassVar[int] = 2

    on: datetime.date = field(validator=day())
    facts: Facts = field(factory=Facts, converter=read_facts)
    complaints: tuple[Complaint, ...] = field(default=(), converter=_read_complaints)
    screening: Screening = field(default=UNASKED, converter=read_screening)
    slot: int = field(default=1, validator=SLOT)

    def __attrs_post_init__(self) -> None:
        """Reject a screening with a later date than the report."""
        asked_on = self.screening.on
        if asked_on is not None and asked_on > self.on:
            problem = "the screening is later than the finding that reports it"
            raise InvalidInput(Fault(problem, ".screening.on", "give a finding of that day"))

    def mirrored(self) -> "Finding":
        """Return a copy with left and right exchanged."""
        complaints = [
            evolve(complaint, side=complaint.side.mirrored) for complaint in self.complaints
        ]
        return evolve(self, facts=self.facts.mirrored(), complaints=complaints)


@frozen(kw_only=True)
class InjuryHappened:
    """An injury.

    Attributes:
        on: the date of the injury.
        region: the injured region.
        side: the injured side; a paired region without a side is injured on both.
        slot: the number of the event within the day (1 to 24).

    """

    tag: ClassVar[str] = "injury"
    rank: ClassVar[int] = 2

    on: datetime.date = field(validator=day())
    region: Region = field(converter=read_region)
    side: Side = field(default=None, converter=read_side)
    slot: int = field(default=1, validator=SLOT)

    def __attrs_post_init__(self) -> None:
        """Reject a side of a midline region."""
        check_side(self.region, self.side)

    def mirrored(self) -> "InjuryHappened":
        """Return a copy with left and right exchanged."""
        return evolve(self, side=self.side.mirrored)


@frozen(kw_only=True)
class SurgeryDone:
    """An operation and the orders of the surgeon.

    A later `ClinicianResult` replaces the order for weight bearing and the clearance.

    Attributes:
        on: the date of the operation.
        region: the operated region.
        side: the operated side; a paired region without a side counts for both.
        weight_bearing: the order for weight bearing; None for unknown.
        cleared: True if all restrictions are lifted; None for unknown.
        slot: the number of the event within the day (1 to 24).

    """

    tag: ClassVar[str] = "surgery"
    rank: ClassVar[int] = 2

    on: datetime.date = field(validator=day())
    region: Region = field(converter=read_region)
    side: Side = field(default=None, converter=read_side)
    weight_bearing: WeightBearing | None = field(default=None, converter=read_weight_bearing)
    cleared: bool | None = field(default=None, validator=optional(boolean()))
    slot: int = field(default=1, validator=SLOT)

    def __attrs_post_init__(self) -> None:
        """Reject a side of a midline region."""
        check_side(self.region, self.side)

    def mirrored(self) -> "SurgeryDone":
        """Return a copy with left and right exchanged."""
        return evolve(self, side=self.side.mirrored)


Event: TypeAlias = (
    PlanIssued
    | SessionLog
    | MorningAfter
    | Finding
    | InjuryHappened
    | SurgeryDone
    | ClinicianResult
)

EVENT_TYPES: Mapping[str, type[Event]] = {cls.tag: cls for cls in get_args(Event)}
"""The types of events by their tags; readers, writers and schemas follow this table."""
