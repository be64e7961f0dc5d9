"""The state of a person as of a day."""

import datetime
from collections.abc import Mapping

from attrs import field, frozen

from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.facts import Value
from kineticchain.domain.person.complaint import Complaint, Injury, Surgery
from kineticchain.record.clinician.results import ResultsInForce
from kineticchain.record.observation import Moment
from kineticchain.record.validity import Clock, RecordPolicy


@frozen(kw_only=True)
class State:
    """The state of a person as of a day: facts aged, expired, superseded and reconciled.

    Attributes:
        day: Day of the state.
        age: Age in years; None if unknown.
        sex: Sex; None if unknown.
        equipment: Ids of the person's equipment.
        facts: Known values by name.
        unknown: Names whose last answer was *unsure*, as long as that answer is valid.
        lapsed: Names of screening facts whose sign no longer counts and has to be asked for again.
        expired: Names whose reassuring answer ended by time or by a break in training, and not
            because an event asked the question again.
        unsure: Last known values of facts whose last answer was *unsure*, by name. A reassuring
            value of a screening fact is not among them. Rules are evaluated with and without
            these values.
        stated: Moment at which each value was last stated.
        begun: Moment since which each fact has had the same value.
        clock: Validity of earlier answers on the day.
        complaints: Complaints, each with the moment at which it was new or last became much worse.
        worsened: Moment at which each complaint last became much worse, in the order of
            `complaints`; None if it never did.
        implied: Painful regions of unknown pain that a symptom implies, each with the moment of
            the symptom.
        injuries: Injuries.
        surgeries: Operations.
        injured: Moment of each injury, in the order of `injuries`.
        operated: Moment of each operation, in the order of `surgeries`, or of a later restricting
            order, which counts like a new operation.
        not_cleared: True if a clinician has not cleared a site without a recorded operation.
        results: Clinicians' results in force.
        run_out: True if some answers no longer count.

    """

    day: datetime.date
    age: int | None
    sex: str | None
    equipment: tuple[str, ...]
    facts: Mapping[str, Value] = field(repr=False)
    unknown: frozenset[str] = field(repr=False)
    unsure: Mapping[str, Value] = field(repr=False)
    stated: Mapping[str, Moment] = field(repr=False)
    begun: Mapping[str, Moment] = field(repr=False)
    lapsed: frozenset[str] = field(default=frozenset(), repr=False)
    expired: frozenset[str] = field(default=frozenset(), repr=False)
    clock: Clock = field(repr=False, eq=False)
    complaints: tuple[tuple[Complaint, Moment], ...] = ()
    worsened: tuple[Moment | None, ...] = ()
    implied: tuple[tuple[Region, Moment], ...] = ()
    injuries: tuple[Injury, ...] = ()
    surgeries: tuple[Surgery, ...] = ()
    injured: tuple[Moment, ...] = ()
    operated: tuple[Moment, ...] = ()
    not_cleared: bool = False
    results: ResultsInForce = field(factory=ResultsInForce)
    run_out: bool = False

    @property
    def hurting(self) -> tuple[Complaint, ...]:
        """Stated complaints, without their moments."""
        return tuple(complaint for complaint, _ in self.complaints)

    @property
    def painful(self) -> frozenset[Region]:
        """Painful regions, stated or implied."""
        stated = [complaint.region for complaint in self.hurting]
        return frozenset(stated + [region for region, _ in self.implied])

    def hurts_on(self, region: Region) -> tuple[Side, ...]:
        """Return the sides on which a region was stated to hurt."""
        return tuple(complaint.side for complaint in self.hurting if complaint.region is region)

    @classmethod
    def recorded(
        cls, day: datetime.date, unsure: Mapping[str, Value], unknown: frozenset[str]
    ) -> "State":
        """Return the part of a state that the trace of a plan records; its other fields are empty.

        Args:
            day: The day of the plan.
            unsure: The last known values of facts whose last answer was *unsure*, by name.
            unknown: The names whose last answer was *unsure*.
        """
        return cls(
            day=day,
            age=None,
            sex=None,
            equipment=(),
            facts={},
            unknown=unknown,
            unsure=unsure,
            stated={},
            begun={},
            clock=Clock(day, RecordPolicy(), hurting=False, trained=None),
        )
