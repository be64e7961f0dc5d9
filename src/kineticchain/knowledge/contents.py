"""What a knowledge holds, and the ways to look it up."""

from collections import OrderedDict
from collections.abc import Mapping
from functools import cached_property
from threading import Lock

from attrs import evolve, field, frozen

from kineticchain.domain.anatomy import KineticChain, Side
from kineticchain.domain.evidence import Conflict, Evidence, Source
from kineticchain.domain.exercises import Equipment, Exercise, Ladder
from kineticchain.domain.facts import Diagnosis, FactType, Vocabulary
from kineticchain.domain.messages import MessageCatalog
from kineticchain.errors import UnknownName, likely
from kineticchain.knowledge.fingerprint import fingerprint, part_fingerprint
from kineticchain.knowledge.goal import Asymmetry, Goal
from kineticchain.progression import DoseOrder, LadderIndex, Policy, Transition
from kineticchain.record import DerivationTerms, RecordPolicy
from kineticchain.record.derivation.derived_facts import PERSON_FACTS
from kineticchain.rules import CompiledRules, ExerciseIndex, PythonRule, Rule, Rulebook, RulePack


@frozen(kw_only=True, eq=False)
class Contents:
    """Everything that plans are made from. `left_out` names rules that an app does without."""

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
    left_out: tuple[str, ...] = ()

    def exercise(self, exercise_id: str) -> Exercise:
        """An exercise by its id. Raises `UnknownName` with the likely one."""
        found = self.exercises.get(exercise_id)
        if found is None:
            raise UnknownName("exercise", exercise_id, likely(exercise_id, self.exercises))
        return found

    def title(self, exercise_id: str) -> str:
        """The title of an exercise in the language of the phrases, else as the data has it."""
        return self.catalog.title("exercise", exercise_id, self.exercise(exercise_id).title)

    def equipment_title(self, piece: str) -> str:
        """The title of a piece of equipment in the language of the phrases."""
        return self.catalog.title("equipment", piece, self._pieces.get(piece, piece))

    @cached_property
    def _pieces(self) -> Mapping[str, str]:
        return {one.id: one.title for one in self.equipment}

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
    def places(self) -> tuple[tuple[str, Side], ...]:
        """Every exercise on each of its sides, in alphabetical order."""
        return tuple(
            (one.id, side) for one in self.exercises.values() for side in sorted(one.sides())
        )

    def ladder_of(self, exercise_id: str) -> Ladder:
        """The ladder that an exercise is a rung of. Raises `UnknownName` with the likely one."""
        found = self._ladders_by_exercise.get(exercise_id)
        if found is None:
            raise UnknownName("exercise", exercise_id, likely(exercise_id, self.exercises))
        return found

    @cached_property
    def exercises(self) -> Mapping[str, Exercise]:
        """All exercises under their ids, in alphabetical order."""
        found = {one.id: one for pack in self.packs for one in pack.exercises}
        return dict(sorted(found.items()))

    @cached_property
    def ladders(self) -> tuple[Ladder, ...]:
        """All ladders in alphabetical order."""
        found = [ladder for pack in self.packs for ladder in pack.ladders]
        return tuple(sorted(found, key=lambda ladder: ladder.id))

    @cached_property
    def rules_by_id(self) -> Mapping[str, Rule | PythonRule]:
        """All rules under their ids, those left out included."""
        found = {one.id: one for pack in self.packs for one in pack.rules}
        return dict(sorted(found.items()))

    @cached_property
    def rules(self) -> tuple[Rule | PythonRule, ...]:
        """The rules in force, in alphabetical order."""
        return tuple(one for name, one in self.rules_by_id.items() if name not in self.left_out)

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
        return {one.id: one for pack in self.packs for one in pack.diagnoses}

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
        return {one.id: one for pack in self.packs for one in pack.conflicts}

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Sources under their ids."""
        found = {one.id: one for pack in self.packs for one in pack.sources}
        return dict(sorted(found.items()))

    @cached_property
    def exercise_index(self) -> ExerciseIndex:
        """The exercises as rules see them."""
        return ExerciseIndex(tuple(self.exercises.values()), self.chain)

    @cached_property
    def rulebook(self) -> Rulebook:
        """The rules in force with all that they are evaluated with."""
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
        found: dict[str, list[str]] = {}
        for card in self.conflicts.values():
            for exercise in card.touches:
                found.setdefault(exercise, []).append(card.id)
        return {exercise: tuple(cards) for exercise, cards in found.items()}

    @cached_property
    def fingerprint(self) -> str:
        """A short hash of all content: equal knowledge has equal fingerprints."""
        packs = sorted(self.packs, key=lambda pack: pack.id)
        parts = [part_fingerprint(one) for one in (self.chain, *packs)]
        policy = (self.policy, self.transitions, self.dose_orders)
        own = (
            self.version,
            self.equipment,
            self.goals,
            self.asymmetries,
            self.record_policy,
            *policy,
            self.left_out,
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
        found = _KEPT.get(fingerprint)
        if found is None:
            found = _KEPT[fingerprint] = CompiledRules(rulebook)
        _KEPT.move_to_end(fingerprint)
        while len(_KEPT) > MAX_KEPT:
            _KEPT.popitem(last=False)
    return found
