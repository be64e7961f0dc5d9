"""Clearance: the effect of clinicians' results on rules.

A result can settle a rule, which then does not apply. A result can also open exercises: `Opened`
replaces exclusions and load limits of the rule.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Protocol

from attrs import frozen

from kineticchain.domain.exercises import Exercise, LoadClass, Position
from kineticchain.domain.facts import FactClass, FactType, ReferralLevel
from kineticchain.domain.facts.evaluation import open_names
from kineticchain.domain.person import Allowance
from kineticchain.domain.person.complaint import WeightBearing
from kineticchain.record import Situation
from kineticchain.record.clinician.result import Result
from kineticchain.record.orders import WEIGHT
from kineticchain.rules.evaluation.concern import concern_of_result, concern_of_rule
from kineticchain.rules.evaluation.rulebook import Rulebook
from kineticchain.rules.model.consequence import AnyConsequence, Consequence
from kineticchain.rules.model.decision import Fired, Settled
from kineticchain.rules.model.effect import Exclude, Limit, Opened
from kineticchain.rules.model.exercise_index import ExerciseSide
from kineticchain.rules.model.rule import Rule

_FOLLOWED_BY = {"stress_fracture": "fracture"}
"""Diagnoses, each with the diagnosis that can replace it.

A diagnosis is replaced if the other one is found at the same time or later, at a common site.
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
            results.settles((diagnosis,), concern_of_result(result), by_name=by_name)
            for diagnosis, result in findings
        ):
            return False
        return results.settles(
            rule.settled_by,
            concern_of_rule(rule, fired.binding, unknown, self.situation, self.rulebook),
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
        concern = concern_of_rule(rule, binding, (), situation, self.rulebook)
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
