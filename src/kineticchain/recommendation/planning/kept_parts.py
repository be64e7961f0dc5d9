"""Parts of plans that come again and again: each is made once, and is then the same object."""

from collections.abc import Iterable, Mapping

from attrs import field, frozen

from kineticchain.cache import Cache
from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import Exercise
from kineticchain.recommendation.assessment.infeasibility import ExerciseKey, Infeasibility
from kineticchain.recommendation.assessment.targets import MAX_TARGETS, Targets
from kineticchain.recommendation.assessment.tissue_loading import resting_with
from kineticchain.recommendation.plan.model import Omission, Question, Reason, TargetRegion
from kineticchain.recommendation.planning.explainer import Explainer


@frozen
class Grounds:
    """Why one exercise on one side is left out: by rules, and else; and the reasons, each once."""

    by_rules: tuple[Omission, ...]
    others: tuple[Omission, ...]
    reasons: Mapping[int, Reason]

    @classmethod
    def of(cls, omissions: Iterable[Omission]) -> "Grounds":
        """In the order of the rules and the texts, each once."""
        unique = {(one.reason.rule or "", one.reason.message.text): one for one in omissions}
        ordered = [unique[place] for place in sorted(unique)]
        return cls(
            tuple(one for one in ordered if one.reason.rule is not None),
            tuple(one for one in ordered if one.reason.rule is None),
            {id(one.reason): one.reason for one in ordered},
        )


@frozen(eq=False)
class KeptParts:
    """Makes omissions and questions, and knows what rests together."""

    explain: Explainer
    _grounds: Cache[tuple[int, int], tuple[tuple[Infeasibility, ...], Omission | None, Grounds]] = (
        field(factory=Cache, init=False, repr=False)
    )
    _omissions: Cache[tuple[ExerciseKey, int], Omission] = field(
        factory=Cache, init=False, repr=False
    )
    _held_back: Cache[str, Mapping[ExerciseKey, Omission]] = field(
        factory=Cache, init=False, repr=False
    )
    _targets: Cache[int, tuple[Targets, tuple[TargetRegion, ...]]] = field(
        factory=Cache, init=False, repr=False
    )
    _resting: Cache[ExerciseKey, tuple[str, ...]] = field(factory=Cache, init=False, repr=False)
    _questions: Cache[tuple[str, int], Question] = field(factory=Cache, init=False, repr=False)

    def grounds(self, bars: tuple[Infeasibility, ...], held: Omission | None) -> Grounds:
        """Why one exercise on one side is left out: what bars it, and what holds back all."""
        key = (id(bars), id(held))
        known = self._grounds.get(key)
        if known is None:
            of_bar = self.explain.of_bar
            omissions = [self.omission((one.exercise, one.side), of_bar(one)) for one in bars]
            found = Grounds.of(omissions if held is None else [*omissions, held])
            known = self._grounds.keep(key, (bars, held, found))
        return known[2]

    def omission(self, place: ExerciseKey, reason: Reason) -> Omission:
        """That an exercise is left out on a side, and why."""
        key = (place, id(reason))
        known = self._omissions.get(key)
        if known is None:
            made = Omission(exercise=place[0], side=place[1], reason=reason)
            known = self._omissions.keep(key, made)
        return known

    def held_back(self, code: str) -> Mapping[ExerciseKey, Omission]:
        """A plan that refers or asks first holds everything back, whatever else speaks against."""
        known = self._held_back.get(code)
        if known is None:
            reason = self.explain.plain(code)
            places = self.explain.knowledge.places
            every = {place: self.omission(place, reason) for place in places}
            known = self._held_back.keep(code, every)
        return known

    def targets(self, targets: Targets) -> tuple[TargetRegion, ...]:
        """The regions that a plan works for, as it tells them."""
        known = self._targets.get(id(targets))
        if known is None:
            told = tuple(
                TargetRegion(
                    region=place[0], side=place[1], points=points, origins=targets.origins[place]
                )
                for place, points in targets.points.items()
            )
            known = self._targets.keep(id(targets), (targets, told), MAX_TARGETS)
        return known[1]

    def rests_with(self, exercise: Exercise, side: Side) -> tuple[str, ...]:
        """The other exercises that load the same tissue heavily."""
        key = (exercise.id, side)
        known = self._resting.get(key)
        if known is None:
            exercises = self.explain.knowledge.exercises
            known = self._resting.keep(key, resting_with(exercise, side, exercises))
        return known

    def question(self, name: str, decisions: int) -> Question:
        """The question for a fact on which so many decisions hang."""
        known = self._questions.get((name, decisions))
        if known is None:
            asked = self.explain.knowledge.vocabulary.by_id[name].question
            made = Question(id=name, text=asked, decisions=decisions)
            known = self._questions.keep((name, decisions), made)
        return known
