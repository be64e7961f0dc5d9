"""The result of a clinician: what it is about, and what it answers."""

from collections.abc import Collection
from typing import TypeAlias

from attrs import frozen

from kineticchain.anatomy import Region, Side
from kineticchain.person.clinician_result import ClinicianResult
from kineticchain.person.complaint import WeightBearing
from kineticchain.record.observation import Moment

FRACTURE = "fracture"
RUPTURE = "achilles_rupture"
CLOT = "deep_vein_thrombosis"

_BY_WORD = {
    "no_fracture": ("ruled_out", FRACTURE, None),
    "rupture_boot": ("found", RUPTURE, Region.CALF_ACHILLES),
    "dvt_treated_anticoagulant": ("found", CLOT, None),
}
"""What each word of the fact `clinician_result` says: found or ruled out, what, and where."""

RESULT = "clinician_result"
REVIEWED = "progress_reviewed"
NO_FRACTURE = "no_fracture"

Place: TypeAlias = tuple[Region, Side]
"""A region on one side; a region of the midline has the side `both`."""


def places_of(region: Region, side: Side) -> tuple[Place, ...]:
    """The single places that a region has on a side."""
    sides = side.each if region.paired else (Side.BOTH,)
    return tuple((region, each) for each in sides)


@frozen
class Result:
    """A clinician's result with its moment.

    `unlocated` says that its region was not stated: it is then about the one place that hurts or
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

    def covers(self, place: Place) -> bool:
        """Whether it is about a place."""
        region, side = self.stated.region, self.stated.side
        return region is None or (region is place[0] and side in {Side.BOTH, place[1]})

    def overlaps(self, other: "Result") -> bool:
        """Whether both are about one place at least."""
        mine, theirs = self.stated, other.stated
        if mine.region is None or theirs.region is None:
            return True
        return mine.region is theirs.region and mine.side.meets(theirs.side)

    @property
    def restricts(self) -> bool:
        """Whether it finds a disease, or orders less than full weight or no exercise."""
        stated = self.stated
        light = stated.weight_bearing not in {None, WeightBearing.FWB}
        return bool(stated.found) or stated.cleared is False or light


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
