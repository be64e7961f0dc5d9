"""The packs, policies and messages of a knowledge, and the values derived from them."""

from collections import OrderedDict
from collections.abc import Mapping
from functools import cached_property
from threading import Lock
from typing import Any

from attrs import evolve, field, fields, frozen

from kineticchain.domain.anatomy import KineticChain, Region, Side, regions_in_order
from kineticchain.domain.evidence import Conflict, Evidence, Source
from kineticchain.domain.exercises import Equipment, Exercise, Figure, Ladder, Programme
from kineticchain.domain.exercises.attributes import attribute_types
from kineticchain.domain.facts import Diagnosis, FactType, Value, Vocabulary
from kineticchain.domain.messages import MessageCatalog
from kineticchain.errors import UnknownName, likely
from kineticchain.knowledge.fingerprint import fingerprint, part_fingerprint
from kineticchain.knowledge.goal import Asymmetry, Goal
from kineticchain.knowledge.pack import AliasKind, RulePack
from kineticchain.progression import DoseOrder, LadderIndex, Policy, Transition
from kineticchain.record import DerivationTerms, RecordPolicy
from kineticchain.record.derivation.derived_facts import person_facts
from kineticchain.rules import CompiledRules, ExerciseIndex, PythonRule, Rule, Rulebook
from kineticchain.rules.model.exercise_index import ExerciseSide


@frozen(kw_only=True)
class LadderStep:
    """An exercise of a ladder on one side.

    Attributes:
        rung: The index of the rung, from 0.
        exercise: The exercise.
        key: The exercise and the side.
        trains: The sides of the ladder that the exercise trains.
    """

    rung: int
    exercise: Exercise
    key: ExerciseSide
    trains: tuple[Side, ...]


@frozen(kw_only=True, eq=False)
class Contents:
    """The packs, policies and messages that plans are made from.

    `disabled_rules` are the ids of the rules that an app switched off.
    """

    version: str
    packs: tuple[RulePack, ...] = field(repr=False)
    policy: Policy = field(factory=Policy, repr=False)
    catalog: MessageCatalog = field(repr=False)
    record_policy: RecordPolicy = field(factory=RecordPolicy, repr=False)
    disabled_rules: tuple[str, ...] = ()

    @cached_property
    def chain(self) -> KineticChain:
        """The kinetic chain of all packs."""
        return KineticChain(
            links=tuple(link for pack in self.packs for link in pack.links),
            evidence=tuple(claim for pack in self.packs for claim in pack.claims),
            stories=tuple(story for pack in self.packs for story in pack.stories),
            weights=tuple(weight for pack in self.packs for weight in pack.grade_weights),
            regions=tuple(region for pack in self.packs for region in pack.regions),
        )

    @cached_property
    def regions(self) -> tuple[Region, ...]:
        """The built-in regions from the toes to the neck, then the regions of packs."""
        return regions_in_order(region for pack in self.packs for region in pack.regions)

    @cached_property
    def equipment(self) -> tuple[Equipment, ...]:
        """All pieces of equipment."""
        return tuple(piece for pack in self.packs for piece in pack.equipment)

    @cached_property
    def goals(self) -> tuple[Goal, ...]:
        """All goals."""
        return tuple(goal for pack in self.packs for goal in pack.goals)

    @cached_property
    def programmes(self) -> Mapping[str, Programme]:
        """The programmes by id, in alphabetical order."""
        programmes = {
            programme.id: programme for pack in self.packs for programme in pack.programmes
        }
        return dict(sorted(programmes.items()))

    @cached_property
    def figures(self) -> Mapping[str, Figure]:
        """The figures by exercise id. The figure of a later pack replaces an earlier one."""
        return {figure.exercise: figure for pack in self.packs for figure in pack.figures}

    @cached_property
    def asymmetries(self) -> tuple[Asymmetry, ...]:
        """The measures whose difference between sides adds targets."""
        return tuple(asymmetry for pack in self.packs for asymmetry in pack.asymmetries)

    @cached_property
    def transitions(self) -> tuple[Transition, ...]:
        """The transition table of progression."""
        return tuple(transition for pack in self.packs for transition in pack.transitions)

    @cached_property
    def dose_orders(self) -> tuple[DoseOrder, ...]:
        """The order in which doses grow, for each kind of exercise."""
        return tuple(order for pack in self.packs for order in pack.dose_orders)

    @cached_property
    def aliases(self) -> Mapping[AliasKind, Mapping[str, str | None]]:
        """The present id of each former id by kind; None for a retired id."""
        return {
            kind: {
                alias.old: alias.new
                for pack in self.packs
                for alias in pack.aliases
                if alias.kind is kind
            }
            for kind in AliasKind
        }

    def exercise(self, exercise_id: str) -> Exercise:
        """Return an exercise. Raises `UnknownName` with the likely id."""
        exercise = self.exercises.get(exercise_id)
        if exercise is None:
            raise UnknownName("exercise", exercise_id, likely(exercise_id, self.exercises))
        return exercise

    def title(self, exercise_id: str) -> str:
        """Return the title of an exercise in the language of the catalog, else in English."""
        title = self.catalog.translated(self.exercise(exercise_id).title)
        return self.catalog.title("exercise", exercise_id, title)

    def equipment_title(self, piece: str) -> str:
        """Return the title of a piece of equipment in the language of the catalog."""
        return self.catalog.title("equipment", piece, self._pieces.get(piece, piece))

    @cached_property
    def _pieces(self) -> Mapping[str, str]:
        return {piece.id: piece.title for piece in self.equipment}

    @cached_property
    def equipment_names(self) -> frozenset[str]:
        """The ids of all pieces of equipment and of their substitutes."""
        return frozenset(
            name for piece in self.equipment for name in (piece.id, *piece.substitutes)
        )

    @cached_property
    def screening_names(self) -> frozenset[str]:
        """The ids of the screening facts."""
        return frozenset(fact.id for fact in self.vocabulary.screening)

    @cached_property
    def reassuring(self) -> Mapping[str, Value]:
        """The reassuring answer of each safety question that has no sides or regions."""
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
    def regions_on(self) -> Mapping[str, frozenset[Region]]:
        """The regions that the exercises of each ladder train."""
        return {
            ladder.id: frozenset(
                region
                for rung in ladder.rungs
                for region, _ in self.exercises[rung.exercise].weights
            )
            for ladder in self.ladders
        }

    @cached_property
    def ladder_steps(self) -> Mapping[str, tuple[LadderStep, ...]]:
        """The exercises of each ladder on each of their sides, from the lowest rung up."""
        return {
            ladder.id: tuple(
                LadderStep(
                    rung=index,
                    exercise=self.exercises[rung.exercise],
                    key=ExerciseSide(rung.exercise, side),
                    trains=ladder.sides(side),
                )
                for index, rung in enumerate(ladder.rungs)
                for side in self.exercises[rung.exercise].sides()
            )
            for ladder in self.ladders
        }

    @cached_property
    def goals_by_id(self) -> Mapping[str, Goal]:
        """The goals by id."""
        return {goal.id: goal for goal in self.goals}

    def stated(self) -> dict[str, Any]:
        """Return the values of the fields by name. Other attributes are derived from the fields."""
        return {attribute.name: getattr(self, attribute.name) for attribute in fields(Contents)}

    def ladder_of(self, exercise_id: str) -> Ladder:
        """Return the ladder of an exercise. Raises `UnknownName` with the likely id."""
        ladder = self._ladders_by_exercise.get(exercise_id)
        if ladder is None:
            raise UnknownName("exercise", exercise_id, likely(exercise_id, self.exercises))
        return ladder

    @cached_property
    def exercises(self) -> Mapping[str, Exercise]:
        """All exercises by id, in alphabetical order."""
        exercises = {exercise.id: exercise for pack in self.packs for exercise in pack.exercises}
        return dict(sorted(exercises.items()))

    @cached_property
    def ladders(self) -> tuple[Ladder, ...]:
        """All ladders in alphabetical order, with the rungs that packs add to them.

        Ladders that a pack replaces are left out.
        """
        stated = [ladder for pack in self.packs for ladder in pack.ladders]
        replaced = {name for ladder in stated for name in ladder.replaces}
        added_rungs = {
            ladder.extends: ladder.rungs for ladder in stated if ladder.extends is not None
        }
        ladders = [
            evolve(ladder, rungs=(*ladder.rungs, *added_rungs.get(ladder.id, ())))
            for ladder in stated
            if ladder.extends is None and ladder.id not in replaced
        ]
        return tuple(sorted(ladders, key=lambda ladder: ladder.id))

    @cached_property
    def rules_by_id(self) -> Mapping[str, Rule | PythonRule]:
        """All rules by id, disabled ones included."""
        rules = {rule.id: rule for pack in self.packs for rule in pack.rules}
        return dict(sorted(rules.items()))

    @cached_property
    def rules(self) -> tuple[Rule | PythonRule, ...]:
        """The active rules, in alphabetical order."""
        return tuple(
            rule for name, rule in self.rules_by_id.items() if name not in self.disabled_rules
        )

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The types of all given and derived facts."""
        given = tuple(
            evolve(fact, places=self.regions) if fact.per_region else fact
            for pack in self.packs
            for fact in pack.facts
        )
        goals = tuple(goal.id for goal in self.goals)
        derived = person_facts(
            goals,
            tuple(sorted(self.diagnoses)),
            tuple(sorted(self.equipment_names)),
            self.regions,
        )
        return Vocabulary((*derived, *given), self.regions)

    @cached_property
    def diagnoses(self) -> Mapping[str, Diagnosis]:
        """The diagnoses that a clinician can find or rule out, by id."""
        return {diagnosis.id: diagnosis for pack in self.packs for diagnosis in pack.diagnoses}

    @cached_property
    def terms(self) -> DerivationTerms:
        """The terms for deriving facts from a record."""
        goals = {goal.id: goal.complaint for goal in self.goals if goal.complaint}
        return DerivationTerms(
            vocabulary=self.vocabulary,
            equipment=self.equipment,
            goals=goals,
            same_pain={goal.id: frozenset(goal.same_pain) for goal in self.goals},
            policy=self.record_policy,
        )

    @cached_property
    def evidence(self) -> Mapping[str, Evidence]:
        """All rows of evidence by id, including the claims about the kinetic chain."""
        claims = {claim.id: claim.as_evidence() for pack in self.packs for claim in pack.claims}
        rows = {row.id: row for pack in self.packs for row in pack.evidence}
        return dict(sorted({**claims, **rows}.items()))

    @cached_property
    def conflicts(self) -> Mapping[str, Conflict]:
        """The conflicts between sources, by id."""
        return {conflict.id: conflict for pack in self.packs for conflict in pack.conflicts}

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """The sources by id."""
        sources = {source.id: source for pack in self.packs for source in pack.sources}
        return dict(sorted(sources.items()))

    @cached_property
    def exercise_attributes(self) -> tuple[FactType, ...]:
        """The types of the attributes of exercises, with the traits and equipment in use."""
        return attribute_types(self.exercises.values(), sorted(self.equipment_names), self.regions)

    @cached_property
    def exercise_index(self) -> ExerciseIndex:
        """The exercises with the attributes that rules read."""
        return ExerciseIndex(tuple(self.exercises.values()), self.chain)

    @cached_property
    def rulebook(self) -> Rulebook:
        """The active rules, with the exercises, facts, messages and conflicts they can refer to."""
        return Rulebook(
            rules=self.rules,
            exercise_index=self.exercise_index,
            vocabulary=self.vocabulary,
            messages=self.catalog.ids,
            conflicts=frozenset(self.conflicts),
        )

    @cached_property
    def compiled_rules(self) -> CompiledRules:
        """The compiled rulebook.

        Knowledge values with equal fingerprints share the rulebook, unless they have Python rules.
        """
        if self.rulebook.python_rules:
            return CompiledRules(self.rulebook)
        return compiled_for(self.fingerprint, self.rulebook)

    @cached_property
    def ladder_index(self) -> LadderIndex:
        """The ladders with the policy of progression."""
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
        """The ids of the conflicts about each exercise."""
        card_ids: dict[str, list[str]] = {}
        for card in self.conflicts.values():
            for exercise in card.touches:
                card_ids.setdefault(exercise, []).append(card.id)
        return {exercise: tuple(cards) for exercise, cards in card_ids.items()}

    @cached_property
    def fingerprint(self) -> str:
        """A short hash of all content: equal knowledge has equal fingerprints."""
        packs = sorted(self.packs, key=lambda pack: pack.id)
        parts = [part_fingerprint(pack) for pack in packs]
        settings = (self.version, self.record_policy, self.policy, self.disabled_rules)
        return fingerprint((*settings, *parts))

    @cached_property
    def _ladders_by_exercise(self) -> Mapping[str, Ladder]:
        return {rung.exercise: ladder for ladder in self.ladders for rung in ladder.rungs}


MAX_KEPT = 8
"""The largest number of compiled rulebooks in the cache; the least recently used is removed."""

_CACHE: OrderedDict[str, CompiledRules] = OrderedDict()
_LOCK = Lock()


def compiled_for(fingerprint: str, rulebook: Rulebook) -> CompiledRules:
    """Return the compiled rules of a knowledge without Python rules; recent results are cached."""
    with _LOCK:
        compiled = _CACHE.get(fingerprint)
        if compiled is None:
            compiled = _CACHE[fingerprint] = CompiledRules(rulebook)
        _CACHE.move_to_end(fingerprint)
        while len(_CACHE) > MAX_KEPT:
            _CACHE.popitem(last=False)
    return compiled
