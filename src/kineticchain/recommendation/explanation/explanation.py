"""The explanation of one plan: reasons, omissions, evidence, sources and conflicts."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from attrs import frozen

from kineticchain.domain.evidence import Conflict, Evidence, Source
from kineticchain.domain.validators import repr_short
from kineticchain.errors import Fault, InvalidInput, UnknownName, likely
from kineticchain.progression import Standing
from kineticchain.recommendation.explanation.model import Omission, Why
from kineticchain.recommendation.explanation.omissions import omissions_of
from kineticchain.recommendation.plan.model import Question, Reason, Status
from kineticchain.recommendation.plan.plan import Plan
from kineticchain.recommendation.planning.compose import questions_of
from kineticchain.recommendation.planning.item_reasons import item_reasons
from kineticchain.recommendation.planning.plan_context import PlanContext
from kineticchain.rules import Firing, Rule

_OUTRANKED = frozenset({"outranked", "outranked_by_little"})
"""Omission codes of exercises that rank behind every exercise of the plan."""

_DISPLACED = frozenset({"same_tissue", "one_a_session"})
"""Omission codes whose message names the exercise that displaced this one."""

_WHOLE_PLAN = ("plan_refers", "plan_asks")
"""Omission codes that apply to every exercise."""


@frozen(eq=False)
class Explanation:
    """The explanation of one plan; each part is computed when it is first read.

    Attributes:
        plan: The plan.
        context: The context that the plan was composed from.
    """

    plan: Plan
    context: PlanContext

    @cached_property
    def _all_omissions(self) -> tuple[Omission, ...]:
        return tuple(omissions_of(self.context))

    @cached_property
    def exclusions(self) -> tuple[Omission, ...]:
        """The exercises that rules exclude, on their sides."""
        return tuple(
            omission for omission in self._all_omissions if omission.reason.rule is not None
        )

    @cached_property
    def omissions(self) -> tuple[Omission, ...]:
        """The exercises and sides that the plan leaves out for other reasons than a rule."""
        return tuple(omission for omission in self._all_omissions if omission.reason.rule is None)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """All open questions, first those that decide the most rules."""
        stated = {question.id: question for question in self.plan.questions}
        all_open = questions_of(self.context.decision, self.context.knowledge)
        return tuple({**stated, **{question.id: question for question in all_open}}.values())

    @property
    def standings(self) -> tuple[Standing, ...]:
        """A standing for every ladder and side."""
        return self.context.assessment.standings

    @cached_property
    def trace(self) -> tuple[Firing, ...]:
        """The rules whose conditions are true or unknown, with the values that they read."""
        return self.context.decision.trace

    @cached_property
    def reasons(self) -> Mapping[str, tuple[Reason, ...]]:
        """The reasons for each exercise of the plan, the most important one first."""
        reasons: dict[str, dict[Reason, None]] = {}
        for selected in self.context.selection.selected:
            for prescription in selected.items:
                of_exercise = reasons.setdefault(prescription.exercise.id, {})
                of_exercise.update(
                    dict.fromkeys(item_reasons(prescription, selected, self.context))
                )
        return {exercise: tuple(of_exercise) for exercise, of_exercise in reasons.items()}

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """The conflicts that rules show, and conflicts about a planned exercise or its standing."""
        if self.plan.status is Status.REFER:
            return ()  # the plan has no exercise that a conflict could be about
        knowledge = self.context.knowledge
        planned = {item.exercise for item in self.plan.items}
        names = {conflict.effect.conflict for conflict in self.context.decision.conflicts}
        for exercise in planned:
            names.update(knowledge.conflicts_about.get(exercise, ()))
        for standing in self.standings:
            if standing.exercise in planned:
                names.update(standing.conflicts)
        return tuple(knowledge.conflicts[name] for name in sorted(names))

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """The rows of evidence that the reasons cite, or that rules and conflicts show."""
        names = {name for reason in self._every_reason() for name in reason.evidence}
        rules = self.context.knowledge.rules_by_id
        for firing in self.trace:
            rule = rules[firing.rule]
            if firing.truth is True and isinstance(rule, Rule):
                names.update(rule.shows)
        for card in self.conflicts:
            names.update(card.evidence)
        return tuple(self.context.knowledge.evidence[name] for name in sorted(names))

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The sources of reasons, evidence and conflicts."""
        knowledge = self.context.knowledge
        names = {name for row in self.evidence for name in row.sources}
        for reason in self._every_reason():
            names.update(reason.sources)
            rule = knowledge.rules_by_id.get(reason.rule or "")
            names.update(() if rule is None else rule.sources)
        names.update(name for card in self.conflicts for side in card.sources for name in side)
        return tuple(knowledge.sources[name] for name in sorted(names))

    def why(self, exercise: str) -> Why:
        """Return why an exercise is in the plan.

        Raises:
            UnknownName: If the exercise is not in the plan.
        """
        _check_id(exercise)
        reasons = self.reasons.get(exercise)
        items = [item for item in self.plan.items if item.exercise == exercise]
        if reasons is None:
            remedy = likely(exercise, self.reasons)
            if exercise in self.context.knowledge.exercises or not remedy:
                remedy = "ask why_not"
            raise UnknownName("item of this plan", exercise, remedy)
        title = items[0].title
        behind = (
            omission.exercise for omission in self.omissions if _ranks_behind(omission, title)
        )
        return self._answer(
            exercise,
            reasons,
            standings=tuple(
                standing for standing in self.standings if standing.exercise == exercise
            ),
            preferred_to=tuple(dict.fromkeys(behind)),
        )

    def why_not(self, exercise: str) -> Why:
        """Return why an exercise, or one of its sides, is not in the plan.

        The order of the reasons: the exercise, or one of its sides, is in the plan; the plan refers
        the person or asks questions before any exercise; all other reasons.

        Raises:
            UnknownName: For an id that the knowledge does not have.
        """
        _check_id(exercise)
        exercises = self.context.knowledge.exercises
        if exercise not in exercises:
            raise UnknownName("exercise", exercise, likely(exercise, exercises))
        out = list(self.out(exercise))
        out.sort(key=lambda omission: omission.code not in _WHOLE_PLAN)
        reasons = [*self._inside(exercise, whole=not out), *(omission.reason for omission in out)]
        return self._answer(exercise, tuple(dict.fromkeys(reasons)))

    def out(self, exercise: str) -> tuple[Omission, ...]:
        """Return the omissions of an exercise, those by rules first."""
        return tuple(
            omission
            for omission in (*self.exclusions, *self.omissions)
            if omission.exercise == exercise
        )

    def _inside(self, exercise: str, *, whole: bool) -> Iterator[Reason]:
        """Yield the reason that an exercise is in the plan, with the sides if one is not."""
        sides = {item.side for item in self.plan.items if item.exercise == exercise}
        explain = self.context.explain
        if sides and whole:
            yield explain.plain("in_plan")
        elif sides:
            names = ", ".join(explain.message(f"side_{side}").text for side in sorted(sides))
            yield explain.plain("in_plan_on", side=names)

    def _answer(
        self,
        exercise: str,
        reasons: tuple[Reason, ...],
        *,
        standings: tuple[Standing, ...] = (),
        preferred_to: tuple[str, ...] = (),
    ) -> Why:
        cited = {name for reason in reasons for name in reason.evidence}
        against = {name for reason in reasons for name in reason.against} - cited
        rules = {reason.rule for reason in reasons}
        return Why(
            exercise=exercise,
            reasons=reasons,
            evidence=self._rows(cited),
            against=self._rows(against),
            standings=standings,
            seen=tuple(firing for firing in self.trace if firing.rule in rules and firing.seen),
            preferred_to=preferred_to,
        )

    def _rows(self, names: Iterable[str]) -> tuple[Evidence, ...]:
        return tuple(self.context.knowledge.evidence[name] for name in sorted(names))

    def _every_reason(self) -> Iterator[Reason]:
        yield from self.plan.referral.reasons
        yield from self.plan.precautions
        yield from self.plan.advice
        for reasons in self.reasons.values():
            yield from reasons
        for omission in self._all_omissions:
            yield omission.reason

    def _conflict_lines(self) -> Iterator[str]:
        """Yield a line for each conflict: both claims with scope and interests, and resolution."""
        catalog = self.context.knowledge.catalog
        text, translated = catalog.text, catalog.translated
        interests = {source.id: source.interest for source in self.sources if source.interest}
        for card in self.conflicts:
            claims = []
            for claim, names, whom in zip(card.claims, card.sources, card.holds_for, strict=True):
                cited_interests = [interests[name] for name in names if name in interests]
                note = (
                    text("interest_note", interest="; ".join(cited_interests))
                    if cited_interests
                    else ""
                )
                scope = text("page_holds_for", whom=translated(whom))
                claims.append(" ".join([translated(claim), scope, note]).strip())
            first, second = claims
            resolution = translated(card.resolution)
            yield text("conflict_line", first=first, second=second, resolution=resolution)

    def __str__(self) -> str:
        """Return the reasons of each exercise, and the conflicts, as lines."""
        lines = []
        for item in self.plan.items:
            lines += [
                f"{item.title}:",
                *(f"  - {reason}" for reason in self.reasons[item.exercise]),
            ]
        lines += self._conflict_lines()
        return "\n".join(lines)


def _ranks_behind(omission: Omission, title: str) -> bool:
    """Return whether an exercise was omitted in favour of the exercise with this title."""
    if omission.code in _OUTRANKED:
        return True
    displacing_titles = dict(omission.reason.message.args).get("exercise", "")
    return omission.code in _DISPLACED and title in str(displacing_titles).split(" / ")


def _check_id(exercise: object) -> None:
    if not isinstance(exercise, str):
        remedy = "give the id of an exercise"
        raise InvalidInput(Fault(f"{repr_short(exercise)} is no id", "exercise", remedy))
