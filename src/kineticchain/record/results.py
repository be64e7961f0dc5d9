"""Results of clinicians: which are in force, and what each settles and allows."""

import datetime
from collections.abc import Collection, Iterable, Sequence

from attrs import evolve, field, frozen

from kineticchain.anatomy import Region, Side
from kineticchain.person.clinician_result import Allowance, ClinicianResult
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


@frozen
class Result:
    """A clinician's result with its moment.

    `unlocated` says that its region was not stated: it is then about the one region that was
    injured by then, and about none where several were.
    """

    stated: ClinicianResult
    moment: Moment
    unlocated: bool = False

    @property
    def settled(self) -> frozenset[str]:
        """The diagnoses that it answers, found or ruled out."""
        return frozenset((*self.stated.found, *self.stated.ruled_out))


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
    return Result(stated, moment, unlocated=region is None and answer == "ruled_out")


@frozen
class Concern:
    """What a rule is about: the regions, the side, and the last moment of what it goes by."""

    regions: frozenset[Region]
    sides: frozenset[Side]
    moment: Moment | None


@frozen
class ResultsInForce:
    """The results that count on a day, the earliest first."""

    results: tuple[Result, ...] = ()
    found: frozenset[str] = field(default=frozenset())
    """The diagnoses that were found and not ruled out since."""

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.results)

    @property
    def allowing(self) -> tuple[Result, ...]:
        """The results that allow exercises."""
        return tuple(one for one in self.results if one.stated.allows is not None)

    @property
    def named(self) -> frozenset[str]:
        """The ids of the exercises that are allowed by name."""
        allowances = [one.stated.allows for one in self.allowing]
        return frozenset(name for one in allowances if one for name in one.exercises)

    def settles(self, diagnoses: Collection[str], concern: Concern, *, by_name: bool) -> bool:
        """Whether a result answers a suspicion of one of some diagnoses.

        It has to be about the region and side, and as late as all that the suspicion rests on.
        An examination without a diagnosis settles what is not `by_name`.
        """
        return any(
            (not one.settled.isdisjoint(diagnoses) or (one.stated.examined and not by_name))
            and covers(one, concern)
            and (concern.moment is None or one.moment >= concern.moment)
            for one in self.results
        )

    def allowances(self, concern: Concern) -> tuple[tuple[Allowance, Result], ...]:
        """What is allowed about a region and side, and who said so."""
        return tuple(
            (one.stated.allows, one)
            for one in self.results
            if one.stated.allows is not None
            and covers(one, concern)
            and (concern.moment is None or one.moment >= concern.moment)
        )


def covers(result: Result, concern: Concern) -> bool:
    """Whether a result is about the regions and the sides of a concern."""
    stated = result.stated
    if stated.region is None:
        return True
    if stated.region not in concern.regions:
        return False
    return stated.side is Side.BOTH or concern.sides <= {stated.side}


def in_force(
    results: Iterable[Result],
    injured: Sequence[tuple[Region, Moment]],
    day: datetime.date,
) -> ResultsInForce:
    """The results that count on a day: said by then, and not over.

    A finding ends when the same diagnosis is ruled out later about the same region and side.
    """
    so_far = sorted(
        (one for one in results if one.stated.until is None or one.stated.until >= day),
        key=lambda one: (one.moment, repr(one.stated)),
    )
    located = [place for one in so_far if (place := _located(one, injured)) is not None]
    found: dict[str, list[Result]] = {}
    for one in located:
        for diagnosis in one.stated.ruled_out:
            kept = [other for other in found.get(diagnosis, ()) if not _answers(one, other)]
            found[diagnosis] = kept
        for diagnosis in one.stated.found:
            found.setdefault(diagnosis, []).append(one)
    return ResultsInForce(
        results=tuple(located),
        found=frozenset(diagnosis for diagnosis, by in found.items() if by),
    )


def _answers(later: Result, earlier: Result) -> bool:
    """Whether a later result is about all that an earlier one is about."""
    if later.unlocated or later.stated.region is None:
        return not later.unlocated
    same = later.stated.region is earlier.stated.region
    return same and later.stated.side in {Side.BOTH, earlier.stated.side}


def _located(result: Result, injured: Sequence[tuple[Region, Moment]]) -> Result | None:
    """The result with its region, where that was not stated; None where it could be several."""
    if not result.unlocated:
        return result
    regions = {region for region, moment in injured if moment <= result.moment}
    if len(regions) > 1:
        return None
    region = next(iter(regions), None)
    return evolve(result, stated=evolve(result.stated, region=region))
