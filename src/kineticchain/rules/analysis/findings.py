"""Findings about a rulebook over all people, with a witness who shows the finding if possible.

The analysis is exact over the cells of the facts, for people with at most one complaint, one injury
and one surgery that rules run over; further painful regions are unrestricted. A search that exceeds
its budget is reported as undecided.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from itertools import chain
from typing import TypeAlias

from attrs import evolve, field, frozen

from kineticchain.domain.facts import FactClass, ReferralLevel, evaluate
from kineticchain.domain.facts.condition import Constant, Known, names_in, walk
from kineticchain.record import Situation
from kineticchain.rules.analysis.box_cover import Box, likely_point, meet, touch
from kineticchain.rules.analysis.rule_boxes import RuleBoxes, candidates
from kineticchain.rules.analysis.satisfiability import WORK, Search, Verdict
from kineticchain.rules.analysis.witness import Witness, witness_in
from kineticchain.rules.evaluation.rulebook import Rulebook
from kineticchain.rules.evaluation.strata import with_conclusions
from kineticchain.rules.model.effect import (
    Effect,
    Exclude,
    Limit,
    Prefer,
    Refer,
    Require,
    is_about_exercises,
)
from kineticchain.rules.model.exercise_index import ExerciseSide
from kineticchain.rules.model.rule import Rule


class FindingKind(StrEnum):
    """The kind of a finding."""

    NEVER_HOLDS = "never_holds"
    ALWAYS_HOLDS = "always_holds"
    SHADOWED = "shadowed"
    CONTRADICTION = "contradiction"
    OUT_OF_REACH = "out_of_reach"
    RED_FLAG_WITHOUT_QUESTION = "red_flag_without_question"


@frozen
class RuleFinding:
    """One finding about a rule or an exercise.

    Attributes:
        kind: The kind of the finding.
        subject: The id of the rule or exercise.
        others: The ids of the other rules involved.
        verdict: Whether the finding is proven.
        witness: A person who shows the finding; None for a finding that no person can show, such as
            a rule that never holds or a rule that is shadowed.
    """

    kind: FindingKind
    subject: str
    others: tuple[str, ...] = ()
    verdict: Verdict = Verdict.PROVEN
    witness: Witness | None = field(default=None, repr=False)

    def __str__(self) -> str:
        """Return the finding in words."""
        others = f" ({', '.join(self.others)})" if self.others else ""
        return f"{self.subject}: {_WORDS[self.kind]}{others}, {self.verdict}"


_WORDS = {
    FindingKind.NEVER_HOLDS: "never holds",
    FindingKind.ALWAYS_HOLDS: "always holds",
    FindingKind.SHADOWED: "makes no difference beside others",
    FindingKind.CONTRADICTION: "prefers what another excludes for the same person",
    FindingKind.OUT_OF_REACH: "no person can ever get it",
    FindingKind.RED_FLAG_WITHOUT_QUESTION: "refers on what nobody is asked",
}


Accepted: TypeAlias = Callable[[RuleFinding], bool]
"""A function that returns whether a finding is intended. The finding may lack its witness."""


def analyse(
    rulebook: Rulebook, work: int = WORK, accepted: Accepted | None = None
) -> tuple[RuleFinding, ...]:
    """Return all findings about the data rules of a rulebook.

    Args:
        rulebook: The rules.
        work: The budget of each search, in comparisons of boxes. A search that exceeds the budget
            is undecided.
        accepted: Returns whether a finding is intended. Intended findings are left out. With this
            argument, a rule that contradicts several rules is reported with only one of them.
    """
    search = _FindingSearch(RuleBoxes.of(rulebook), work)
    findings = (
        *search.truths(),
        *search.shadows(),
        *search.contradictions(accepted),
        *search.out_of_reach(),
        *_unasked(rulebook),
    )
    if accepted is None:
        return findings
    return tuple(finding for finding in findings if not accepted(finding))


def never_hold(rules: Iterable[Rule], rulebook: Rulebook) -> tuple[Rule, ...]:
    """Return the rules that are proven to hold for nobody; undecided rules are not included.

    Args:
        rules: The rules to check.
        rulebook: The exercises and facts that the rules read.
    """
    search = Search(RuleBoxes.of(evolve(rulebook, rules=tuple(rules))))
    return tuple(
        rule
        for rule in search.rules
        if (sure := search.forms.sure(rule)) is not None and search.is_empty(sure, ())
    )


class _FindingSearch(Search):
    @cached_property
    def _rules_with(self) -> dict[tuple[Effect, str | None], list[Rule]]:
        """Cache of `_stronger`: rules with an effect at least as strong, by effect and exercise."""
        return {}

    @cached_property
    def _about(self) -> Mapping[str, list[Rule]]:
        """The rules that can be about each exercise, by its id."""
        rules_by_exercise: dict[str, list[Rule]] = {
            exercise.id: [] for exercise in self.forms.rulebook.exercise_index.exercises
        }
        for rule in self.rules:
            for exercise in self.forms.exercises_of(rule):
                rules_by_exercise[exercise].append(rule)
        return rules_by_exercise

    def truths(self) -> Iterator[RuleFinding]:
        """Yield findings for rules that never hold, and for conditional rules that always hold."""
        for rule in self.rules:
            sure = self.forms.sure(rule)
            if sure is None:
                yield RuleFinding(FindingKind.NEVER_HOLDS, rule.id, verdict=Verdict.UNDECIDED)
                continue
            if self.is_empty(sure, ()):
                yield RuleFinding(FindingKind.NEVER_HOLDS, rule.id)
            elif (
                rule.when != Constant(value=True)
                and rule.each is None
                # The rule always holds if every person who has answered its questions meets its
                # condition.
                and self.is_empty([self._answered(rule, sure)], sure)
            ):
                witness = self.person(sure, ())
                if isinstance(witness, Witness):
                    yield RuleFinding(FindingKind.ALWAYS_HOLDS, rule.id, witness=witness)

    def _answered(self, rule: Rule, boxes: tuple[Box, ...]) -> Box:
        """Return the box of the people for whom all facts in the given boxes are known.

        Facts that the rule itself tests with ``known`` may also be unknown.
        """
        tested_for_known = {part.name.id for part in walk(rule.when) if isinstance(part, Known)}
        cells = self.forms.grid.cells
        columns = {column for box in boxes for column in box if column[0] not in tested_for_known}
        return {column: cells[column].known for column in columns}

    def shadows(self) -> Iterator[RuleFinding]:
        """Yield findings for rules that other rules make redundant for everybody.

        Only rules that have safety effects and no other effects are examined.
        """
        for rule in self.rules:
            effects = [effect for effect in rule.effects if isinstance(effect, _SAFETY)]
            if not effects or len(effects) < len(rule.effects):
                continue
            covering_ids: set[str] = set()
            if all(self._is_redundant(rule, effect, covering_ids) for effect in effects):
                yield RuleFinding(FindingKind.SHADOWED, rule.id, tuple(sorted(covering_ids)))

    def _is_redundant(self, rule: Rule, effect: Effect, covering_ids: set[str]) -> bool:
        """Return whether other rules make an effect redundant; add their ids to `covering_ids`."""
        # A referral follows only from a true condition. A restriction also follows from an unknown
        # condition. Both sides of the comparison use the same reading.
        refers = isinstance(effect, Refer)
        if not is_about_exercises(effect):
            stronger = self._stronger(rule, effect, None)
            boxes = self.forms.sure(rule) if refers else self.forms.may(rule)
            return self._covered(boxes, stronger, covering_ids, or_unknown=not refers)
        exercises = self.forms.exercises_of(rule)
        return bool(exercises) and all(
            self._covered(
                self.forms.about(rule, candidate, or_unknown=True),
                self._stronger(rule, effect, candidate),
                covering_ids,
                or_unknown=True,
                candidate=candidate,
            )
            for exercise in sorted(exercises)
            for candidate in candidates(self.forms.rulebook.exercise_index.by_id[exercise])
        )

    def _stronger(self, rule: Rule, effect: Effect, candidate: ExerciseSide | None) -> list[Rule]:
        """Return the other rules with an effect at least as strong, about the same exercise."""
        key = effect, None if candidate is None else candidate.exercise
        rules = self._rules_with.get(key)
        if rules is None:
            about = self.rules if candidate is None else self._about[candidate.exercise]
            rules = self._rules_with[key] = [
                other
                for other in about
                if any(_at_least(strong, effect) for strong in other.effects)
            ]
        return [other for other in rules if other is not rule]

    def _covered(
        self,
        rule_boxes: tuple[Box, ...] | None,
        stronger: list[Rule],
        covering_ids: set[str],
        *,
        or_unknown: bool,
        candidate: ExerciseSide | None = None,
    ) -> bool:
        """Return whether for everybody in the boxes of a rule one of the stronger rules holds.

        If a single stronger rule covers the boxes, its id is added to `covering_ids`. Otherwise the
        ids of all stronger rules that overlap with the boxes are added.
        """
        if not rule_boxes or not stronger:
            return False
        boxes_of: dict[str, tuple[Box, ...]] = {}
        for other in stronger:
            if candidate is None:
                boxes = self.forms.may(other) if or_unknown else self.forms.sure(other)
            else:
                boxes = self.forms.about(other, candidate, or_unknown=or_unknown)
            boxes_of[other.id] = boxes or ()
        # Fast path: most rules make a difference for a usual person. If the likely point of the
        # first box lies in no stronger rule and in no impossible combination, the rule is not
        # covered.
        point = likely_point(rule_boxes[0], self.likely)
        obstacles = chain(self.forms.background, *boxes_of.values())
        if not any(touch(point, box) for box in obstacles):
            return False
        covering_id = next(
            (name for name, boxes in boxes_of.items() if _contain(boxes, rule_boxes)), None
        )
        if covering_id is not None:
            covering_ids.add(covering_id)
            return True
        covering: list[Box] = []
        for name, boxes in boxes_of.items():
            overlapping = [
                box for box in boxes if any(touch(box, rule_box) for rule_box in rule_boxes)
            ]
            if overlapping:
                covering += overlapping
                covering_ids.add(name)
        return bool(covering) and self.is_empty(rule_boxes, covering)

    def contradictions(self, accepted: Accepted | None = None) -> Iterator[RuleFinding]:
        """Yield findings for rules that prefer an exercise that another rule excludes for a person.

        Args:
            accepted: Returns whether a finding is intended. Intended findings are left out. With
                this argument, at most one finding is yielded for each rule.
        """
        for rule in self.rules:
            if not _has_effect(rule, Prefer):
                continue
            preferred = self.forms.exercises_of(rule)
            rules_by_id = {
                other.id: other for exercise in preferred for other in self._about[exercise]
            }
            pack = rule.id.partition(".")[0]
            # Rules of the same pack come first, because the author of the pack can change them.
            for name in sorted(
                rules_by_id, key=lambda name: (name.partition(".")[0] != pack, name)
            ):
                other = rules_by_id[name]
                if not _has_effect(other, Exclude):
                    continue
                pair = RuleFinding(FindingKind.CONTRADICTION, rule.id, (other.id,))
                if accepted is not None and accepted(pair):
                    continue
                common = preferred & self.forms.exercises_of(other)
                finding = self._contradiction(rule, other, sorted(common))
                if finding is not None:
                    yield finding
                    if accepted is not None:
                        break

    def _contradiction(self, rule: Rule, other: Rule, exercises: list[str]) -> RuleFinding | None:
        """Return the contradiction between two rules about one of the exercises, if there is one.

        A witness counts only if both rules hold for the witness by the reference evaluator.
        """
        if not any(map(self.forms.differs_by_exercise, (rule, other))):
            exercises = exercises[:1]  # the rules hold for the same people for each exercise
        for exercise in exercises:
            for candidate in candidates(self.forms.rulebook.exercise_index.by_id[exercise]):
                preferred = self.forms.about(rule, candidate, or_unknown=False) or ()
                excluded = self.forms.about(other, candidate, or_unknown=False) or ()
                joint = [
                    box for a in preferred for b in excluded if (box := meet(a, b)) is not None
                ]
                witness = self.person(joint, ()) if joint else None
                if isinstance(witness, Witness) and self._both_hold(rule, other, witness):
                    return RuleFinding(
                        FindingKind.CONTRADICTION, rule.id, (other.id,), witness=witness
                    )
        return None

    def _both_hold(self, rule: Rule, other: Rule, witness: Witness) -> bool:
        """Return whether both rules hold for a witness, by the reference evaluator."""
        situation = witness.situation(self.forms.rulebook)
        return all(_holds(checked, situation, self.forms.rulebook) for checked in (rule, other))

    def out_of_reach(self) -> Iterator[RuleFinding]:
        """Yield findings for exercises that rules exclude for everybody on at least one side."""
        # A person with an urgent referral does not count as somebody who can get an exercise.
        referring = [
            box
            for rule in self.rules
            for effect in rule.effects
            if isinstance(effect, Refer) and effect.level >= ReferralLevel.URGENT
            for box in self.forms.sure(rule) or ()
        ]
        usual_point = likely_point({}, self.likely)
        is_possible = (
            not any(touch(usual_point, box) for box in (*referring, *self.forms.background))
            and witness_in(usual_point, self.usual, self.likely, self.forms) is not None
        )
        for exercise in self.forms.rulebook.exercise_index.exercises:
            for candidate in candidates(exercise):
                excluding = [
                    box
                    for rule in self._about[exercise.id]
                    if _has_effect(rule, Exclude)
                    for box in self.forms.about(rule, candidate, or_unknown=True) or ()
                ]
                if is_possible and not any(touch(usual_point, box) for box in excluding):
                    continue
                result = self.person([{}], [*excluding, *referring])
                if not isinstance(result, Witness):
                    verdict = result or Verdict.PROVEN
                    yield RuleFinding(FindingKind.OUT_OF_REACH, exercise.id, verdict=verdict)
                    break


_SAFETY = (Refer, Exclude, Limit, Require)


def _contain(boxes: Sequence[Box], inner_boxes: Sequence[Box]) -> bool:
    """Return whether each of the inner boxes lies within one of the boxes."""
    return all(any(_contains(box, inner) for box in boxes) for inner in inner_boxes)


def _contains(box: Box, inner: Box) -> bool:
    """Return whether an inner box lies within a box."""
    return all(not inner.get(column, -1) & ~cells for column, cells in box.items())


def _has_effect(rule: Rule, kind: type[Effect]) -> bool:
    return any(isinstance(effect, kind) for effect in rule.effects)


def _at_least(strong: Effect, effect: Effect) -> bool:
    """Return whether the effect `strong` makes `effect` redundant: it is equal or stronger."""
    match strong, effect:
        case Refer(level), Refer(other_level):
            return level >= other_level
        case Exclude(), Exclude() | Limit() | Require():
            return not isinstance(effect, Limit) or is_about_exercises(effect)
        case Limit(kind, value), Limit(other_kind, other_value):
            return kind is other_kind and value <= other_value  # type: ignore[operator]  # of one kind
        case Require(requirement), Require(other_requirement):
            return requirement is other_requirement
        case _:
            return False


def _holds(rule: Rule, situation: Situation, rulebook: Rulebook) -> bool:
    """Return whether a rule is true in a situation, by the reference evaluator."""
    concluded = with_conclusions(situation, rulebook.strata)
    return any(evaluate(rule.when, facts) is True for _, facts in concluded.bindings(rule.each))


def _unasked(rulebook: Rulebook) -> Iterator[RuleFinding]:
    """Yield a finding for each urgent rule whose facts of the person can never become known.

    An urgent rule refers the person at SAME_DAY or above. Its facts never become known if no
    question asks for any of them, and if none is derived or concluded. Facts that the rule tests
    with ``known`` do not count.
    """
    for rule in rulebook.data_rules:
        levels = [effect.level for effect in rule.effects if isinstance(effect, Refer)]
        if not levels or max(levels) < ReferralLevel.SAME_DAY:
            continue
        tested_for_known = {part.name.id for part in walk(rule.when) if isinstance(part, Known)}
        read = {name for name in names_in(rule.when) if not name.startswith("here.")}
        types = [rulebook.vocabulary.type_of(name) for name in sorted(read - tested_for_known)]
        if types and not any(
            fact is not None and (fact.is_asked or fact.fact_class in _INFERRED) for fact in types
        ):
            yield RuleFinding(FindingKind.RED_FLAG_WITHOUT_QUESTION, rule.id)


_INFERRED = {FactClass.DERIVED, FactClass.CONCLUDED}
