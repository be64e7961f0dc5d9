"""Where a person starts on a ladder who has no history."""

from collections.abc import Iterator, Mapping

from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import Ladder
from kineticchain.domain.facts import Condition, Value, evaluate


def place(ladder: Ladder, side: Side, facts: Mapping[str, Value]) -> int | None:
    """The highest rung that the measures or `mastered` speak for; None if none is open.

    A rung is spoken for where its `start` condition is known to hold, or where the person names its
    exercise as mastered and no measure contradicts that. It is open where the needs of all rungs up
    to it are met.
    """
    best = None
    mastered = mastered_by_word(facts)
    bound = facts if "mastered" in facts else {**facts, "mastered": mastered}
    believed = True
    for at, rung in enumerate(ladder.rungs):
        if rung.needs is not None and not _holds(rung.needs, bound, side):
            break
        spoken_for = rung.start is not None and _holds(rung.start, bound, side)
        believed = believed and not _is_contradicted(rung.start, bound, side)
        if at == 0 or spoken_for or (believed and rung.exercise in mastered):
            best = at
    return best


def contradicted(ladder: Ladder, facts: Mapping[str, Value]) -> Iterator[str]:
    """The exercises named as mastered that stand at or above a rung whose measure was missed."""
    mastered = mastered_by_word(facts)
    for side in ladder.sides():
        believed = True
        for rung in ladder.rungs:
            believed = believed and not _is_contradicted(rung.start, facts, side)
            if not believed and rung.exercise in mastered:
                yield rung.exercise


def _is_contradicted(start: Condition | None, facts: Mapping[str, Value], side: Side) -> bool:
    """Whether a measure is known that says less than a rung asks for."""
    return start is not None and any(evaluate(start, facts, one) is False for one in side.each)


def needs_met(
    ladder: Ladder, at: int, side: Side, facts: Mapping[str, Value], mastered: frozenset[str]
) -> bool:
    """Whether the needs of one rung are met, with what the log has mastered so far."""
    needs = ladder.rungs[at].needs
    bound = {**facts, "mastered": mastered_by_word(facts) | mastered}
    return needs is None or _holds(needs, bound, side)


def mastered_by_word(facts: Mapping[str, Value]) -> frozenset[str]:
    """What the person named as mastered."""
    value = facts.get("mastered")
    return value if isinstance(value, frozenset) else frozenset()


def _holds(condition: Condition, facts: Mapping[str, Value], side: Side) -> bool:
    if side is Side.BOTH:
        return all(evaluate(condition, facts, one) is True for one in Side.BOTH.each)
    return evaluate(condition, facts, side) is True
