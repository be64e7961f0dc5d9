"""What a knowledge holds, and the ways to look it up."""

from collections import OrderedDict
from collections.abc import Mapping
from functools import cached_property
from threading import Lock
from typing import Any

from attrs import evolve, field, fields, frozen

from kineticchain.domain.anatomy import KineticChain, Side
from kineticchain.domain.evidence import Conflict, Evidence, Source
from kineticchain.domain.exercises import Equipment, Exercise, Ladder
from kineticchain.domain.facts import Diagnosis, FactType, Value, Vocabulary
from kineticchain.domain.messages import MessageCatalog
from kineticchain.errors import UnknownName, likely
from kineticchain.knowledge.fingerprint import fingerprint, part_fingerprint
from kineticchain.knowledge.goal import Asymmetry, Goal
from kineticchain.progression import DoseOrder, LadderIndex, Policy, Transition
from kineticchain.record import DerivationTerms, RecordPolicy
from kineticchain.record.derivation.derived_facts import PERSON_FACTS
from kineticchain.rules import CompiledRules, ExerciseIndex, PythonRule, Rule, Rulebook, RulePack
from kineticchain.rules.model.exercise_index import ExerciseSide


@frozen(kw_only=True)
class LadderStep:
    """An exercise of a ladder on one side.

    Attributes:
        rung: Its rung, from 0.
        exercise: The exercise.
        key: The exercise and the side.
        trains: The sides of the ladder that it trains.
    """

    rung: int
    exercise: Exercise
    key: ExerciseSide
    trains: tuple[Side, ...]


@frozen(kw_only=True, eq=False)
class Contents:
    """Everything that plans are made from.

    `disabled_rules` are the ids of rules that an app does without.
    """

    version: str
    chain: KineticChain = field(repr=False)
    equipment: tuple[Equipment, ...] = field(repr=False)
    goals: tuple[Goal, ...] = field(repr=False)
    asymmetries: tuple[Asymmetry, ...] = field(default=(), repr=False)
    packs: tuple[RulePack, ...] = field(repr=False)
    policy: Policy = field(factory=Policy, repr=False)
    transitions: tuple[Transition, ...] = field(repr=False)
    dose_orders: tuple[DoseOrder, ...] = field(repr=False)
    catalog: MessageCatalog = field(repr=False)
    record_policy: RecordPolicy = field(factory=RecordPolicy, repr=False)
    disabled_rules: tuple[str, ...] = ()

    def exercise(self, exercise_id: str) -> Exercise:
        """An exercise by its id. Raises `UnknownName` with the likely one."""
        exercise = self.exercises.get(exercise_id)
        if exercise is None:
            raise UnknownName("exercise", exercise_id, likely(exercise_id, self.exercises))
        return exercise

    def title(self, exercise_id: str) -> str:
        """The title of an exercise in the language of the phrases, else as the data has it."""
        return self.catalog.title("exercise", exercise_id, self.exercise(exercise_id).title)

    def equipment_title(self, piece: str) -> str:
        """The title of a piece of equipment in the language of the phrases."""
        return self.catalog.title("equipment", piece, self._pieces.get(piece, piece))

    @cached_property
    def _pieces(self) -> Mapping[str, str]:
        return {piece.id: piece.title for piece in self.equipment}

    @cached_property
    def equipment_names(self) -> frozenset[str]:
        """What a piece of equipment may be called, substitutes included."""
        return frozenset(
            name for piece in self.equipment for name in (piece.id, *piece.substitutes)
        )

    @cached_property
    def screening_names(self) -> frozenset[str]:
        """The facts that are asked for before a plan is made."""
        return frozenset(fact.id for fact in self.vocabulary.screening)

    @cached_property
    def reassuring(self) -> Mapping[str, Value]:
        """The reassuring answer of each safety question that is asked once."""
        return {
            fact.id: fact.reassuring
            for fact in self.vocabulary.screening
            if fact.reassuring is not None and not fact.per_side and not fact.per_region
        }

    @cached_property
    def exercise_sides(self) -> tuple[ExerciseSide, ...]:
        """Every exercise on each of its sides, in alphabetical order."""
        return tuple(
            ExerciseSide(exercise.id, side)
            for exercise in self.exercises.values()
            for side in sorted(exercise.sides())
        )

    @cached_property
    def equipped_exercises(self) -> tuple[tuple[Exercise, tuple[ExerciseSide, ...]], ...]:
        """The exercises that need equipment, each with its sides."""
        return tuple(
            (exercise, tuple(ExerciseSide(exercise.id, side) for side in exercise.sides()))
            for exercise in self.exercises.values()
            if exercise.needs
        )

    @cached_property
    def barefoot_exercises(self) -> frozenset[str]:
        """The exercises that are done barefoot."""
        return frozenset(exercise.id for exercise in self.exercises.values() if exercise.barefoot)

    @cached_property
    def ladder_steps(self) -> Mapping[str, tuple[LadderStep, ...]]:
        """For each ladder its exercises on their sides, the lowest rung first."""
        return {
            ladder.id: tuple(
                LadderStep(
                    rung=rung,
                    exercise=self.exercises[step.exercise],
                    key=ExerciseSide(step.exercise, side),
                    trains=ladder.sides(side),
                )
                for rung, step in enumerate(ladder.rungs)
                for side in self.exercises[step.exercise].sides()
            )
            for ladder in self.ladders
        }

    @cached_property
    def goals_by_id(self) -> Mapping[str, Goal]:
        """The goals under their ids."""
        return {goal.id: goal for goal in self.goals}

    def stated(self) -> dict[str, Any]:
        """Return the value of each field by its name; everything else follows from them."""
        return {stated.name: getattr(self, stated.name) for stated in fields(Contents)}

    def ladder_of(self, exercise_id: str) -> Ladder:
        """The ladder that an exercise is a rung of. Raises `UnknownName` with the likely one."""
        ladder = self._ladders_by_exercise.get(exercise_id)
        if ladder is None:
            raise UnknownName("exercise", exercise_id, likely(exercise_id, self.exercises))
        return ladder

    @cached_property
    def exercises(self) -> Mapping[str, Exercise]:
        """All exercises under their ids, in alphabetical order."""
        exercises = {exercise.id: exercise for pack in self.packs for exercise in pack.exercises}
        return dict(sorted(exercises.items()))

    @cached_property
    def ladders(self) -> tuple[Ladder, ...]:
        """All ladders in alphabetical order."""
        ladders = [ladder for pack in self.packs for ladder in pack.ladders]
        return tuple(sorted(ladders, key=lambda ladder: ladder.id))

    @cached_property
    def rules_by_id(self) -> Mapping[str, Rule | PythonRule]:
        """All rules under their ids, those left out included."""
        rules = {rule.id: rule for pack in self.packs for rule in pack.rules}
        return dict(sorted(rules.items()))

    @cached_property
    def rules(self) -> tuple[Rule | PythonRule, ...]:
        """The rules in force, in alphabetical order."""
        return tuple(
            one for name, one in self.rules_by_id.items() if name not in self.disabled_rules
        )

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The facts that may be given, and those derived from the person."""
        given: tuple[FactType, ...] = tuple(fact for pack in self.packs for fact in pack.facts)
        diagnoses = tuple(sorted(self.diagnoses))
        derived = (
            evolve(fact, options=diagnoses) if fact.id == "diagnosed" else fact
            for fact in PERSON_FACTS
        )
        return Vocabulary((*derived, *given))

    @cached_property
    def diagnoses(self) -> Mapping[str, Diagnosis]:
        """What a clinician may find or rule out, under its id."""
        return {diagnosis.id: diagnosis for pack in self.packs for diagnosis in pack.diagnoses}

    @cached_property
    def terms(self) -> DerivationTerms:
        """What a record is read with."""
        goals = {goal.id: goal.complaint for goal in self.goals if goal.complaint}
        return DerivationTerms(
            vocabulary=self.vocabulary,
            equipment=self.equipment,
            goals=goals,
            policy=self.record_policy,
        )

    @cached_property
    def evidence(self) -> Mapping[str, Evidence]:
        """Rows of evidence, the claims of the chain among them, under their ids."""
        claims = {claim.id: claim.as_evidence() for claim in self.chain.evidence}
        rows = {row.id: row for pack in self.packs for row in pack.evidence}
        return dict(sorted({**claims, **rows}.items()))

    @cached_property
    def conflicts(self) -> Mapping[str, Conflict]:
        """Conflicts between sources, under their ids."""
        return {conflict.id: conflict for pack in self.packs for conflict in pack.conflicts}

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Sources under their ids."""
        sources = {source.id: source for pack in self.packs for source in pack.sources}
        return dict(sorted(sources.items()))

    @cached_property
    def exercise_index(self) -> ExerciseIndex:
        """The exercises as rules see them."""
        return ExerciseIndex(tuple(self.exercises.values()), self.chain)

    @cached_property
    def rulebook(self) -> Rulebook:
        """The active rules, with the exercises, facts, messages and conflicts that they name."""
        return Rulebook(
            rules=self.rules,
            exercise_index=self.exercise_index,
            vocabulary=self.vocabulary,
            messages=self.catalog.ids,
            conflicts=frozenset(self.conflicts),
        )

    @cached_property
    def compiled_rules(self) -> CompiledRules:
        """The rulebook compiled; equal knowledge shares it, unless it holds rules in Python."""
        if self.rulebook.python_rules:
            return CompiledRules(self.rulebook)
        return compiled_for(self.fingerprint, self.rulebook)

    @cached_property
    def ladder_index(self) -> LadderIndex:
        """The ladders with the policy, as progression climbs them."""
        return LadderIndex(
            ladders=self.ladders,
            exercises=self.exercises,
            policy=self.policy,
            transitions=self.transitions,
            orders=self.dose_orders,
            fingerprint=self.fingerprint,
        )

    @cached_property
    def conflicts_about(self) -> Mapping[str, tuple[str, ...]]:
        """For each exercise the conflicts that touch it."""
        card_ids: dict[str, list[str]] = {}
        for card in self.conflicts.values():
            for exercise in card.touches:
                card_ids.setdefault(exercise, []).append(card.id)
        return {exercise: tuple(cards) for exercise, cards in card_ids.items()}

    @cached_property
    def fingerprint(self) -> str:
        """A short hash of all content: equal knowledge has equal fingerprints."""
        packs = sorted(self.packs, key=lambda pack: pack.id)
        parts = [part_fingerprint(part) for part in (self.chain, *packs)]
        policy = (self.policy, self.transitions, self.dose_orders)
        own = (
            self.version,
            self.equipment,
            self.goals,
            self.asymmetries,
            self.record_policy,
            *policy,
            self.disabled_rules,
        )
        return fingerprint((*own, *parts))

    @cached_property
    def _ladders_by_exercise(self) -> Mapping[str, Ladder]:
        return {rung.exercise: ladder for ladder in self.ladders for rung in ladder.rungs}


MAX_KEPT = 8
"""So many are kept; the one that was not used for longest goes first."""

_KEPT: OrderedDict[str, CompiledRules] = OrderedDict()
_LOCK = Lock()


def compiled_for(fingerprint: str, rulebook: Rulebook) -> CompiledRules:
    """The compiled rules of a knowledge without rules in Python."""
    with _LOCK:
        compiled = _KEPT.get(fingerprint)
        if compiled is None:
            compiled = _KEPT[fingerprint] = CompiledRules(rulebook)
        _KEPT.move_to_end(fingerprint)
        while len(_KEPT) > MAX_KEPT:
            _KEPT.popitem(last=False)
    return compiled
