"""Law 18: where one and the same day, again and again, leads from every state."""

from collections.abc import Callable, Iterator, Sequence

from kineticchain.progression.model.transition import Action
from kineticchain.progression.verify.exploration import Edge, Exploration
from kineticchain.progression.verify.finding import Violation
from kineticchain.progression.verify.world import HURTING, SHOWN, DayInput

LAW = "law 18"
DOWN = frozenset({Action.REGRESS_VARIANT, Action.STOP_AND_REFER})


def check_paths(explored: Exploration) -> Iterator[Violation]:
    """Good days reach the top, sustained pain leads down or to a stop, nothing oscillates."""
    if not explored.whole:
        what = f"more than {len(explored.edges):,} states"
        yield Violation(law="exploration", what=what, trace=())
        return
    yield from _top_missed(explored)
    yield from _pain_goes_on(explored)
    for given in explored.world.inputs:
        yield from _oscillation(explored, given)


def _named(explored: Exploration, name: str) -> DayInput:
    return next(given for given in explored.world.inputs if given.name == name)


def _top_missed(explored: Exploration) -> Iterator[Violation]:
    """The top is the last dose of the last rung, or its mastery, kept up from then on."""
    top = explored.world.places[-1].height

    def reached(edge: Edge) -> bool:
        place = explored.place(edge.to)
        return place.height == top or place.maintenance

    steps = steps_until(explored.edges_of(_named(explored, SHOWN)), reached)
    stuck = [state for state, count in enumerate(steps) if count is None]
    if stuck:
        what = f"good days do not lead to the top from {len(stuck):,} states"
        yield Violation(law=LAW, what=what, trace=explored.trace(stuck[0]))


def _pain_goes_on(explored: Exploration) -> Iterator[Violation]:
    most = explored.world.policy.days_before_stop
    given = _named(explored, HURTING)
    steps = steps_until(explored.edges_of(given), lambda edge: edge.action in DOWN)
    for state, count in enumerate(steps):
        if count is None or count > most:
            what = f"pain above its ceiling goes on for over {most} sessions without a step back"
            trace = explored.trace(state, *[given] * (most + 1))
            yield Violation(law=LAW, what=what, trace=trace)
            return


def _oscillation(explored: Exploration, given: DayInput) -> Iterator[Violation]:
    """All states on a circle of one and the same day stand equally high."""
    for circle in circles(explored.edges_of(given)):
        places = [explored.place(state) for state in circle]
        if len({(*place.height, place.share) for place in places}) > 1:
            trace = explored.trace(circle[0], *[given] * len(circle))
            what = f"{given.name}, again and again, oscillates"
            yield Violation(law=LAW, what=what, trace=trace)
            return


def steps_until(edges: Sequence[Edge], reached: Callable[[Edge], bool]) -> list[int | None]:
    """After how many days the goal is reached from each state; None where it never is."""
    steps: dict[int, int | None] = {}
    for start in range(len(edges)):
        path: list[int] = []
        state, on_path = start, set[int]()
        while state not in steps and state not in on_path:
            if reached(edges[state]):
                steps[state] = 1
                break
            path.append(state)
            on_path.add(state)
            state = edges[state].to
        count = steps.get(state)
        for passed in reversed(path):
            count = None if count is None else count + 1
            steps[passed] = count
    return [steps[state] for state in range(len(edges))]


def circles(edges: Sequence[Edge]) -> Iterator[list[int]]:
    """The circles that every path ends in, each once."""
    seen: set[int] = set()
    for start in range(len(edges)):
        order: dict[int, int] = {}
        state = start
        while state not in seen and state not in order:
            order[state] = len(order)
            state = edges[state].to
        if state in order:
            yield list(order)[order[state] :]
        seen.update(order)
