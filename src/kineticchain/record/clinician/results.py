"""Results of clinicians: which are in force, and what each settles and allows."""

import datetime
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import groupby
from typing import TypeAlias

from attrs import evolve, field, frozen

from kineticchain.domain.anatomy import Region, Side, Site, sites_of
from kineticchain.domain.person.clinician_result import Allowance
from kineticchain.domain.person.complaint import WeightBearing
from kineticchain.record.clinician.result import Result
from kineticchain.record.observation import Moment

SiteMoment: TypeAlias = tuple[Site, Moment]
"""Something that happened at a site, or hurts there, since a moment."""


def at_sites(things: Iterable[tuple[Region, Side, Moment]]) -> list[SiteMoment]:
    """Each single site of some regions and sides, with its moment."""
    return [(site, moment) for region, side, moment in things for site in sites_of(region, side)]


@frozen
class Concern:
    """What a rule is about: the sites, and the last moment of what it goes by.

    Without sites it is about the whole person, or nobody said where. `anywhere` says that the
    sites are those that a sign may come from, few enough for one of them to speak for all.
    """

    sites: frozenset[Site]
    moment: Moment | None
    anywhere: bool = False


@frozen
class ResultsInForce:
    """The results that count on a day, the earliest first."""

    results: tuple[Result, ...] = ()
    allowing: tuple[Result, ...] = ()
    """Those whose allowance no later statement about the site has ended."""
    found: frozenset[str] = field(default=frozenset())
    """The diagnoses that were found and not ruled out since."""
    found_at: tuple[tuple[str, Result], ...] = ()
    """Who found each of them, and where."""

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.results)

    @property
    def named(self) -> frozenset[str]:
        """The ids of the exercises that are allowed by name."""
        allowances = [one.stated.allows for one in self.allowing]
        return frozenset(name for one in allowances if one for name in one.exercises)

    def settles(
        self,
        diagnoses: Collection[str],
        concern: Concern,
        *,
        by_name: bool,
        counts: Callable[[Result], bool] | None = None,
    ) -> bool:
        """Whether results answer a suspicion of one of some diagnoses, at each of its sites.

        Each has to be as late as all that the suspicion rests on, and to pass `counts`.
        """
        answering = [
            one
            for one in self.results
            if one.answers(diagnoses, by_name=by_name)
            and (concern.moment is None or one.moment >= concern.moment)
            and (counts is None or counts(one))
        ]
        if not concern.anywhere:
            return _cover(answering, concern.sites)
        regions = {region for region, _ in concern.sites}
        return any(
            _cover(answering, [site for site in concern.sites if site[0] is region])
            for region in regions
        )

    def allowances(self, concern: Concern) -> tuple[tuple[Allowance, Result], ...]:
        """What is allowed about a concern, and who said so.

        What nobody located may be opened for a site: exercises elsewhere stay as they are.
        """
        return tuple(
            (one.stated.allows, one)
            for one in self.allowing
            if one.stated.allows is not None
            and (not concern.sites or any(map(one.covers, concern.sites)))
            and (concern.moment is None or one.moment >= concern.moment)
        )


NO_RESULTS = ResultsInForce()
"""What counts of a person whom no clinician has seen."""


def _cover(results: Sequence[Result], sites: Collection[Site]) -> bool:
    """Whether each site is covered by a result; without sites, one about the whole person."""
    if not sites:
        return any(one.stated.region is None for one in results)
    return all(any(one.covers(site) for one in results) for site in sites)


def in_force(
    results: Iterable[Result],
    injured: Sequence[SiteMoment],
    operated: Sequence[SiteMoment],
    hurting: Sequence[SiteMoment],
    day: datetime.date,
) -> ResultsInForce:
    """The results that count on a day, after what was injured, was operated on, and hurts.

    What opens or rules out ends with its `until`; what was found, and what restricts, ends when it
    is stated anew. A finding ends when the same diagnosis is ruled out later wherever it was found.
    An allowance ends with a later one, a later restriction, and with a later injury or operation
    at its site.
    """
    so_far = (_on(one, day) for one in results)
    located = [result for one in so_far if one and (result := _located(one, injured, hurting))]
    located.sort(key=lambda one: (one.moment, repr(one.stated)))
    found, harmed = _found(located), [*injured, *operated]
    return ResultsInForce(
        results=tuple(located),
        allowing=tuple(one for one in located if _still_allows(one, located, harmed)),
        found=frozenset(diagnosis for diagnosis, _ in found),
        found_at=tuple(found),
    )


def _on(result: Result, day: datetime.date) -> Result | None:
    """What is left of a result on a day: after its `until` only what restricts."""
    stated = result.stated
    if stated.until is None or stated.until >= day:
        return result
    if not result.restricts:
        return None
    left = evolve(
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
    return evolve(result, stated=left)


def _found(results: Sequence[Result]) -> list[tuple[str, Result]]:
    """The diagnoses that were found and not ruled out since, each with who found it.

    Of one moment, what was found counts. A diagnosis of both sides may be ruled out side by side.
    """
    standing: list[tuple[str, Result, frozenset[Site] | None]] = []
    for _, group in groupby(results, key=lambda one: one.moment):
        of_moment = list(group)
        for later in of_moment:
            standing = [
                (diagnosis, by, left)
                for diagnosis, by, sites in standing
                for left in [_left(sites, later) if diagnosis in later.stated.ruled_out else sites]
                if left is None or left
            ]
        for one in of_moment:
            region = one.stated.region
            where = None if region is None else frozenset(sites_of(region, one.stated.side))
            standing += [(diagnosis, one, where) for diagnosis in one.stated.found]
    return [(diagnosis, by) for diagnosis, by, _ in standing]


def _left(sites: frozenset[Site] | None, later: Result) -> frozenset[Site] | None:
    """The sites of a finding that a later result does not rule out; None is the whole person."""
    if sites is None:
        whole = later.stated.region is None and not later.unlocated
        return frozenset() if whole else None
    return frozenset(site for site in sites if not later.covers(site))


def _still_allows(result: Result, results: Sequence[Result], harmed: Sequence[SiteMoment]) -> bool:
    """Whether what a result allows was neither replaced nor overtaken by new harm."""
    if result.stated.allows is None:
        return False
    for other in results:
        if other is result or not other.overlaps(result):
            continue
        replaced = other.stated.allows is not None and other.moment > result.moment
        if replaced or (other.restricts and other.moment > result.moment):
            return False
    return not any(result.covers(site) and moment > result.moment for site, moment in harmed)


def _located(
    result: Result, injured: Sequence[SiteMoment], hurting: Sequence[SiteMoment]
) -> Result | None:
    """The result with its site, where that was not stated; None where it is not clear."""
    if not result.unlocated:
        return result
    happened = [event for event in injured if event[1] <= result.moment]
    if len({site for site, _ in happened}) > 1 and len({moment for _, moment in happened}) > 1:
        return None
    happened = happened or [event for event in hurting if event[1] <= result.moment]
    if len({region for (region, _), _ in happened}) != 1:
        return None
    sides = {side for (_, side), _ in happened}
    [(region, side), *_] = [site for site, _ in happened]
    side = side if len(sides) == 1 else Side.BOTH
    return evolve(result, unlocated=False, stated=evolve(result.stated, region=region, side=side))
