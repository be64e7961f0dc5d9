"""The concern of a rule: the sites that it is about, and the moment of its latest fact."""

import datetime
from collections.abc import Iterable

from kineticchain.domain.anatomy import Side, Site, sites_of
from kineticchain.domain.facts import FactType, Temporal, Value
from kineticchain.domain.validators import is_number
from kineticchain.record import Binding, Situation, State
from kineticchain.record.clinician.result import Result
from kineticchain.record.clinician.results import Concern, SiteMoment, at_sites
from kineticchain.record.observation import LAST_SLOT, Moment
from kineticchain.record.orders import WEIGHT
from kineticchain.rules.evaluation.rulebook import Rulebook
from kineticchain.rules.model.rule import Rule

FRESH_DAYS = 28
"""The age in days up to which an injury counts as a possible site of a sign (a choice)."""

FEW_PARTS = 2
"""The most body parts for which results about a single region settle a sign of unknown site."""

_OF_SESSIONS = frozenset({"last_session_pain", "pain_rising_three_sessions"})
"""Facts that follow from the last sessions.

A result settles a rule that reads them only if it is later than the last session with a pain score.
"""


def concern_of_result(result: Result) -> Concern:
    """Return the sites and the moment of a result that found a diagnosis."""
    region = result.stated.region
    sites = frozenset(() if region is None else sites_of(region, result.stated.side))
    return Concern(sites, result.moment)


def concern_of_rule(
    rule: Rule,
    binding: Binding | None,
    unknown: Iterable[FactType],
    situation: Situation,
    rulebook: Rulebook,
) -> Concern:
    """Return the sites that a rule concerns, and the moment of the latest fact that it reads.

    With a binding, the sites are those of the binding. Without a binding, they are the painful and
    recently injured sites in the regions that its signs have in common, and the sites of found
    diagnoses that the rule reads. A rule that reads facts of the last sessions concerns the painful
    and recently injured sites in all regions. If there are no such sites and the rule does not read
    `diagnosed`, it concerns all sites of the regions of its signs.
    """
    state = situation.state
    names = rulebook.reads[rule.id]
    regions = [frozenset(fact.regions) for fact in unknown if fact.regions]
    moments: list[Moment] = []
    for name in names:
        fact = rulebook.vocabulary.type_of(name)
        value = state.facts.get(name, state.unsure.get(name))
        if fact is not None and _dates_an_event(fact) and is_number(value):
            days = int(value) * fact.grows_days
            moments.append((state.day - datetime.timedelta(days=days), 0))
        elif fact is not None and name in state.begun and _is_a_sign(fact, value):
            lasting = fact.time is Temporal.FIXED
            moments.append((state.begun if lasting else state.stated)[name])
            regions += [frozenset(fact.regions)] if fact.regions else []
    of_sessions = not _OF_SESSIONS.isdisjoint(names)
    if of_sessions and state.clock.pained is not None:
        moments.append((state.clock.pained, LAST_SLOT))
    if binding is not None:
        moments += [] if binding.since is None else [binding.since]
        return Concern(
            frozenset(sites_of(binding.region, binding.side)), max(moments, default=None)
        )
    suspected = frozenset.intersection(*regions) if regions else frozenset()
    suspected = suspected or frozenset().union(*regions)
    painful_or_injured = [*_hurting(state), *_injured(state)]
    of_pain = any(name.startswith("painful_") or name == "worst_pain" for name in names)
    moments += [
        moment
        for (region, _), moment in painful_or_injured
        if region in suspected or (of_pain and not suspected)
    ]
    sites = frozenset(site for site, _ in painful_or_injured if site[0] in suspected or of_sessions)
    if "diagnosed" in names:
        for diagnosis, result in state.results.found_at:
            if not rule.settled_by or diagnosis in rule.settled_by:
                moments.append(result.moment)
                sites |= concern_of_result(result).sites
    anywhere = not sites and "diagnosed" not in names
    if anywhere:
        sites = frozenset(site for region in suspected for site in sites_of(region, Side.BOTH))
    has_few_parts = 0 < len({region.part for region in suspected}) <= FEW_PARTS
    types = map(rulebook.vocabulary.type_of, names)
    is_harm = WEIGHT in names or any(fact is not None and _dates_an_event(fact) for fact in types)
    return Concern(
        sites,
        max(moments, default=None),
        anywhere=(anywhere and has_few_parts) or of_sessions,
        unplaced=_harmed(state) if is_harm else None,
    )


def _harmed(state: State) -> frozenset[Site]:
    """Return the sites of the recent injuries and of the operations."""
    operated = [(surgery.region, surgery.side) for surgery in state.surgeries]
    injured = [site for site, _ in _injured(state)]
    return frozenset(injured + [site for place in operated for site in sites_of(*place)])


def _dates_an_event(fact: FactType) -> bool:
    """Return whether a fact states how long ago an event happened, such as an operation.

    A result from before the event does not settle a rule that reads the fact.
    """
    return fact.reassuring is None and fact.time is Temporal.COUNTS_UP


def _is_a_sign(fact: FactType, value: Value | None) -> bool:
    """Return whether a value of a fact can cause a suspicion: known, and not the reassuring one."""
    return value is not None and (fact.reassuring is None or value != fact.reassuring)


def _hurting(state: State) -> list[SiteMoment]:
    """Return the painful sites, each with the moment when its pain began or became much worse."""
    return at_sites(
        (complaint.region, complaint.side, since) for complaint, since in state.complaints
    )


def _injured(state: State) -> list[SiteMoment]:
    """Return the recently injured sites, each with the moment of the injury."""
    return at_sites(
        (injury.region, injury.side, since)
        for injury, since in zip(state.injuries, state.injured, strict=True)
        if injury.days_ago is None or injury.days_ago <= FRESH_DAYS
    )
