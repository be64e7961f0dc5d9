"""A clinician's result: the sites that it covers and the suspicions that it answers."""

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

TREATED_BY_ORDER = frozenset({FRACTURE, RUPTURE, "stress_fracture", "tendon_injury", "knee_injury"})
"""Diagnoses that an order for weight bearing treats: those of bones and tendons."""

_BY_WORD = {
    NO_FRACTURE: ("ruled_out", FRACTURE, None),
    "rupture_boot": ("found", RUPTURE, Region.CALF_ACHILLES),
    "dvt_treated_anticoagulant": ("found", CLOT, None),
}
"""Meaning of each word of the fact `clinician_result`: found or ruled out, diagnosis, region."""

RESULT = "clinician_result"
"""Name of the fact that holds a clinician's result as a word."""

REVIEWED = "progress_reviewed"
"""Name of the fact that a professional has reviewed the progress."""


@frozen
class Result:
    """A clinician's result with its moment.

    Attributes:
        stated: The result as reported.
        moment: Moment of the report.
        unlocated: True if the region was not stated; it is then taken from the injuries or the
            complaints up to the moment, if these leave one candidate.
        treated: True if the diagnosis found is under treatment.

    """

    stated: ClinicianResult
    moment: Moment
    unlocated: bool = False
    treated: bool = False

    def answers(self, diagnoses: Collection[str], *, by_name: bool) -> bool:
        """Return whether the result answers a suspicion of one of some diagnoses, at any site.

        A result that rules out one of the diagnoses answers it. One that finds a diagnosis answers
        it if it also examines, clears or allows, or if the diagnosis is treated. An order for
        weight bearing is the treatment of a bone or a tendon alone, and a restriction is none. An
        examination that finds none of them answers it unless `by_name` is true.

        Args:
            diagnoses: Ids of the suspected diagnoses.
            by_name: True if an examination that names none of the diagnoses is not enough.

        """
        stated = self.stated
        if not set(stated.ruled_out).isdisjoint(diagnoses):
            return True
        suspected = set(stated.found).intersection(diagnoses)
        if suspected:
            ordered = stated.weight_bearing is not None and suspected <= TREATED_BY_ORDER
            examined = stated.examined or stated.cleared is True or stated.allows is not None
            return self.treated or examined or ordered
        return stated.examined and not by_name

    def heals(self, diagnosis: str) -> bool:
        """Return whether the result lifts all restrictions after a broken bone or a torn tendon.

        One that finds something, or orders less than full weight, lifts none.

        Args:
            diagnosis: Id of a diagnosis that was found.

        """
        cleared = self.stated.cleared is True and not self.restricts
        return cleared and diagnosis in TREATED_BY_ORDER

    def covers(self, site: Site) -> bool:
        """Return whether the result is about a site; one without a region is about every site."""
        region, side = self.stated.region, self.stated.side
        return region is None or (region is site[0] and side in {Side.BOTH, site[1]})

    def overlaps(self, other: "Result") -> bool:
        """Return whether both results are about a common site."""
        first, second = self.stated, other.stated
        if first.region is None or second.region is None:
            return True
        return first.region is second.region and first.side.meets(second.side)

    @property
    def order(self) -> Order:
        """Order that the result gives; its fields are None if it gives none."""
        return Order(self.stated.weight_bearing, self.stated.cleared, self.moment)

    @property
    def restricts(self) -> bool:
        """True if the result finds a diagnosis, or orders less than full weight or no exercise."""
        return bool(self.stated.found) or self.order.restricts


def result_of_word(word: object, moment: Moment) -> Result | None:
    """Return the result that a value of the fact `clinician_result` stands for.

    Args:
        word: Value of the fact.
        moment: Moment of the statement.

    Returns:
        The result; None for a word without a meaning, and for no word.

    """
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
