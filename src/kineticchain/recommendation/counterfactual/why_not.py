"""Why an exercise is left out, with the least change that would let it in."""

from collections.abc import Iterable, Iterator

from attrs import frozen

from kineticchain.anatomy import Side
from kineticchain.errors import Fault, InvalidInput
from kineticchain.evidence import Evidence
from kineticchain.knowledge import Knowledge
from kineticchain.recommendation.asked import Asked
from kineticchain.recommendation.assessing.assessment import Assessment
from kineticchain.recommendation.counterfactual.change import (
    Change,
    Minutes,
    Preferring,
    applied,
)
from kineticchain.recommendation.counterfactual.later import Later, later
from kineticchain.recommendation.counterfactual.least_change import least_change
from kineticchain.recommendation.counterfactual.repair import CLIMBED
from kineticchain.recommendation.counterfactual.wording import in_words
from kineticchain.recommendation.parts import Reason, Status
from kineticchain.recommendation.plan import Plan, check_plan
from kineticchain.recommendation.planner import Planner, assessed, planned

MOST_MINUTES = 240
LONGER = (10, 15, 20, 30, 45, 60, 90)
"""Minutes of a session that are tried, besides a few more and those that are surely enough."""


@frozen(kw_only=True)
class WhyNot:
    """Why an exercise, or one of its sides, is left out, and what would let it in.

    `changes` are the fewest changes that let it in; they were made, and it came in. They are
    empty where none was found or looked for; `never` then says that no change of answers,
    measures, pain or equipment would do. `later` tells when training leads there at the
    earliest.
    """

    exercise: str
    reasons: tuple[Reason, ...]
    evidence: tuple[Evidence, ...] = ()
    changes: tuple[Change, ...] = ()
    never: bool = False
    later: Later | None = None
    lines: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Readable lines."""
        head = [f"{self.exercise}:", *(f"  - {reason}" for reason in self.reasons)]
        rows = [f"  {row.id} ({row.grade}): {row.statement}" for row in self.evidence]
        return "\n".join([*head, *(f"  - {line}" for line in self.lines), *rows])


def asked_of(plan: Plan) -> Asked:
    """What a plan was asked for with.

    Raises `InvalidInput` for one that was read from data, and for what is no plan.
    """
    check_plan(plan, "plan")
    if plan.asked is None:
        remedy = "recommend again: what is stored of a plan leaves the person out"
        raise InvalidInput(Fault("the plan does not tell whom it is for", "plan", remedy))
    return plan.asked


def why_not(planner: Planner, plan: Plan, exercise: str) -> WhyNot:
    """The plan's reasons, and what would let the exercise in."""
    check_plan(plan, "plan")
    answer = plan.why_not(exercise)
    out = tuple(
        dict.fromkeys(
            one.side for one in (*plan.exclusions, *plan.omissions) if one.exercise == exercise
        )
    )
    changes: tuple[Change, ...] = ()
    never, after = False, None
    if out and plan.status is not Status.REFER:
        look = _Look(planner, plan, asked_of(plan), exercise, out)
        assessment = assessed(planner, look.asked)
        infeasible = [side for side in out if (exercise, side) not in assessment.feasible.by_place]
        if infeasible:
            found = least_change(planner, look.asked, exercise, infeasible)
            changes, never = found.changes or (), found.never
            after = None if never else look.later(assessment, infeasible)
        elif plan.status is Status.ASK_FIRST:
            changes = look.first_that_helps(
                least_change(planner, look.asked, exercise, out).changes
            )
        else:
            changes = look.first_that_helps(None)
    return WhyNot(
        exercise=exercise,
        reasons=answer.reasons,
        evidence=answer.evidence,
        changes=changes,
        never=never,
        later=after,
        lines=tuple(_lines(answer.reasons, changes, after, planner.knowledge, never=never)),
    )


def _lines(
    reasons: tuple[Reason, ...],
    changes: tuple[Change, ...],
    after: Later | None,
    knowledge: Knowledge,
    *,
    never: bool,
) -> Iterator[str]:
    phrases = knowledge.phrases
    if not reasons:
        yield phrases.text("in_plan")
    if changes:
        yield phrases.text("would_come_in", changes=in_words(changes, knowledge))
    if never:
        yield phrases.text("never_comes_in")
    if after is not None:
        yield phrases.text("comes_later", sessions=after.sessions, day=after.on.isoformat())


@frozen
class _Look:
    """What is asked of one exercise that a plan leaves out."""

    planner: Planner
    plan: Plan
    asked: Asked
    exercise: str
    out: tuple[Side, ...]

    def later(self, assessment: Assessment, sides: Iterable[Side]) -> Later | None:
        """When training leads there, where nothing but the standing keeps it out."""
        wanted = set(sides)
        codes = {
            bar.code
            for bar in assessment.feasible.barred
            if bar.exercise == self.exercise and bar.side in wanted
        }
        if not codes <= CLIMBED:
            return None
        return later(self.planner.knowledge, self.asked, assessment, self.exercise)

    def first_that_helps(self, least: tuple[Change, ...] | None) -> tuple[Change, ...]:
        """The first change with which a plan holds the exercise: more time, else a wish."""
        if self.exercise in self.asked.request.avoid:
            return ()
        tried = [least] if least else []
        tried += [(Minutes(minutes),) for minutes in self._minutes()]
        tried.append((Preferring(self.exercise),))
        for changes in tried:
            if self._is_in(changes):
                return changes
        return ()

    def _minutes(self) -> Iterator[int]:
        now = self.asked.request.minutes
        little = range(now + 1, now + 6)
        named = (
            value
            for one in self.plan.omissions
            if one.exercise == self.exercise
            for name, value in one.reason.message.args
            if name == "minutes" and isinstance(value, int)
        )
        yield from sorted(
            {minutes for minutes in (*little, *named, *LONGER) if now < minutes <= MOST_MINUTES}
        )

    def _is_in(self, changes: Iterable[Change]) -> bool:
        plan = planned(self.planner, applied(self.asked, changes))
        sides = self.planner.knowledge.exercise(self.exercise).sides
        return any(
            item.exercise == self.exercise and not set(sides(item.side)).isdisjoint(self.out)
            for item in plan.items
        )
