"""What happened, by day and slot of the day."""

import datetime
from collections.abc import Iterable
from typing import ClassVar, TypeAlias

from attrs import evolve, field, frozen

from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.exercises import Dose
from kineticchain.domain.facts import Facts
from kineticchain.domain.person.clinician_result import SLOT, ClinicianResult
from kineticchain.domain.person.complaint import Complaint, WeightBearing, read_weight_bearing
from kineticchain.domain.person.readers import (
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
    """One exercise of a plan that was issued."""

    exercise: str = field(validator=identifier())
    side: Side = field(default=None, converter=read_side)
    dose: Dose | None = field(default=None, validator=optional(instance(Dose)))


def _read_planned(values: Iterable[PlannedItem]) -> tuple[PlannedItem, ...]:
    return set_of(PlannedItem, values, ".items")


@frozen(kw_only=True)
class PlanIssued:
    """A plan was handed out; what it asked for, and how often a week.

    `pain_ceiling` is what it allowed: sessions are judged by it until the next plan, though the
    reason for a lower one may have passed by then.
    """

    rank: ClassVar[int] = 0

    on: datetime.date = field(validator=day())
    items: tuple[PlannedItem, ...] = field(default=(), converter=_read_planned)
    sessions_per_week: int | None = field(default=None, validator=optional(whole(0, 42)))
    pain_ceiling: int | None = field(default=None, validator=optional(whole(0, 10)))
    slot: int = field(default=1, validator=SLOT)

    def mirrored(self) -> "PlanIssued":
        """The same plan with left and right exchanged."""
        return evolve(self, items=[evolve(one, side=one.side.mirrored) for one in self.items])


@frozen
class ExerciseLog:
    """What was done of one exercise on one side.

    `done` is the dose that was done; None where that was not noted. `pain` is the worst
    pain during (0–10), `effort` is perceived exertion (0–10). `touches` counts hands and
    feet put down in a balance; `best_hold_s` is the longest hold. `skipped` tells why it
    was left out.
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
    skipped: str | None = field(default=None, kw_only=True, validator=optional(text()))
    substituted_by: str | None = field(default=None, kw_only=True, validator=optional(identifier()))

    @property
    def performed(self) -> str | None:
        """The exercise that was really done; None where it was skipped."""
        return None if self.skipped is not None else self.substituted_by or self.exercise


def _read_lines(values: Iterable[ExerciseLog]) -> tuple[ExerciseLog, ...]:
    return set_of(ExerciseLog, values, ".lines")


@frozen(kw_only=True)
class SessionLog:
    """A session that took place: a line for each exercise and side."""

    rank: ClassVar[int] = 3

    on: datetime.date = field(validator=day())
    lines: tuple[ExerciseLog, ...] = field(default=(), converter=_read_lines)
    slot: int = field(default=1, validator=SLOT)

    @property
    def trained(self) -> bool:
        """Whether anything was done, not only skipped."""
        return any(line.performed is not None for line in self.lines)

    def mirrored(self) -> "SessionLog":
        """The same session with left and right exchanged."""
        return evolve(self, lines=[evolve(one, side=one.side.mirrored) for one in self.lines])


@frozen(kw_only=True)
class MorningAfter:
    """How it felt the next morning, against the usual level.

    `on` is the date of that morning; it speaks of the latest training day before it.
    `change` is positive for worse. Without a region it speaks for all that was loaded.
    """

    rank: ClassVar[int] = 1

    on: datetime.date = field(validator=day())
    change: int = field(validator=whole(-10, 10))
    region: Region | None = field(default=None, converter=_read_region_or_none)
    side: Side = field(default=None, converter=read_side)
    slot: int = field(default=1, validator=SLOT)

    def __attrs_post_init__(self) -> None:
        """Check what only makes sense together."""
        if self.region is not None:
            check_side(self.region, self.side)

    def mirrored(self) -> "MorningAfter":
        """The same morning with left and right exchanged."""
        return evolve(self, side=self.side.mirrored)


def _read_findings(values: Iterable[Complaint]) -> tuple[Complaint, ...]:
    return set_of(Complaint, values, ".complaints")


@frozen(kw_only=True)
class Finding:
    """Something about the person is reported: a fall, today's pain, answers, a screening.

    Its facts replace older answers to the same questions. A complaint replaces what it states of
    the one of the same region and side: pain alone keeps the duration, and pain 0 ends it.
    """

    rank: ClassVar[int] = 2

    on: datetime.date = field(validator=day())
    facts: Facts = field(factory=Facts, converter=read_facts)
    complaints: tuple[Complaint, ...] = field(default=(), converter=_read_findings)
    screening: Screening = field(default=UNASKED, converter=read_screening)
    slot: int = field(default=1, validator=SLOT)

    def __attrs_post_init__(self) -> None:
        """Refuse a screening of a later day."""
        asked_on = self.screening.on
        if asked_on is not None and asked_on > self.on:
            problem = "the screening is later than the finding that reports it"
            raise InvalidInput(Fault(problem, ".screening.on", "give a finding of that day"))

    def mirrored(self) -> "Finding":
        """The same finding with left and right exchanged."""
        complaints = [evolve(one, side=one.side.mirrored) for one in self.complaints]
        return evolve(self, facts=self.facts.mirrored(), complaints=complaints)


@frozen(kw_only=True)
class InjuryHappened:
    """An injury of a region on the day `on`; a paired region without a side counts on both."""

    rank: ClassVar[int] = 2

    on: datetime.date = field(validator=day())
    region: Region = field(converter=read_region)
    side: Side = field(default=None, converter=read_side)
    slot: int = field(default=1, validator=SLOT)

    def __attrs_post_init__(self) -> None:
        """Check what only makes sense together."""
        check_side(self.region, self.side)

    def mirrored(self) -> "InjuryHappened":
        """The same injury with left and right exchanged."""
        return evolve(self, side=self.side.mirrored)


@frozen(kw_only=True)
class SurgeryDone:
    """An operation on the day `on`, and what the surgeon allows since then.

    A later `ClinicianResult` changes the order for weight bearing and the clearance.
    """

    rank: ClassVar[int] = 2

    on: datetime.date = field(validator=day())
    region: Region = field(converter=read_region)
    side: Side = field(default=None, converter=read_side)
    weight_bearing: WeightBearing | None = field(default=None, converter=read_weight_bearing)
    cleared: bool | None = field(default=None, validator=optional(boolean()))
    slot: int = field(default=1, validator=SLOT)

    def __attrs_post_init__(self) -> None:
        """Check what only makes sense together."""
        check_side(self.region, self.side)

    def mirrored(self) -> "SurgeryDone":
        """The same operation with left and right exchanged."""
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
