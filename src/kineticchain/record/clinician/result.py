"""The result of a clinician: what it is about, and what it answers."""

from collections.abc import Collection

from attrs import frozen

from kineticchain.domain.anatomy import Region, Side, Site
from kineticchain.domain.person.clinician_result import ClinicianResult
from kineticchain.record.clinician.order import Order
from kineticchain.record.observation import Moment

FRACTURE = "fracture"
RUPTURE = "achilles_rupture"
CLOT = "deep_vein_thrombosis"
NO_FRACTURE = "no_fracture"

_BY_WORD = {
    NO_FRACTURE: ("ruled_out", FRACTURE, None),
    "rupture_boot": ("found", RUPTURE, Region.CALF_ACHILLES),
    "dvt_treated_anticoagulant": ("found", CLOT, None),
}
"""What each word of the fact `clinician_result` says: found or ruled out, what, and where."""

RESULT = "clinician_result"
REVIEWED = "progress_reviewed"


@frozen
class Result:
    """A clinician's result with its moment.

    `unlocated` says that its region was not stated: it is then about the one site that hurts or
    was injured by then, and about none where there are several or none. `treated` says that what
    was found is under treatment.
    """

    stated: ClinicianResult
    moment: Moment
    unlocated: bool = False
    treated: bool = False

    def answers(self, diagnoses: Collection[str], *, by_name: bool) -> bool:
        """Whether it answers a suspicion of one of some diagnoses, wherever that is.

        Ruling one out does. Finding one does where the result says what is done about it. An
        examination that names none of them will do for what is not `by_name`.
        """
        stated = self.stated
        if not set(stated.ruled_out).isdisjoint(diagnoses):
            return True
        managed = (
            self.treated
            or stated.examined
            or stated.cleared is not None
            or stated.weight_bearing is not None
            or stated.allows is not None
        )
        if not set(stated.found).isdisjoint(diagnoses):
            return managed
        return stated.examined and not by_name

    def covers(self, site: Site) -> bool:
        """Whether it is about a site."""
        region, side = self.stated.region, self.stated.side
        return region is None or (region is site[0] and side in {Side.BOTH, site[1]})

    def overlaps(self, other: "Result") -> bool:
        """Whether both are about one site at least."""
        mine, theirs = self.stated, other.stated
        if mine.region is None or theirs.region is None:
            return True
        return mine.region is theirs.region and mine.side.meets(theirs.side)

    @property
    def order(self) -> Order:
        """The order that it gives; an empty one where it gives none."""
        return Order(self.stated.weight_bearing, self.stated.cleared, self.moment)

    @property
    def restricts(self) -> bool:
        """Whether it finds a disease, or orders less than full weight or no exercise."""
        return bool(self.stated.found) or self.order.restricts


def result_of_word(word: object, moment: Moment) -> Result | None:
    """The result that the fact `clinician_result` stands for; None where it says nothing."""
    meaning = _BY_WORD.get(word) if isinstance(word, str) else None
    if meaning is None:
        return None
    answer, diagnosis, region = meaning
    day, slot = moment
    stated = ClinicianResult(
        on=day,
        slot=max(1, slot),
        region=region,
        found=[diagnosis] if answer == "found" else [],
        ruled_out=[diagnosis] if answer == "ruled_out" else [],
    )
    return Result(
        stated,
        moment,
        unlocated=region is None and answer == "ruled_out",
        treated=answer == "found",
    )
