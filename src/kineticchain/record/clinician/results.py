"""Clinicians' results in force on a day: the suspicions that they settle, and their allowances."""

import datetime
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import groupby
from typing import TypeAlias

from attrs import evolve, field, frozen

from kineticchain.domain.anatomy import Region, Side, Site, sites_of
from kineticchain.domain.person.clinician_result import Allowance
from kineticchain.domain.person.complaint import WeightBearing
from kineticchain.record.clinician.result import TREATED_BY_ORDER, Result
from kineticchain.record.observation import Moment

SiteMoment: TypeAlias = tuple[Site, Moment]
"""A site with the moment of its injury or operation, or the moment since which it hurts."""


def at_sites(things: Iterable[tuple[Region, Side, Moment]]) -> list[SiteMoment]:
    """Return the single sites of some regions and sides, each with its moment."""
    return [(site, moment) for region, side, moment in things for site in sites_of(region, side)]


@frozen
class Concern:
    """The sites that a rule is about, and the moment of the latest fact that it reads.

    Attributes:
        sites: Sites that the rule is about; empty for the whole person or an unknown site.
        moment: Moment of the latest fact that the rule reads; None if unknown.
        anywhere: True if a sign may come from any of the sites, so that a result that covers the
            sites of one region is enough.
        unplaced: Sites of the recent injuries and of the operations, for a rule about harm whose
            site was not stated, such as a fracture some weeks ago; None for any other rule. It
            matters only if `sites` is empty.

    """

    sites: frozenset[Site]
    moment: Moment | None
    anywhere: bool = False
    unplaced: frozenset[Site] | None = None


@frozen
class ResultsInForce:
    """Results that count on a day, the earliest first."""

    results: tuple[Result, ...] = ()
    allowing: tuple[Result, ...] = ()
    """Results whose allowance no later statement about the site has ended."""
    found: frozenset[str] = field(default=frozenset())
    """Diagnoses found and not ruled out since."""
    found_at: tuple[tuple[str, Result], ...] = ()
    """Each diagnosis of `found` with the result that found it."""

    def __bool__(self) -> bool:
        """Return whether any result is in force."""
        return bool(self.results)

    @property
    def named(self) -> frozenset[str]:
        """Ids of the exercises that are listed in an allowance of `allowing`."""
        allowances = [result.stated.allows for result in self.allowing]
        return frozenset(
            name for allowance in allowances if allowance for name in allowance.exercises
        )

    def settles(
        self,
        diagnoses: Collection[str],
        concern: Concern,
        *,
        by_name: bool,
        counts: Callable[[Result], bool] | None = None,
    ) -> bool:
        """Return whether results settle a suspicion of any of some diagnoses at each of its sites.

        If `concern.anywhere` is true, all sites of one region are enough. A result counts only if
        it is not earlier than the concern.

        Args:
            diagnoses: Ids of the suspected diagnoses.
            concern: Sites and moment of the suspicion.
            by_name: True if an examination that names none of the diagnoses is not enough.
            counts: Further condition that a result has to meet; None for no condition.

        """
        answering = [
            result
            for result in self.results
            if result.answers(diagnoses, by_name=by_name)
            and (concern.moment is None or result.moment >= concern.moment)
            and (counts is None or counts(result))
        ]
        if not concern.anywhere:
            return _cover(answering, concern.sites)
        regions = {region for region, _ in concern.sites}
        return any(
            _cover(answering, [site for site in concern.sites if site[0] is region])
            for region in regions
        )

    def allowances(self, concern: Concern) -> tuple[tuple[Allowance, Result], ...]:
        """Return the allowances that apply to a concern, each with the result that gives it.

        A concern with sites needs an allowance for one of them. A concern about the whole person
        needs an allowance for the whole person. A concern about harm whose site was not stated
        needs an allowance that covers all sites of `unplaced`.

        Args:
            concern: Sites and moment of the concern; earlier results do not apply.

        """
        return tuple(
            (result.stated.allows, result)
            for result in self.allowing
            if result.stated.allows is not None
            and _is_about(result, concern)
            and (concern.moment is None or result.moment >= concern.moment)
        )


NO_RESULTS = ResultsInForce()
"""Results in force of a person without clinicians' results."""


def _is_about(result: Result, concern: Concern) -> bool:
    """Return whether an allowance is about a concern."""
    if concern.sites:
        return any(map(result.covers, concern.sites))
    if concern.unplaced is None:
        return result.stated.region is None
    return all(map(result.covers, concern.unplaced))


def _cover(results: Sequence[Result], sites: Collection[Site]) -> bool:
    """Return whether results cover each site.

    Without sites, one of the results has to cover the whole person.
    """
    if not sites:
        return any(result.stated.region is None for result in results)
    return all(any(result.covers(site) for result in results) for site in sites)


def in_force(
    results: Iterable[Result],
    injured: Sequence[SiteMoment],
    operated: Sequence[SiteMoment],
    hurting: Sequence[SiteMoment],
    day: datetime.date,
) -> ResultsInForce:
    """Return the results that count on a day.

    After its `until`, a result keeps only its diagnoses and restrictions. A diagnosis found ends
    once later results rule it out at every site where it was found, or clear those sites after a
    broken bone or a torn tendon. An allowance ends with a later allowance, restriction or diagnosis
    about a common site, and with a later injury or operation at its site. A later allowance ends
    it even after the `until` of the later one.

    Args:
        results: All results reported up to the day.
        injured: Injured sites.
        operated: Operated sites.
        hurting: Painful sites.
        day: The day.

    """
    located_results = [
        result for stated in results if (result := _located(stated, injured, hurting)) is not None
    ]
    remaining = [
        result for located in located_results if (result := _remaining_on(located, day)) is not None
    ]
    remaining.sort(key=lambda result: (result.moment, repr(result.stated)))
    diagnoses, harmed = _diagnoses(remaining), [*injured, *operated]
    return ResultsInForce(
        results=tuple(remaining),
        allowing=tuple(
            result for result in remaining if _still_allows(result, located_results, harmed)
        ),
        found=frozenset(diagnosis for diagnosis, _ in diagnoses),
        found_at=tuple(diagnoses),
    )


def _remaining_on(result: Result, day: datetime.date) -> Result | None:
    """Return the part of a result that counts on a day: after its `until`, only restrictions."""
    stated = result.stated
    if stated.until is None or stated.until >= day:
        return result
    if not result.restricts:
        return None
    restrictions = evolve(
        stated,
        ruled_out=(),
        examined=False,
        allows=None,
        cleared=None if stated.cleared else stated.cleared,
        weight_bearing=None
        if stated.weight_bearing is WeightBearing.FWB
        else stated.weight_bearing,
        until=None,
    )
    return evolve(result, stated=restrictions)


def _diagnoses(results: Sequence[Result]) -> list[tuple[str, Result]]:
    """Return the diagnoses found and not ended since, each with the result that found it.

    A diagnosis on both sides can be ruled out one side at a time.
    """
    # Each open diagnosis, its result, and the sites that are not ruled out. None is the whole
    # person.
    open_diagnoses: list[tuple[str, Result, frozenset[Site] | None]] = []
    for _, group in groupby(results, key=lambda result: result.moment):
        of_moment = list(group)
        # Rule out first, then add: among results of one moment, the diagnosis prevails.
        for later in of_moment:
            open_diagnoses = [
                (diagnosis, finder, sites_left)
                for diagnosis, finder, sites in open_diagnoses
                for sites_left in [
                    _sites_left(sites, later)
                    if diagnosis in later.stated.ruled_out
                    or (later.heals(diagnosis) and not _is_revoked(later, results))
                    else sites
                ]
                if sites_left is None or sites_left
            ]
        for result in of_moment:
            region = result.stated.region
            found_at_sites = (
                None if region is None else frozenset(sites_of(region, result.stated.side))
            )
            open_diagnoses += [
                (diagnosis, result, found_at_sites) for diagnosis in result.stated.found
            ]
    return [(diagnosis, finder) for diagnosis, finder, _ in open_diagnoses]


def _is_revoked(clearance: Result, results: Sequence[Result]) -> bool:
    """Return whether another result about a common site takes a clearance back.

    The other result must refuse clearance at the same moment or later. One visit may be stated in
    several results: an order for less weight or a broken bone or torn tendon found at the same
    moment takes a clearance back, too.
    """
    return any(
        result.overlaps(clearance)
        and (
            (result.moment >= clearance.moment and result.stated.cleared is False)
            or (
                result.moment == clearance.moment
                and (result.order.restricts or not TREATED_BY_ORDER.isdisjoint(result.stated.found))
            )
        )
        for result in results
    )


def _sites_left(sites: frozenset[Site] | None, later: Result) -> frozenset[Site] | None:
    """Return the sites that a later result does not cover; None is the whole person."""
    if sites is None:
        whole_person = later.stated.region is None and not later.unlocated
        return frozenset() if whole_person else None
    return frozenset(site for site in sites if not later.covers(site))


def _still_allows(result: Result, results: Sequence[Result], harmed: Sequence[SiteMoment]) -> bool:
    """Return whether a result has an allowance that no later result, injury or operation ended."""
    if result.stated.allows is None:
        return False
    for rival in results:
        if not rival.overlaps(result):
            continue
        replaced = rival.stated.allows is not None and rival.moment > result.moment
        if replaced or (rival.restricts and rival.moment > result.moment):
            return False
    return not any(result.covers(site) and moment > result.moment for site, moment in harmed)


def _located(
    result: Result, injured: Sequence[SiteMoment], hurting: Sequence[SiteMoment]
) -> Result | None:
    """Return an unlocated result with its site; None if the site is unknown or ambiguous.

    A result that is not unlocated is returned unchanged.
    """
    if not result.unlocated:
        return result
    # Injuries up to the result are the candidates; several sites at several moments are ambiguous.
    candidates = [event for event in injured if event[1] <= result.moment]
    if len({site for site, _ in candidates}) > 1 and len({moment for _, moment in candidates}) > 1:
        return None
    # Without injuries, painful sites are the candidates. All have to be in one region.
    candidates = candidates or [event for event in hurting if event[1] <= result.moment]
    if len({region for (region, _), _ in candidates}) != 1:
        return None
    sides = {side for (_, side), _ in candidates}
    [(region, side), *_] = [site for site, _ in candidates]
    side = side if len(sides) == 1 else Side.BOTH
    return evolve(result, unlocated=False, stated=evolve(result.stated, region=region, side=side))
