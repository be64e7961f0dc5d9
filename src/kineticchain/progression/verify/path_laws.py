"""Law 18: where one and the same day, again and again, leads from every state."""

from collections.abc import Callable, Iterator, Mapping

from kineticchain.progression.track import Track
from kineticchain.progression.transition import Action
from kineticchain.progression.verify.exploration import Edge, Exploration
from kineticchain.progression.verify.finding import Violation
from kineticchain.progression.verify.state_laws import height

LAW = "law 18"
GOOD, HURTING = "mastery shown", "pain above the ceiling"


def check_paths(explored: Exploration) -> Iterator[Violation]:
    """Good days reach the top, sustained pain leads down or to a stop, nothing oscillates."""
    if not explored.whole:
        return
    yield from _top_missed(explored)
    yield from _pain_goes_on(explored)
    for given in explored.world.inputs:
        yield from _oscillation(explored, given.name)


def _top_missed(explored: Exploration) -> Iterator[Violation]:
    top = explored.world.places[-1].height
    edges = explored.by_input[GOOD]
    steps = steps_until(edges, lambda edge: edge.state.place.height == top or _kept_up(edge))
    stuck = [state for state in edges if steps[state] is None]
    if stuck:
        what = f"good days do not lead to the top from {len(stuck):,} states"
        yield Violation(law=LAW, what=what, trace=explored.trace(stuck[0]))


def _kept_up(edge: Edge) -> bool:
    """Whether the hardest rung is mastered, and kept up from here on."""
    return edge.state.place.upkeep


def _pain_goes_on(explored: Exploration) -> Iterator[Violation]:
    world, down = explored.world, {Action.REGRESS_VARIANT, Action.STOP_AND_REFER}
    edges = explored.by_input[HURTING]
    steps = steps_until(edges, lambda edge: world.action(edge.came) in down)
    most = world.policy.days_before_stop
    for state, count in steps.items():
        if count is None or count > most:
            what = f"pain above its ceiling goes on for over {most} sessions without a step back"
            given = edges[state].given
            trace = explored.trace(state, *[given] * (most + 1))
            yield Violation(law=LAW, what=what, trace=trace)
            return


def _oscillation(explored: Exploration, name: str) -> Iterator[Violation]:
    """All states on a circle of one and the same day stand equally high."""
    edges = explored.by_input[name]
    for circle in circles(edges):
        if len({height(state) for state in circle}) > 1:
            given = edges[circle[0]].given
            trace = explored.trace(circle[0], *[given] * len(circle))
            yield Violation(law=LAW, what=f"{name}, again and again, oscillates", trace=trace)
            return


def steps_until(
    edges: Mapping[Track, Edge], reached: Callable[[Edge], bool]
) -> dict[Track, int | None]:
    """After how many days the goal is reached from each state; None where it never is."""
    steps: dict[Track, int | None] = {}
    for start in edges:
        path: list[Track] = []
        state, on_path = start, set[Track]()
        while state not in steps and state not in on_path:
            path.append(state)
            on_path.add(state)
            if reached(edges[state]):
                steps[state] = 1
                path.pop()
                break
            state = edges[state].state
        count = steps.get(state)
        for passed in reversed(path):
            count = None if count is None else count + 1
            steps[passed] = count
    return steps


def circles(edges: Mapping[Track, Edge]) -> Iterator[list[Track]]:
    """The circles that every path ends in, each once."""
    seen: set[Track] = set()
    for start in edges:
        order: dict[Track, int] = {}
        state = start
        while state not in seen and state not in order:
            order[state] = len(order)
            state = edges[state].state
        if state in order:
            yield list(order)[order[state] :]
        seen.update(order)
