"""What happened, by day and slot of the day."""

import datetime
from collections.abc import Iterable
from typing import TypeAlias

from attrs import field, frozen

from kineticchain.anatomy import Region, Side
from kineticchain.constraints import (
    boolean,
    day,
    identifier,
    instance,
    optional,
    text,
    whole,
)
from kineticchain.exercises import Dose
from kineticchain.facts import Facts
from kineticchain.person.complaint import Complaint
from kineticchain.person.screening import UNASKED, Screening, read_screening
from kineticchain.person.words import check_side, read_facts, read_region, read_side, set_of

_SLOT = whole(1, 24)


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

    on: datetime.date = field(validator=day())
    items: tuple[PlannedItem, ...] = field(default=(), converter=_read_planned)
    sessions_per_week: int | None = field(default=None, validator=optional(whole(0, 42)))
    pain_ceiling: int | None = field(default=None, validator=optional(whole(0, 10)))
    slot: int = field(default=1, validator=_SLOT)


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

    on: datetime.date = field(validator=day())
    lines: tuple[ExerciseLog, ...] = field(default=(), converter=_read_lines)
    slot: int = field(default=1, validator=_SLOT)

    @property
    def trained(self) -> bool:
        """Whether anything was done, not only skipped."""
        return any(line.performed is not None for line in self.lines)


@frozen(kw_only=True)
class MorningAfter:
    """How it felt the next morning, against the usual level.

    `on` is the date of that morning; it speaks of the latest training day before it.
    `change` is positive for worse. Without a region it speaks for all that was loaded.
    """

    on: datetime.date = field(validator=day())
    change: int = field(validator=whole(-10, 10))
    region: Region | None = field(default=None, converter=_read_region_or_none)
    side: Side = field(default=None, converter=read_side)
    slot: int = field(default=1, validator=_SLOT)

    def __attrs_post_init__(self) -> None:
        """Check what only makes sense together."""
        if self.region is not None:
            check_side(self.region, self.side)


def _read_findings(values: Iterable[Complaint]) -> tuple[Complaint, ...]:
    return set_of(Complaint, values, ".complaints")


@frozen(kw_only=True)
class Finding:
    """Something about the person changed: a fall, a result, today's pain, a screening.

    Its facts replace the person's from that day on; each of its complaints replaces the
    person's complaint of the same region and side (pain 0 ends it).
    """

    on: datetime.date = field(validator=day())
    facts: Facts = field(factory=Facts, converter=read_facts)
    complaints: tuple[Complaint, ...] = field(default=(), converter=_read_findings)
    screening: Screening = field(default=UNASKED, converter=read_screening)
    slot: int = field(default=1, validator=_SLOT)


Event: TypeAlias = PlanIssued | SessionLog | MorningAfter | Finding
