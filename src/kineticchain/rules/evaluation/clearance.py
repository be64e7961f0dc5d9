"""Clearance: clinicians' results settle rules, and open part of what rules exclude."""

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
"""An injury of the last so many days counts as a site that a sign may come from (a choice)."""

FEW_PARTS = 2
"""A sign that may come from at most so many parts of the body is answered at any of them."""

_FOLLOWED_BY = {"stress_fracture": "fracture"}
"""Diagnoses that another one takes the place of, found later at the same place."""

_OF_SESSIONS = frozenset({"last_session_pain", "pain_rising_three_sessions"})
"""Facts that follow from the last sessions; a result answers them if it is later."""


class Clearance(Protocol):
    """The rules that clinicians' results settle, and the exercises that they open."""

    @property
    def opens_any(self) -> bool:
        """True if a result opens anything."""

    def settles(self, fired: Fired) -> bool:
        """Return whether results settle a rule."""

    def opened(
        self, consequences: Iterable[AnyConsequence], fired: Fired
    ) -> Iterator[AnyConsequence]:
        """Replace the exclusions and load limits that a result opens by `Opened`."""


def binding_key(fired: Fired) -> Settled:
    """Return a rule with region and side of its binding."""
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
        """True if a result opened anything."""
        return bool(self.by_rule)

    def settles(self, fired: Fired) -> bool:
        """Return whether a rule was settled."""
        return binding_key(fired) in self.settled

    def opened(
        self, consequences: Iterable[AnyConsequence], fired: Fired
    ) -> Iterator[AnyConsequence]:
        """Replace the exclusions and load limits that were opened by `Opened`."""
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

        Results must concern each site of the rule, and be at least as recent as all facts that it
        reads. From SAME_DAY on they must name the diagnosis; up to URGENT an examination is
        enough. An undecided rule is settled as long as answers of that moment would be valid.
        Where diagnoses were found, each finding must be answered by a result about this diagnosis.
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
            counts=partial(_answers, unknown, self.situation) if unknown else None,
        )

    def _found_of(self, rule: Rule) -> Sequence[tuple[str, Result]]:
        """Return the diagnoses that a rule may read, each with the result that found it."""
        if "diagnosed" not in self.rulebook.reads[rule.id]:
            return ()
        found_at = self.situation.state.results.found_at
        return [
            (diagnosis, result)
            for diagnosis, result in found_at
            if not any(
                _FOLLOWED_BY.get(diagnosis) == later
                and other.moment >= result.moment
                and other.overlaps(result)
                for later, other in found_at
            )
        ]

    def opened(
        self, consequences: Iterable[AnyConsequence], fired: Fired
    ) -> Iterator[AnyConsequence]:
        """Replace the exclusions and load limits that a clinician opens by `Opened`.

        Only rules with `until_cleared` open.
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
    effect = consequence.effect
    if isinstance(effect, Limit):
        return isinstance(effect.value, LoadClass)
    return isinstance(effect, Exclude)


def _answers(unknown: Iterable[FactType], situation: Situation, result: Result) -> bool:
    """Return whether reassuring answers, given together with a result, would still be valid."""
    clock = situation.state.clock
    return all(clock.still_reassures(fact, result.moment) for fact in unknown)


def _opening(
    consequence: AnyConsequence,
    allowed: Iterable[tuple[Allowance, Result]],
    rulebook: Rulebook,
    *,
    full_weight: bool,
) -> Result | None:
    """Return the result that opens an exclusion or a limit of the load; None if none does.

    If several results concern the exercise, each must allow it.
    """
    target = consequence.target
    if not isinstance(target, ExerciseSide) or not _may_be_opened(consequence):
        return None
    exercise = rulebook.exercise_index.by_id[target.exercise]
    reach = rulebook.exercise_index.loaded_regions_and_neighbours[exercise.id]
    near = [
        (allowance, result)
        for allowance, result in allowed
        if (result.stated.region is None or result.stated.region in reach)
        and result.stated.side.meets(target.side)
    ]
    if not near or not all(
        _is_allowed(exercise, allowance, full_weight=full_weight) for allowance, _ in near
    ):
        return None
    return near[-1][1]


def _is_allowed(exercise: Exercise, allowance: Allowance, *, full_weight: bool) -> bool:
    """Return whether an allowance covers an exercise.

    Standing exercises need full weight bearing, or their id in the allowance.
    """
    light = allowance.load is None or exercise.load <= allowance.load
    kind = not allowance.kinds or exercise.kind in allowance.kinds
    named = not allowance.exercises or exercise.id in allowance.exercises
    stands = exercise.position is Position.STANDING
    borne = full_weight or not stands or exercise.id in allowance.exercises
    return light and kind and named and borne


def _concern_of(result: Result) -> Concern:
    """Return the sites and the moment of a finding."""
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
    """Return the sites that a rule concerns, and the moment of its latest fact."""
    state = situation.state
    names = rulebook.reads[rule.id]
    regions = [frozenset(fact.regions) for fact in unknown if fact.regions]
    moments: list[Moment] = []
    for name in names:
        fact = rulebook.vocabulary.type_of(name)
        value = state.facts.get(name, state.unsure.get(name))
        if fact is not None and _tells_when(fact) and is_number(value):
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
    about = frozenset.intersection(*regions) if regions else frozenset()
    about = about or frozenset().union(*regions)
    hurt = [*_hurting(state), *_injured(state)]
    of_pain = any(name.startswith("painful_") or name == "worst_pain" for name in names)
    moments += [at for (region, _), at in hurt if region in about or (of_pain and not about)]
    sites = frozenset(site for site, _ in hurt if site[0] in about or of_sessions)
    if "diagnosed" in names:
        for diagnosis, result in state.results.found_at:
            if not rule.settled_by or diagnosis in rule.settled_by:
                moments.append(result.moment)
                sites |= _concern_of(result).sites
    anywhere = not sites and "diagnosed" not in names
    if anywhere:
        sites = frozenset(site for region in about for site in sites_of(region, Side.BOTH))
    few = 0 < len({region.part for region in about}) <= FEW_PARTS
    types = map(rulebook.vocabulary.type_of, names)
    is_harm = WEIGHT in names or any(fact is not None and _tells_when(fact) for fact in types)
    return Concern(
        sites,
        max(moments, default=None),
        anywhere=(anywhere and few) or of_sessions,
        unplaced=_harmed(state) if is_harm else None,
    )


def _harmed(state: State) -> frozenset[Site]:
    """Return the sites of the recent injuries and of the operations."""
    operated = [(surgery.region, surgery.side) for surgery in state.surgeries]
    injured = [site for site, _ in _injured(state)]
    return frozenset(injured + [site for place in operated for site in sites_of(*place)])


def _tells_when(fact: FactType) -> bool:
    """Return whether a fact tells how long ago something happened: an answer before is no answer.

    It counts up, such as the weeks since an operation.
    """
    return fact.reassuring is None and fact.time is Temporal.COUNTS_UP


def _is_a_sign(fact: FactType, value: Value | None) -> bool:
    """Return whether a value of a fact can start a suspicion."""
    return value is not None and (fact.reassuring is None or value != fact.reassuring)


def _hurting(state: State) -> list[SiteMoment]:
    """Return the painful sites, each with the moment when it began or became much worse."""
    return at_sites(
        (complaint.region, complaint.side, since) for complaint, since in state.complaints
    )


def _injured(state: State) -> list[SiteMoment]:
    """Return the recently injured sites with their moments."""
    return at_sites(
        (injury.region, injury.side, since)
        for injury, since in zip(state.injuries, state.injured, strict=True)
        if injury.days_ago is None or injury.days_ago <= FRESH_DAYS
    )
