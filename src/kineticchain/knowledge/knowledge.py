"""Chain, exercises, ladders, vocabulary, packs, policy and sources, in one value."""

from collections.abc import Mapping
from functools import cached_property
from typing import Self

from attrs import evolve, field, frozen

from kineticchain.anatomy import Region
from kineticchain.chain import KineticChain
from kineticchain.errors import InvalidKnowledge, UnknownName, likely
from kineticchain.evidence import Conflict, Evidence, Source
from kineticchain.exercises import Equipment, Exercise, Ladder
from kineticchain.facts import FactType, Vocabulary
from kineticchain.knowledge.fingerprint import fingerprint
from kineticchain.messages import Phrases
from kineticchain.person.derived import PERSON_FACTS
from kineticchain.progression import Policy
from kineticchain.rules import Catalogue, PythonRule, Rule, RulePack


@frozen
class Goal:
    """What somebody may ask for, and how many points it gives to which regions."""

    id: str
    regions: tuple[tuple[Region, int], ...]


@frozen(kw_only=True, eq=False)
class Knowledge:
    """Everything that plans are made from. `left_out` names rules that an app does without."""

    version: str
    chain: KineticChain = field(repr=False)
    equipment: tuple[Equipment, ...] = field(repr=False)
    goals: tuple[Goal, ...] = field(repr=False)
    packs: tuple[RulePack, ...] = field(repr=False)
    policy: Policy = field(factory=Policy, repr=False)
    phrases: Phrases = field(repr=False)
    left_out: tuple[str, ...] = field(default=())

    @classmethod
    def builtin(cls) -> "Knowledge":
        """The knowledge that the library ships. Read from its data once, then kept."""
        # imported here so that `import kineticchain` reads no data and loads no cattrs
        from kineticchain.knowledge.builtin import builtin_knowledge  # noqa: PLC0415

        return builtin_knowledge()

    def with_packs(self, *packs: RulePack) -> Self:
        """The knowledge with more packs; raises `InvalidKnowledge` for what does not fit.

        The order of packs does not matter; the same pack twice is one pack.
        """
        # imported here because the checks read a whole Knowledge
        from kineticchain.knowledge.checks import faults_in  # noqa: PLC0415

        new = [pack for pack in dict.fromkeys(packs) if pack not in self.packs]
        texts = {name: text for pack in new for name, text in pack.messages}
        extended = evolve(
            self,
            packs=tuple(sorted((*self.packs, *new), key=lambda pack: pack.id)),
            phrases=self.phrases.extended(texts),
        )
        faults = faults_in(extended)
        if faults:
            raise InvalidKnowledge(*faults)
        return extended

    def without_rules(self, *rules: str) -> Self:
        """The knowledge less some rules, by name. Every plan made with it says so."""
        for name in rules:
            if name not in self.rules_by_id:
                raise UnknownName("rule", name, likely(name, self.rules_by_id))
        return evolve(self, left_out=tuple(sorted({*self.left_out, *rules})))

    def with_policy(self, policy: Policy) -> Self:
        """The knowledge with another policy of progression."""
        return evolve(self, policy=policy)

    def exercise(self, exercise_id: str) -> Exercise:
        """An exercise by its id. Raises `UnknownName` with the likely one."""
        found = self.exercises.get(exercise_id)
        if found is None:
            raise UnknownName("exercise", exercise_id, likely(exercise_id, self.exercises))
        return found

    def ladder_of(self, exercise_id: str) -> Ladder:
        """The ladder that an exercise is a rung of."""
        return self._ladders_by_exercise[exercise_id]

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
        return Vocabulary((*PERSON_FACTS, *given))

    @cached_property
    def evidence(self) -> Mapping[str, Evidence]:
        """Rows of evidence, the claims of the chain among them, under their ids."""
        claims = {claim.id: claim.as_evidence() for claim in self.chain.claims}
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
    def catalogue(self) -> Catalogue:
        """The exercises as rules see them."""
        return Catalogue(tuple(self.exercises.values()), self.chain)

    @cached_property
    def fingerprint(self) -> str:
        """A short hash of all content: equal knowledge has equal fingerprints."""
        parts = (self.version, self.chain, self.equipment, self.goals, self.packs, self.policy)
        return fingerprint((*parts, self.left_out))

    @cached_property
    def _ladders_by_exercise(self) -> Mapping[str, Ladder]:
        return {rung.exercise: ladder for ladder in self.ladders for rung in ladder.rungs}
