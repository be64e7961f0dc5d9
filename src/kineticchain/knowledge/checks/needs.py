"""Checks of the needs of rungs: cycles of needs, and rungs that nobody can reach."""

from collections.abc import Collection, Iterator

from kineticchain.domain.facts import All, AnySide, Condition, Contains
from kineticchain.domain.facts.condition import (
    AnyOf,
    AtLeast,
    BothSides,
    Constant,
    Name,
    Not,
    children,
)
from kineticchain.errors import Fault
from kineticchain.knowledge.checks.references import place_of
from kineticchain.knowledge.contents import Contents


def needs_cycles(knowledge: Contents) -> Iterator[Fault]:
    """Yield a fault for the first cycle of rungs that require the mastery of each other.

    A rung needs all rungs below it on its ladder, and every exercise that its `needs` require in
    any case. Alternatives, as in ``'a' in mastered or 'b' in mastered``, require nothing by
    themselves.
    """
    needs = dict(_needed_exercises(knowledge))
    checked: set[str] = set()
    for start, start_needs in needs.items():
        # depth-first search: `path` contains the exercises from the start to the current one, and
        # `pending` the needed exercises of each of them that have not been followed yet
        path, pending = [start], [iter(start_needs)]
        while path:
            needed = next(pending[-1], None)
            if needed is None:
                pending.pop()
                checked.add(path.pop())
            elif needed in path:
                names = " → ".join(f"`{name}`" for name in (*path[path.index(needed) :], needed))
                yield Fault(f"these need each other: {names}", _place_of_rung(needed, knowledge))
                return
            elif needed in needs and needed not in checked:
                path.append(needed)
                pending.append(iter(needs[needed]))


def unreachable_rungs(knowledge: Contents) -> Iterator[Fault]:
    """Yield a fault for the lowest rung of each ladder that nobody can reach.

    The exercises that can be mastered are collected until no further exercise is found. A rung adds
    its exercise if it has a `start`, or if the rung below is reachable and the needs of the rung
    can be met with the exercises collected so far. All measures are assumed to be possible.

    Args:
        knowledge: The ladders of all packs.
    """
    reached: set[str] = set()
    size_before = -1
    while len(reached) > size_before:
        size_before = len(reached)
        for ladder in knowledge.ladders:
            is_open = True
            for rung in ladder.rungs:
                met = rung.needs is None or _can_be(rung.needs, reached)
                is_open = rung.start is not None or (is_open and met)
                if is_open:
                    reached.add(rung.exercise)
    for ladder in knowledge.ladders:
        for rung in ladder.rungs:
            if rung.exercise not in reached:
                what = f"nobody can come to `{rung.exercise}`: its needs wait for each other"
                remedy = "let one of them begin without the others"
                yield Fault(what, _place_of_rung(rung.exercise, knowledge), remedy)
                break


def _can_be(condition: Condition, reached: Collection[str], *, value: bool = True) -> bool:
    """Return whether a condition can have a value if only some exercises can be mastered.

    Args:
        condition: A condition of a rung. Facts other than `mastered` can have any value.
        reached: The exercises that can be mastered.
        value: The truth value that the condition should have.
    """
    match condition:
        case Contains(str(member), Name("mastered")):
            return not value or member in reached
        case Not(part):
            return _can_be(part, reached, value=not value)
        case Constant(constant):
            return constant is value
        case All(parts) | AnyOf(parts):
            possible = [_can_be(part, reached, value=value) for part in parts]
            return all(possible) if isinstance(condition, All) is value else any(possible)
        case AtLeast(count, parts):
            possible = [_can_be(part, reached, value=value) for part in parts]
            return sum(possible) >= (count if value else len(parts) - count + 1)
        case AnySide(part) | BothSides(part):
            return _can_be(part, reached, value=value)
        case _:
            return True


def _needed_exercises(knowledge: Contents) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each exercise on a ladder with the exercises that have to be mastered before it."""
    for ladder in knowledge.ladders:
        below: str | None = None
        for rung in ladder.rungs:
            required = () if rung.needs is None else tuple(required_in(rung.needs))
            yield rung.exercise, (*((below,) if below else ()), *required)
            below = rung.exercise


def required_in(condition: Condition) -> Iterator[str]:
    """Yield the exercises whose mastery a condition requires in any case."""
    match condition:
        case All(parts):
            for part in parts:
                yield from required_in(part)
        case AnySide(part):
            yield from required_in(part)
        case Contains(str(member), name) if name.id == "mastered":
            yield member
        case _:
            return


def mastered_in(condition: Condition) -> Iterator[str]:
    """Yield all exercises whose mastery a condition reads."""
    if isinstance(condition, Contains) and condition.name.id == "mastered":
        yield str(condition.member)
    for part in children(condition):
        yield from mastered_in(part)


def _place_of_rung(exercise: str, knowledge: Contents) -> str:
    for pack in knowledge.packs:
        for index, ladder in enumerate(pack.ladders):
            step = ladder.index(exercise)
            if step is not None:
                return f"{place_of(pack, 'ladder', index, ladder.id)}.rungs[{step}].needs"
    return "ladders"
