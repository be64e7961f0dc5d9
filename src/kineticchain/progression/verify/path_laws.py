"""Law 18: checks of the path that the repetition of one input takes from every state.

Under one input every state has exactly one following state, so that each path ends in one cycle.
"""

from collections.abc import Callable, Iterator, Sequence

from kineticchain.progression.model.transition import Action
from kineticchain.progression.verify.exploration import Edge, Exploration
from kineticchain.progression.verify.finding import Violation
from kineticchain.progression.verify.world import HURTING, SHOWN, DayInput

LAW = "law 18"
"""Number of the law in violations."""

DOWN = frozenset({Action.REGRESS_VARIANT, Action.STOP_AND_REFER})
"""Actions that step down; sustained pain has to lead to one of them."""


def check_paths(explored: Exploration) -> Iterator[Violation]:
    """Check that good days reach the top, sustained pain leads down, and nothing oscillates.

    Args:
        explored: State graph; an incomplete one is itself a violation.

    """
    if not explored.whole:
        what = f"more than {len(explored.edges):,} states"
        yield Violation(law="exploration", what=what, trace=())
        return
    yield from _top_missed(explored)
    yield from _pain_goes_on(explored)
    for given in explored.world.inputs:
        yield from _oscillation(explored, given)


def _input_named(explored: Exploration, name: str) -> DayInput:
    """Return the input with the given name."""
    return next(given for given in explored.world.inputs if given.name == name)


def _top_missed(explored: Exploration) -> Iterator[Violation]:
    """Yield a violation if good days do not lead from every state to the top.

    The top is the last dose of the last rung, or maintenance.
    """
    top = explored.world.places[-1].height

    def reached(edge: Edge) -> bool:
        place = explored.place(edge.to)
        return place.height == top or place.maintenance

    steps = steps_until(explored.edges_of(_input_named(explored, SHOWN)), reached)
    stuck = [state for state, count in enumerate(steps) if count is None]
    if stuck:
        what = f"good days do not lead to the top from {len(stuck):,} states"
        yield Violation(law=LAW, what=what, trace=explored.trace(stuck[0]))


def _pain_goes_on(explored: Exploration) -> Iterator[Violation]:
    """Yield a violation if sustained pain does not lead down within `days_before_stop` sessions."""
    most = explored.world.policy.days_before_stop
    given = _input_named(explored, HURTING)
    steps = steps_until(explored.edges_of(given), lambda edge: edge.action in DOWN)
    for state, count in enumerate(steps):
        if count is None or count > most:
            what = f"pain above its ceiling goes on for over {most} sessions without a step back"
            trace = explored.trace(state, *[given] * (most + 1))
            yield Violation(law=LAW, what=what, trace=trace)
            return


def _oscillation(explored: Exploration, given: DayInput) -> Iterator[Violation]:
    """Yield a violation if the states of a cycle under one input differ in height."""
    for cycle in circles(explored.edges_of(given)):
        places = [explored.place(state) for state in cycle]
        if len({(*place.height, place.dose_percent) for place in places}) > 1:
            trace = explored.trace(cycle[0], *[given] * len(cycle))
            what = f"{given.name}, again and again, oscillates"
            yield Violation(law=LAW, what=what, trace=trace)
            return


def steps_until(edges: Sequence[Edge], reached: Callable[[Edge], bool]) -> list[int | None]:
    """Return the number of days after which a goal is reached from each state.

    Args:
        edges: The edge of each state, under one input.
        reached: Returns whether an edge reaches the goal.

    Returns:
        Days for each state; None if the goal is never reached.

    """
    steps: dict[int, int | None] = {}
    for start in range(len(edges)):
        # Follow the path until a state with a known number, the goal, or a cycle.
        path: list[int] = []
        state, on_path = start, set[int]()
        while state not in steps and state not in on_path:
            if reached(edges[state]):
                steps[state] = 1
                break
            path.append(state)
            on_path.add(state)
            state = edges[state].to
        # Count back along the path. A cycle without the goal has no number: None.
        count = steps.get(state)
        for previous in reversed(path):
            count = None if count is None else count + 1
            steps[previous] = count
    return [steps[state] for state in range(len(edges))]


def circles(edges: Sequence[Edge]) -> Iterator[list[int]]:
    """Yield each cycle exactly once, as its states in order; every path ends in a cycle.

    Args:
        edges: The edge of each state, under one input.

    """
    seen: set[int] = set()
    for start in range(len(edges)):
        order: dict[int, int] = {}
        state = start
        while state not in seen and state not in order:
            order[state] = len(order)
            state = edges[state].to
        # The walk stopped at a state seen before. If that state is on this path, the path closes a
        # new cycle. If it is on an earlier path, the path leads to a known cycle.
        if state in order:
            yield list(order)[order[state] :]
        seen.update(order)
