"""Findings about a rulebook that hold for all people, each with a witness where one can show it.

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
        others: The ids of other rules that take part.
        verdict: Whether the finding is proven.
        witness: A person who shows the finding. Findings that state that nobody exists have none,
            such as a rule that never holds or a rule that is shadowed.
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
"""Whether a finding is meant; the finding may lack its witness."""


def analyse(
    rulebook: Rulebook, work: int = WORK, accepted: Accepted | None = None
) -> tuple[RuleFinding, ...]:
    """Return all findings about the data rules of a rulebook.

    Args:
        rulebook: The rules.
        work: The budget of each question, in comparisons of boxes. A question that exceeds it is
            undecided.
        accepted: Tells which findings are meant. With it, they are left out before their witness
            is searched, and a rule that contradicts several others is reported with one of them.
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
        """The rules at least as strong as an effect, about an exercise; `_stronger` fills it."""
        return {}

    @cached_property
    def _about(self) -> Mapping[str, list[Rule]]:
        """Map each exercise to the rules that can apply to it."""
        rules_by_exercise: dict[str, list[Rule]] = {
            exercise.id: [] for exercise in self.forms.rulebook.exercise_index.exercises
        }
        for rule in self.rules:
            for exercise in self.forms.exercises_of(rule):
                rules_by_exercise[exercise].append(rule)
        return rules_by_exercise

    def truths(self) -> Iterator[RuleFinding]:
        """Yield rules that never hold, and conditional rules that hold whatever the answers."""
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
                somebody = self.person(sure, ())
                if isinstance(somebody, Witness):
                    yield RuleFinding(FindingKind.ALWAYS_HOLDS, rule.id, witness=somebody)

    def _answered(self, rule: Rule, boxes: tuple[Box, ...]) -> Box:
        """Return the people whose facts in the boxes are all known.

        Facts that the rule itself tests with ``known`` may also be unknown.
        """
        asked = {part.name.id for part in walk(rule.when) if isinstance(part, Known)}
        cells = self.forms.grid.cells
        columns = {column for box in boxes for column in box if column[0] not in asked}
        return {column: cells[column].known for column in columns}

    def shadows(self) -> Iterator[RuleFinding]:
        """Yield rules with safety effects alone, all redundant beside other rules for everybody."""
        for rule in self.rules:
            effects = [effect for effect in rule.effects if isinstance(effect, _SAFETY)]
            if not effects or len(effects) < len(rule.effects):
                continue
            others: set[str] = set()
            if all(self._is_void(rule, effect, others) for effect in effects):
                yield RuleFinding(FindingKind.SHADOWED, rule.id, tuple(sorted(others)))

    def _is_void(self, rule: Rule, effect: Effect, others: set[str]) -> bool:
        """Return whether other rules make an effect redundant, and add their ids to `others`."""
        # A referral follows only from a true condition, a restriction also from an unknown one.
        # Both sides of the comparison use the same reading.
        refers = isinstance(effect, Refer)
        if not is_about_exercises(effect):
            stronger = self._stronger(rule, effect, None)
            own = self.forms.sure(rule) if refers else self.forms.may(rule)
            return self._covered(own, stronger, others, or_unknown=not refers)
        exercises = self.forms.exercises_of(rule)
        return bool(exercises) and all(
            self._covered(
                self.forms.about(rule, candidate, or_unknown=True),
                self._stronger(rule, effect, candidate),
                others,
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
        own: tuple[Box, ...] | None,
        stronger: list[Rule],
        others: set[str],
        *,
        or_unknown: bool,
        candidate: ExerciseSide | None = None,
    ) -> bool:
        """Return whether for everybody in the own boxes one of the stronger rules holds.

        The ids of stronger rules that overlap with the own boxes are added to `others`.
        """
        if not own or not stronger:
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
        point = likely_point(own[0], self.likely)
        obstacles = chain(self.forms.background, *boxes_of.values())
        if not any(touch(point, box) for box in obstacles):
            return False
        twin = next((name for name, boxes in boxes_of.items() if _contain(boxes, own)), None)
        if twin is not None:
            others.add(twin)
            return True
        covering: list[Box] = []
        for name, boxes in boxes_of.items():
            near = [box for box in boxes if any(touch(box, mine) for mine in own)]
            if near:
                covering += near
                others.add(name)
        return bool(covering) and self.is_empty(own, covering)

    def contradictions(self, accepted: Accepted | None = None) -> Iterator[RuleFinding]:
        """Yield rules that prefer an exercise that another rule excludes for the same person.

        Args:
            accepted: Tells which findings are meant. With it each rule is yielded once at most.
        """
        for rule in self.rules:
            if not _does(rule, Prefer):
                continue
            own = self.forms.exercises_of(rule)
            others = {other.id: other for exercise in own for other in self._about[exercise]}
            pack = rule.id.partition(".")[0]
            # rules of the same pack first: they are what its author can change
            for name in sorted(others, key=lambda name: (name.partition(".")[0] != pack, name)):
                other = others[name]
                if not _does(other, Exclude):
                    continue
                pair = RuleFinding(FindingKind.CONTRADICTION, rule.id, (other.id,))
                if accepted is not None and accepted(pair):
                    continue
                common = own & self.forms.exercises_of(other)
                finding = self._contradiction(rule, other, sorted(common))
                if finding is not None:
                    yield finding
                    if accepted is not None:
                        break

    def _contradiction(self, rule: Rule, other: Rule, exercises: list[str]) -> RuleFinding | None:
        """Return the contradiction between two rules about one of the exercises, if there is one.

        A witness counts only if the reference evaluator confirms that both rules hold for it.
        """
        if not any(map(self.forms.differs_by_exercise, (rule, other))):
            exercises = exercises[:1]  # the same people for each of them
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
        situation = witness.situation(self.forms.rulebook)
        return all(_holds(each, situation, self.forms.rulebook) for each in (rule, other))

    def out_of_reach(self) -> Iterator[RuleFinding]:
        """Yield exercises that rules exclude for everybody on at least one side."""
        # A person with an urgent referral does not count as somebody who can get an exercise.
        referring = [
            box
            for rule in self.rules
            for effect in rule.effects
            if isinstance(effect, Refer) and effect.level >= ReferralLevel.URGENT
            for box in self.forms.sure(rule) or ()
        ]
        usual = likely_point({}, self.likely)
        is_possible = (
            not any(touch(usual, box) for box in (*referring, *self.forms.background))
            and witness_in(usual, self.usual, self.likely, self.forms) is not None
        )
        for exercise in self.forms.rulebook.exercise_index.exercises:
            for candidate in candidates(exercise):
                excluding = [
                    box
                    for rule in self._about[exercise.id]
                    if _does(rule, Exclude)
                    for box in self.forms.about(rule, candidate, or_unknown=True) or ()
                ]
                if is_possible and not any(touch(usual, box) for box in excluding):
                    continue
                somebody = self.person([{}], [*excluding, *referring])
                if not isinstance(somebody, Witness):
                    verdict = somebody or Verdict.PROVEN
                    yield RuleFinding(FindingKind.OUT_OF_REACH, exercise.id, verdict=verdict)
                    break


_SAFETY = (Refer, Exclude, Limit, Require)


def _contain(boxes: Sequence[Box], own: Sequence[Box]) -> bool:
    """Return whether each of the own boxes lies within one of some boxes."""
    return all(any(_contains(box, mine) for box in boxes) for mine in own)


def _contains(box: Box, inner: Box) -> bool:
    return all(not inner.get(column, -1) & ~cells for column, cells in box.items())


def _does(rule: Rule, kind: type[Effect]) -> bool:
    return any(isinstance(effect, kind) for effect in rule.effects)


def _at_least(strong: Effect, effect: Effect) -> bool:
    """Return whether an effect makes another one redundant, being equal or stronger."""
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
    settled = with_conclusions(situation, rulebook.strata)
    return any(evaluate(rule.when, facts) is True for _, facts in settled.bindings(rule.each))


def _unasked(rulebook: Rulebook) -> Iterator[RuleFinding]:
    """Yield rules with referrals from SAME_DAY on whose facts nobody is asked for.

    Such a rule reads facts of the person, none of which is asked for, derived or concluded.
    """
    for rule in rulebook.data_rules:
        levels = [effect.level for effect in rule.effects if isinstance(effect, Refer)]
        if not levels or max(levels) < ReferralLevel.SAME_DAY:
            continue
        guarded = {part.name.id for part in walk(rule.when) if isinstance(part, Known)}
        read = {name for name in names_in(rule.when) if not name.startswith("here.")}
        types = [rulebook.vocabulary.type_of(name) for name in sorted(read - guarded)]
        if types and not any(
            fact is not None and (fact.is_asked or fact.fact_class in _INFERRED) for fact in types
        ):
            yield RuleFinding(FindingKind.RED_FLAG_WITHOUT_QUESTION, rule.id)


_INFERRED = {FactClass.DERIVED, FactClass.CONCLUDED}
