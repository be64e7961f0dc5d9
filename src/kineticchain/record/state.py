"""What is known of a person as of a day."""

import datetime
from collections.abc import Mapping

from attrs import field, frozen

from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.facts import Value
from kineticchain.domain.person.complaint import Complaint, Injury, Surgery
from kineticchain.record.clinician.results import ResultsInForce
from kineticchain.record.observation import Moment
from kineticchain.record.validity import Clock


@frozen(kw_only=True)
class State:
    """What is known of a person as of a day: aged, expired, superseded and reconciled.

    `facts` are values by name, `unknown` the names that were said to be unknown. `unsure` holds
    the last known values of facts that a later statement made unsure: rules are read both ways.
    `stated` tells when each fact got its value, `begun` since when it has been the same, and
    `clock` whether an answer that was given at some moment still counts.

    `complaints` come with the moment at which each was new or became much worse, and `worsened` is
    the moment of the latter, None where it never did; `implied` are regions that hurt, how much is
    unknown, since a symptom says so. `injured` and `operated` are the moments of the injuries and
    operations, in their order; an order that restricts counts like a new operation. `not_cleared`
    says that a clinician has not cleared a place without a recorded operation. `run_out` says that
    answers were given and count no longer.
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
        """The complaints that were stated, without their moments."""
        return tuple(complaint for complaint, _ in self.complaints)

    @property
    def painful(self) -> frozenset[Region]:
        """The regions that hurt, stated or implied."""
        return frozenset([one.region for one in self.hurting] + [one for one, _ in self.implied])

    def hurts_on(self, region: Region) -> tuple[Side, ...]:
        """The sides on which a region was stated to hurt."""
        return tuple(one.side for one in self.hurting if one.region is region)
