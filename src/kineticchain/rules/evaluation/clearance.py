"""Clearance: the effect of clinicians' results on rules.

A result can settle a rule, which then does not apply. A result can also open exercises: `Opened`
replaces exclusions and load limits of the rule.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Protocol

from attrs import frozen

from kineticchain.domain.anatomy import Side, Site, sites_of
from kineticchain.domain.exercises import Exercise, LoadClass, Position
from kineticchain.domain.facts import FactClass, FactType, ReferralLevel, Temporal, Value
from kineticchain.domain.facts.evaluation import open_names
from kineticchain.domain.person import Allowance
from kineticchain.domain.person.complaint import WeightBearing
from kineticchain.domain.validators import is_number
from kineticchain.record import Binding, Situation, State
from kineticchain.record.clinician.result import Result
from kineticchain.record.clinician.results import Concern, SiteMoment, at_sites
from kineticchain.record.observation import LAST_SLOT, Moment
from kineticchain.record.orders import WEIGHT
from kineticchain.rules.evaluation.rulebook import Rulebook
from kineticchain.rules.model.consequence import AnyConsequence, Consequence
from kineticchain.rules.model.decision import Fired, Settled
from kineticchain.rules.model.effect import Exclude, Limit, Opened
from kineticchain.rules.model.exercise_index import ExerciseSide
from kineticchain.rules.model.rule import Rule

FRESH_DAYS = 28
"""The age in days up to which an injury counts as a possible site of a sign (a choice)."""

FEW_PARTS = 2
"""The most body parts for which results about a single region settle a sign of unknown site."""

_FOLLOWED_BY = {"stress_fracture": "fracture"}
"""Diagnoses, each with the diagnosis that can replace it.

A diagnosis is replaced if the other one is found at the same time or later, at a common site.
"""

_OF_SESSIONS = frozenset({"last_session_pain", "pain_rising_three_sessions"})
"""Facts that follow from the last sessions.

A result settles a rule that reads them only if it is later than the last session with a pain score.
"""


class Clearance(Protocol):
    """The rules that clinicians' results settle, and the exercises that the results open."""

    @property
    def opens_any(self) -> bool:
        """True if a result opens an exercise."""

    def settles(self, fired: Fired) -> bool:
        """Return whether results settle a rule, so that it does not apply."""

    def opened(
        self, consequences: Iterable[AnyConsequence], fired: Fired
    ) -> Iterator[AnyConsequence]:
        """Yield the consequences, with `Opened` for each exclusion or load limit that is opened."""


def binding_key(fired: Fired) -> Settled:
    """Return the id of a rule with the region and side of its binding; None without a binding."""
    if fired.binding is None:
        return fired.rule.id, None, None
    return fired.rule.id, fired.binding.region, fired.binding.side


@frozen
class RecordedClearance:
    """The clearance that a plan was made with.

    Attributes:
        settled: Rules that were settled, with their bindings.
        by_rule: The opened exercises, by rule and by exercise and side.
    """

    settled: frozenset[Settled]
    by_rule: Mapping[tuple[str, ExerciseSide], Opened]

    @property
    def opens_any(self) -> bool:
        """True if a result opened an exercise."""
        return bool(self.by_rule)

    def settles(self, fired: Fired) -> bool:
        """Return whether a rule was settled."""
        return binding_key(fired) in self.settled

    def opened(
        self, consequences: Iterable[AnyConsequence], fired: Fired
    ) -> Iterator[AnyConsequence]:
        """Yield the consequences, with `Opened` for exclusions and load limits that were opened."""
        for consequence in consequences:
            effect = self.by_rule.get((fired.rule.id, consequence.target))
            if effect is None or not _may_be_opened(consequence):
                yield consequence
            else:
                yield Consequence(effect, fired.rule.id, consequence.target)


@frozen
class ResultsInForceClearance:
    """The clearance from the results that are in force for a person on a day."""

    situation: Situation
    rulebook: Rulebook

    @property
    def opens_any(self) -> bool:
        """True if a result allows exercises."""
        return bool(self.situation.state.results.allowing)

    def settles(self, fired: Fired) -> bool:
        """Return whether clinicians' results settle a rule.

        The results must cover the sites that the rule concerns, and be at least as recent as the
        facts that the rule reads. If the rule refers at SAME_DAY or above, the results must name a
        diagnosis of its `settled_by`. Otherwise an examination is enough.

        An undecided rule is settled only if all its open facts are screening facts, and if
        reassuring answers to them, given with the results, would still be valid.

        A true rule that reads `diagnosed` is settled only if, for each of its `settled_by`
        diagnoses that was found, results also settle this diagnosis at the sites of the finding.
        """
        rule, results = fired.rule, self.situation.state.results
        if not rule.settled_by or not results:
            return False
        unknown: list[FactType] = []
        if fired.truth is None:
            for name in open_names(rule.when, fired.facts):
                fact = self.rulebook.vocabulary.type_of(name)
                if fact is None or fact.fact_class is not FactClass.SCREENING:
                    return False
                unknown.append(fact)
        by_name = rule.level >= ReferralLevel.SAME_DAY
        findings = [
            (diagnosis, result)
            for diagnosis, result in self._found_of(rule)
            if fired.truth and diagnosis in rule.settled_by
        ]
        if not all(
            results.settles((diagnosis,), _concern_of(result), by_name=by_name)
            for diagnosis, result in findings
        ):
            return False
        return results.settles(
            rule.settled_by,
            _concern(rule, fired.binding, unknown, self.situation, self.rulebook),
            by_name=by_name,
            counts=partial(_would_reassure, unknown, self.situation) if unknown else None,
        )

    def _found_of(self, rule: Rule) -> Sequence[tuple[str, Result]]:
        """Return the found diagnoses that a rule reads, each with the result that found it.

        A diagnosis that another diagnosis has replaced (`_FOLLOWED_BY`) is left out.
        """
        if "diagnosed" not in self.rulebook.reads[rule.id]:
            return ()
        found_at = self.situation.state.results.found_at
        return [
            (diagnosis, result)
            for diagnosis, result in found_at
            if not any(
                _FOLLOWED_BY.get(diagnosis) == later_diagnosis
                and later_result.moment >= result.moment
                and later_result.overlaps(result)
                for later_diagnosis, later_result in found_at
            )
        ]

    def opened(
        self, consequences: Iterable[AnyConsequence], fired: Fired
    ) -> Iterator[AnyConsequence]:
        """Yield the consequences, with `Opened` for each exclusion or load limit that is opened.

        A result opens exercises only for a rule with `until_cleared`.
        """
        rule, binding, situation = fired.rule, fired.binding, self.situation
        if not rule.until_cleared or not self.opens_any:
            yield from consequences
            return
        concern = _concern(rule, binding, (), situation, self.rulebook)
        allowed = situation.state.results.allowances(concern)
        values = situation.facts if binding is None else binding.values
        weight = values.get(WEIGHT if binding is None else f"here.{WEIGHT}")
        for consequence in consequences:
            result = _opening(
                consequence, allowed, self.rulebook, full_weight=weight == WeightBearing.FWB
            )
            if result is None:
                yield consequence
            else:
                until = result.stated.until
                effect = Opened(
                    since=result.stated.on.isoformat(),
                    until="" if until is None else until.isoformat(),
                )
                yield Consequence(effect, rule.id, consequence.target)


def _may_be_opened(consequence: AnyConsequence) -> bool:
    """Return whether a consequence is an exclusion or a limit of the load."""
    effect = consequence.effect
    if isinstance(effect, Limit):
        return isinstance(effect.value, LoadClass)
    return isinstance(effect, Exclude)


def _would_reassure(unknown: Iterable[FactType], situation: Situation, result: Result) -> bool:
    """Return whether reassuring answers to facts, given with a result, would still be valid."""
    clock = situation.state.clock
    return all(clock.still_reassures(fact, result.moment) for fact in unknown)


def _opening(
    consequence: AnyConsequence,
    allowed: Iterable[tuple[Allowance, Result]],
    rulebook: Rulebook,
    *,
    full_weight: bool,
) -> Result | None:
    """Return the latest result that opens an exclusion or a load limit; None if no result does.

    A result concerns the exercise if it is about a region that the exercise loads, or about a
    neighbour of such a region. Each result that concerns the exercise must allow it.

    Args:
        consequence: The exclusion or the load limit.
        allowed: The allowances with their results, the earliest first.
        rulebook: The rulebook with the exercises.
        full_weight: True if full weight bearing is allowed.
    """
    target = consequence.target
    if not isinstance(target, ExerciseSide) or not _may_be_opened(consequence):
        return None
    exercise = rulebook.exercise_index.by_id[target.exercise]
    reach = rulebook.exercise_index.loaded_regions_and_neighbours[exercise.id]
    concerning = [
        (allowance, result)
        for allowance, result in allowed
        if (result.stated.region is None or result.stated.region in reach)
        and result.stated.side.meets(target.side)
    ]
    if not concerning or not all(
        _is_allowed(exercise, allowance, full_weight=full_weight) for allowance, _ in concerning
    ):
        return None
    return concerning[-1][1]


def _is_allowed(exercise: Exercise, allowance: Allowance, *, full_weight: bool) -> bool:
    """Return whether an allowance covers an exercise.

    A standing exercise also needs full weight bearing, or its id in the allowance.
    """
    load_allowed = allowance.load is None or exercise.load <= allowance.load
    kind_allowed = not allowance.kinds or exercise.kind in allowance.kinds
    id_allowed = not allowance.exercises or exercise.id in allowance.exercises
    stands = exercise.position is Position.STANDING
    weight_allowed = full_weight or not stands or exercise.id in allowance.exercises
    return load_allowed and kind_allowed and id_allowed and weight_allowed


def _concern_of(result: Result) -> Concern:
    """Return the sites and the moment of a result that found a diagnosis."""
    region = result.stated.region
    sites = frozenset(() if region is None else sites_of(region, result.stated.side))
    return Concern(sites, result.moment)


def _concern(
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
                sites |= _concern_of(result).sites
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
