"""A clinician's result: the sites that it covers and the suspicions that it settles."""

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
"""Diagnoses of bones, tendons and the knee, which an order for weight bearing treats."""

_BY_WORD = {
    NO_FRACTURE: ("ruled_out", FRACTURE, None),
    "rupture_boot": ("found", RUPTURE, Region.CALF_ACHILLES),
    "dvt_treated_anticoagulant": ("found", CLOT, None),
}
"""Meaning of each word of the fact `clinician_result`: found or ruled out, diagnosis and region.

The region is None if the word does not imply one.
"""

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
        unlocated: True if the result has a site that was not stated. The site is then taken from
            the injuries or the complaints up to the moment, if it is unambiguous.
        treated: True if the diagnosis found is under treatment.

    """

    stated: ClinicianResult
    moment: Moment
    unlocated: bool = False
    treated: bool = False

    def answers(self, diagnoses: Collection[str], *, by_name: bool) -> bool:
        """Return whether the result settles a suspicion of any of some diagnoses, at any site.

        1. A result that rules out one of the diagnoses settles the suspicion.
        2. A result that finds some of them settles it if the result also reports an examination, a
           clearance or an allowance, or if the diagnosis is treated. An order for weight bearing is
           a treatment if all diagnoses found are in `TREATED_BY_ORDER`. A refused clearance is no
           treatment.
        3. Otherwise an examination settles it, unless `by_name` is true.

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

        The result must clear exercise. A result that finds a diagnosis or orders less than full
        weight lifts no restriction.

        Args:
            diagnosis: Id of a diagnosis that was found.

        """
        cleared = self.stated.cleared is True and not self.restricts
        return cleared and diagnosis in TREATED_BY_ORDER

    def covers(self, site: Site) -> bool:
        """Return whether the result is about a site; without a region, it is about every site."""
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
        The result; None if the value is no text, or a word without a meaning.

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
