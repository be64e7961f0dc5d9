"""What is odd about a rulebook: proven over all people, each finding with a person who shows it.

Exact over the cells of the facts, for people with at most one complaint, injury and surgery
that rules run over; further painful regions are free. A search that spends its budget says
so.
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property

from attrs import evolve, field, frozen

from kineticchain.domain.facts import FactClass, ReferralLevel, evaluate
from kineticchain.domain.facts.condition import Constant, Known, names_in, walk
from kineticchain.record import Situation
from kineticchain.rules.analysis.box_cover import Box, meet, touch
from kineticchain.rules.analysis.rule_boxes import RuleBoxes, candidates
from kineticchain.rules.analysis.satisfiability import WORK, Search, Verdict
from kineticchain.rules.analysis.witness import Witness
from kineticchain.rules.evaluation.rulebook import Rulebook
from kineticchain.rules.evaluation.strata import with_conclusions
from kineticchain.rules.model.effect import Effect, Exclude, Limit, Prefer, Refer, Require
from kineticchain.rules.model.exercise_index import ExerciseSide
from kineticchain.rules.model.rule import Rule, is_about_exercises


class FindingKind(StrEnum):
    """What kind of oddity it is."""

    NEVER_HOLDS = "never_holds"
    ALWAYS_HOLDS = "always_holds"
    SHADOWED = "shadowed"
    CONTRADICTION = "contradiction"
    OUT_OF_REACH = "out_of_reach"
    RED_FLAG_WITHOUT_QUESTION = "red_flag_without_question"


@frozen
class RuleFinding:
    """One oddity: the rule or exercise it is about, others that take part, and a witness.

    Without a witness it says that there is nobody: for a rule that never holds no person,
    for a shadowed effect no person on whom it makes a difference.
    """

    kind: FindingKind
    subject: str
    others: tuple[str, ...] = ()
    verdict: Verdict = Verdict.PROVEN
    witness: Witness | None = field(default=None, repr=False)

    def __str__(self) -> str:
        """The finding in words."""
        others = f" ({', '.join(self.others)})" if self.others else ""
        return f"{self.subject}: {_WORDS[self.kind]}{others}, {self.verdict}"


_WORDS = {
    FindingKind.NEVER_HOLDS: "never holds",
    FindingKind.ALWAYS_HOLDS: "always holds",
    FindingKind.SHADOWED: "makes no difference beside others",
    FindingKind.CONTRADICTION: "favours what another excludes for the same person",
    FindingKind.OUT_OF_REACH: "no person can ever get it",
    FindingKind.RED_FLAG_WITHOUT_QUESTION: "refers on what nobody is asked",
}


def analyse(rulebook: Rulebook, work: int = WORK) -> tuple[RuleFinding, ...]:
    """All findings about the rules that are data, those about rules first.

    `work` bounds what each question may cost; a question that costs more is undecided.
    """
    look = _FindingSearch(RuleBoxes.of(rulebook), work)
    return (
        *look.truths(),
        *look.shadows(),
        *look.contradictions(),
        *look.out_of_reach(),
        *_unasked(rulebook),
    )


def never_hold(rules: Iterable[Rule], rulebook: Rulebook) -> tuple[Rule, ...]:
    """The rules that no person at all makes true; those too hard to tell are left out."""
    look = Search(RuleBoxes.of(evolve(rulebook, rules=tuple(rules))))
    return tuple(
        rule
        for rule in look.rules
        if (sure := look.forms.sure(rule)) is not None and look.person(sure, ()) is None
    )


class _FindingSearch(Search):
    @cached_property
    def _about(self) -> Mapping[str, list[Rule]]:
        """For each exercise the rules that may be about it."""
        found: dict[str, list[Rule]] = {
            one.id: [] for one in self.forms.rulebook.exercise_index.exercises
        }
        for rule in self.rules:
            for exercise in self.forms.exercises_of(rule):
                found[exercise].append(rule)
        return found

    def truths(self) -> Iterator[RuleFinding]:
        """Rules that never hold, and rules that hold whatever the answers without saying so."""
        for rule in self.rules:
            sure = self.forms.sure(rule)
            if sure is None:
                yield RuleFinding(FindingKind.NEVER_HOLDS, rule.id, verdict=Verdict.UNDECIDED)
                continue
            somebody = self.person(sure, ())
            if somebody is None:
                yield RuleFinding(FindingKind.NEVER_HOLDS, rule.id)
            elif rule.when != Constant(value=True) and rule.each is None:
                nobody = self.person([self._answered(rule, sure)], sure)
                if nobody is None and isinstance(somebody, Witness):
                    yield RuleFinding(FindingKind.ALWAYS_HOLDS, rule.id, witness=somebody)

    def _answered(self, rule: Rule, boxes: tuple[Box, ...]) -> Box:
        """People who know all that a rule reads, but for what it asks whether they know."""
        asked = {part.name.id for part in walk(rule.when) if isinstance(part, Known)}
        cells = self.forms.grid.cells
        columns = {column for box in boxes for column in box if column[0] not in asked}
        return {column: cells[column].known for column in columns}

    def shadows(self) -> Iterator[RuleFinding]:
        """Rules all of whose safety effects others make void, for everybody."""
        for rule in self.rules:
            effects = [one for one in rule.effects if isinstance(one, _SAFETY)]
            if not effects or len(effects) < len(rule.effects):
                continue
            others: set[str] = set()
            if all(self._is_void(rule, effect, others) for effect in effects):
                yield RuleFinding(FindingKind.SHADOWED, rule.id, tuple(sorted(others)))

    def _is_void(self, rule: Rule, effect: Effect, others: set[str]) -> bool:
        refers = isinstance(effect, Refer)
        if not is_about_exercises(effect):
            stronger = self._stronger(rule, effect, None)
            own = self.forms.sure(rule) if refers else self.forms.may(rule)
            return self._covered(own, stronger, others, or_unknown=not refers)
        exercises = self.forms.exercises_of(rule)
        return bool(exercises) and all(
            self._covered(
                self.forms.about(rule, one, or_unknown=True),
                self._stronger(rule, effect, one),
                others,
                or_unknown=True,
                one=one,
            )
            for exercise in sorted(exercises)
            for one in candidates(self.forms.rulebook.exercise_index.by_id[exercise])
        )

    def _stronger(self, rule: Rule, effect: Effect, one: ExerciseSide | None) -> list[Rule]:
        """The other rules that do what an effect does, or more."""
        return [
            other
            for other in (self.rules if one is None else self._about[one.exercise])
            if other.id != rule.id and any(_at_least(does, effect) for does in other.effects)
        ]

    def _covered(
        self,
        own: tuple[Box, ...] | None,
        stronger: list[Rule],
        others: set[str],
        *,
        or_unknown: bool,
        one: ExerciseSide | None = None,
    ) -> bool:
        """Whether some of the stronger rules hold for everybody for whom this one does."""
        if not own or not stronger:
            return False
        boxes: list[Box] = []
        for other in stronger:
            if one is None:
                found = self.forms.may(other) if or_unknown else self.forms.sure(other)
            else:
                found = self.forms.about(other, one, or_unknown=or_unknown)
            near = [box for box in found or () if any(touch(box, mine) for mine in own)]
            if near:
                boxes += near
                others.add(other.id)
        return bool(boxes) and self.person(own, boxes) is None

    def contradictions(self) -> Iterator[RuleFinding]:
        """Rules that favour what another excludes, for the same person."""
        for rule in self.rules:
            if not _does(rule, Prefer):
                continue
            own = self.forms.exercises_of(rule)
            others = {other.id: other for exercise in own for other in self._about[exercise]}
            for _, other in sorted(others.items()):
                if _does(other, Exclude):
                    both = own & self.forms.exercises_of(other)
                    finding = self._contradiction(rule, other, sorted(both))
                    if finding is not None:
                        yield finding

    def _contradiction(self, rule: Rule, other: Rule, exercises: list[str]) -> RuleFinding | None:
        for exercise in exercises:
            for one in candidates(self.forms.rulebook.exercise_index.by_id[exercise]):
                favoured = self.forms.about(rule, one, or_unknown=False) or ()
                excluded = self.forms.about(other, one, or_unknown=False) or ()
                joint = [box for a in favoured for b in excluded if (box := meet(a, b)) is not None]
                witness = self.person(joint, ()) if joint else None
                if isinstance(witness, Witness) and self._both_hold(rule, other, witness):
                    return RuleFinding(
                        FindingKind.CONTRADICTION, rule.id, (other.id,), witness=witness
                    )
        return None

    def _both_hold(self, rule: Rule, other: Rule, witness: Witness) -> bool:
        situation = witness.situation(self.forms.rulebook)
        return all(_holds(one, situation, self.forms.rulebook) for one in (rule, other))

    def out_of_reach(self) -> Iterator[RuleFinding]:
        """Exercises that rules keep from everybody, answer as they may."""
        refusing = [
            box
            for rule in self.rules
            for effect in rule.effects
            if isinstance(effect, Refer) and effect.level >= ReferralLevel.URGENT
            for box in self.forms.sure(rule) or ()
        ]
        for exercise in self.forms.rulebook.exercise_index.exercises:
            for one in candidates(exercise):
                boxes = [
                    box
                    for rule in self._about[exercise.id]
                    if _does(rule, Exclude)
                    for box in self.forms.about(rule, one, or_unknown=True) or ()
                ]
                found = self.person([{}], [*boxes, *refusing])
                if not isinstance(found, Witness):
                    verdict = found or Verdict.PROVEN
                    yield RuleFinding(FindingKind.OUT_OF_REACH, one.exercise, verdict=verdict)
                    break


_SAFETY = (Refer, Exclude, Limit, Require)


def _does(rule: Rule, kind: type[Effect]) -> bool:
    return any(isinstance(effect, kind) for effect in rule.effects)


def _at_least(does: Effect, effect: Effect) -> bool:
    """Whether doing one thing makes another void: it is the same, or stronger."""
    match does, effect:
        case Refer(level), Refer(other):
            return level >= other
        case Exclude(), Exclude() | Limit() | Require():
            return not isinstance(effect, Limit) or is_about_exercises(effect)
        case Limit(kind, value), Limit(other_kind, other_value):
            return kind is other_kind and value <= other_value  # type: ignore[operator]  # of one kind
        case Require(one), Require(other_one):
            return one is other_one
        case _:
            return False


def _holds(rule: Rule, situation: Situation, rulebook: Rulebook) -> bool:
    """Whether a rule is true of somebody, by the reference evaluator."""
    settled = with_conclusions(situation, rulebook.strata)
    return any(evaluate(rule.when, facts) is True for _, facts in settled.bindings(rule.each))


def _unasked(rulebook: Rulebook) -> Iterator[RuleFinding]:
    """Referrals from SAME_DAY on that rest on nothing that is asked, told or derived."""
    for rule in rulebook.data_rules:
        levels = [one.level for one in rule.effects if isinstance(one, Refer)]
        if not levels or max(levels) < ReferralLevel.SAME_DAY:
            continue
        guarded = {part.name.id for part in walk(rule.when) if isinstance(part, Known)}
        read = {name for name in names_in(rule.when) if not name.startswith("here.")}
        types = [rulebook.vocabulary.type_of(name) for name in sorted(read - guarded)]
        if types and not any(
            one is not None and (one.is_asked or one.fact_class in _TOLD) for one in types
        ):
            yield RuleFinding(FindingKind.RED_FLAG_WITHOUT_QUESTION, rule.id)


_TOLD = {FactClass.DERIVED, FactClass.CONCLUDED}
