"""Where a person starts on a ladder who has no history."""

from collections.abc import Mapping

from kineticchain.anatomy import Side
from kineticchain.exercises import Ladder
from kineticchain.facts import Condition, Value, evaluate


def place(ladder: Ladder, side: Side, facts: Mapping[str, Value]) -> int | None:
    """The highest rung that the measures or `mastered` speak for; None if none is open.

    A rung is spoken for where its `start` condition is known to hold or the person names
    its exercise as mastered. It is open where the needs of all rungs up to it are met.
    """
    best = None
    mastered = mastered_by_word(facts)
    bound = facts if "mastered" in facts else {**facts, "mastered": mastered}
    for at, rung in enumerate(ladder.rungs):
        if rung.needs is not None and not _holds(rung.needs, bound, side):
            break
        spoken_for = rung.start is not None and _holds(rung.start, bound, side)
        if at == 0 or spoken_for or rung.exercise in mastered:
            best = at
    return best


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
