"""The search for rules without effect, contradictions, and exercises that nobody can get."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain

from kineticchain.domain.facts import ReferralLevel, evaluate
from kineticchain.domain.facts.condition import Constant, names_tested_for_known
from kineticchain.record import Situation
from kineticchain.rules.analysis.box_cover import Box, likely_point, meet, touch
from kineticchain.rules.analysis.finding import Accepted, FindingKind, RuleFinding
from kineticchain.rules.analysis.rule_boxes import candidates
from kineticchain.rules.analysis.satisfiability import Search, Verdict
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


class FindingSearch(Search):
    """A search for findings in the boxes of all rules."""

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
        tested_for_known = names_tested_for_known(rule.when)
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
