"""Placement on a ladder of a person without history."""

from collections.abc import Iterator, Mapping

from attrs import frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import Ladder, Rung
from kineticchain.domain.facts import Condition, Value, evaluate
from kineticchain.domain.facts.condition import names_in
from kineticchain.domain.facts.fact_values import sided


def place(ladder: Ladder, side: Side, facts: Mapping[str, Value]) -> int | None:
    """Return the highest open rung that the facts support, counted from 0.

    A rung is supported if its `start` condition holds, or if the person named its exercise as
    mastered and no measure contradicts that on this rung or below. A rung is open if the needs of
    all rungs up to it are met. The lowest rung needs no support.

    Args:
        ladder: The ladder.
        side: The side; for `Side.BOTH`, conditions have to hold on each side.
        facts: The person's facts, with `mastered` if given.

    Returns:
        The index of the rung, or None if the lowest rung is closed.
    """
    best = None
    mastered = mastered_by_word(facts)
    bound = facts if "mastered" in facts else {**facts, "mastered": mastered}
    believed = True
    for index, rung in enumerate(ladder.rungs):
        if rung.needs is not None and not _holds(rung.needs, bound, side):
            break
        measured = rung.start is not None and _holds(rung.start, bound, side)
        measured = measured and _is_about(rung.start, bound, side)
        believed = believed and not _is_contradicted(rung.start, bound, side)
        if index == 0 or measured or (believed and rung.exercise in mastered):
            best = index
    return best


@frozen
class ProgrammeStart:
    """The start of a programme on a ladder.

    Attributes:
        rung: The rung, from 0.
        level: The level of the dose, from 0; None where the programme leaves the dose open.
        suits: The condition under which a person may start on that rung.
    """

    rung: int
    level: int | None
    suits: Condition

    def is_for(self, ladder: Ladder, side: Side, facts: Mapping[str, Value]) -> bool:
        """Return whether a person may start on the rung.

        `suits` has to be true. No `start` condition of the rung or a lower rung may be false, and
        no `needs` condition either, except one that reads mastery.

        Args:
            ladder: The ladder.
            side: The side.
            facts: The person's facts.
        """
        if evaluate(self.suits, facts) is not True:
            return False
        rungs = ladder.rungs[: self.rung + 1]
        measured = [rung.needs for rung in rungs if not rung.asks_for]
        conditions = (*measured, *(rung.start for rung in rungs))
        return not any(_is_contradicted(condition, facts, side) for condition in conditions)


def first_level(rung: Rung, side: Side, facts: Mapping[str, Value]) -> int:
    """Return the level of the largest first dose that the facts support, from 0.

    Args:
        rung: The rung.
        side: The side; for `Side.BOTH`, a condition has to hold on each side.
        facts: The person's facts.
    """
    levels = (
        rung.axis.index(first.dose) for first in rung.first_doses if _holds(first.when, facts, side)
    )
    return max(levels, default=0)


def _is_about(start: Condition | None, facts: Mapping[str, Value], side: Side) -> bool:
    """Return whether a `start` condition that holds applies to a side.

    If the side recovers from an operation or an injury, the condition has to read a measure of
    that side. A measure of both legs tells nothing about the recovering leg.
    """
    recovers = any(facts.get(sided("recovering", part)) is True for part in side.each)
    if start is None or not recovers:
        return True
    names = names_in(start)
    return not names or any(sided(name, part) in facts for name in names for part in side.each)


def contradicted(ladder: Ladder, facts: Mapping[str, Value]) -> Iterator[str]:
    """Yield the exercises named as mastered on or above a rung whose `start` condition is false.

    An exercise is yielded once for each side on which its mastery is contradicted.
    """
    mastered = mastered_by_word(facts)
    for side in ladder.sides():
        believed = True
        for rung in ladder.rungs:
            believed = believed and not _is_contradicted(rung.start, facts, side)
            if not believed and rung.exercise in mastered:
                yield rung.exercise


def _is_contradicted(start: Condition | None, facts: Mapping[str, Value], side: Side) -> bool:
    """True if a condition is known to be false on a part of the side."""
    return start is not None and any(evaluate(start, facts, part) is False for part in side.each)


def needs_met(
    ladder: Ladder, at: int, side: Side, facts: Mapping[str, Value], mastered: frozenset[str]
) -> bool:
    """Return whether the needs of one rung are met.

    Args:
        ladder: The ladder.
        at: The index of the rung, from 0.
        side: The side; for `Side.BOTH`, the needs have to be met on each side.
        facts: The person's facts.
        mastered: The exercises that the log shows as mastered on this side.
    """
    needs = ladder.rungs[at].needs
    bound = {**facts, "mastered": mastered_by_word(facts) | mastered}
    return needs is None or _holds(needs, bound, side)


def mastered_by_word(facts: Mapping[str, Value]) -> frozenset[str]:
    """Return the exercises that the person named as mastered."""
    value = facts.get("mastered")
    return value if isinstance(value, frozenset) else frozenset()


def _holds(condition: Condition, facts: Mapping[str, Value], side: Side) -> bool:
    if side is Side.BOTH:
        return all(evaluate(condition, facts, part) is True for part in Side.BOTH.each)
    return evaluate(condition, facts, side) is True
