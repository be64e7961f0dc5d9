"""Breadth-first exploration of all states of a ladder."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from attrs import frozen

from kineticchain.domain.exercises import AXES, Dose
from kineticchain.progression.model.track import LadderPosition, Track
from kineticchain.progression.model.transition import Action
from kineticchain.progression.verify.normal_state import normal
from kineticchain.progression.verify.world import TODAY, DayInput, LadderModel, days_later

MAX_STATES = 100_000
"""Number of states after which an exploration stops as incomplete."""

Watch: TypeAlias = Callable[["Exploration", int, DayInput, Track], None]
"""Callback for every transition: exploration so far, state, input, and track after the input.

The track is not normalised yet.
"""


@frozen
class Edge:
    """Transition from a state under an input.

    Attributes:
        to: Number of the state that follows.
        action: Action of the transition that decided.

    """

    to: int
    action: Action


@frozen(eq=False)
class Exploration:
    """State graph of a ladder; states are numbered in the order in which they were reached.

    Attributes:
        world: Ladder and inputs that were explored.
        states: Normalised track of each state.
        edges: For each state, an edge for each input of the world.
        reached_by: For each state, the state and input that first reached it; None for a start.
        whole: True if all reachable states were explored.

    """

    world: LadderModel
    states: Sequence[Track]
    edges: Sequence[Sequence[Edge]]
    reached_by: Sequence[tuple[int, DayInput] | None]
    whole: bool

    def edges_of(self, given: DayInput) -> list[Edge]:
        """Return the edge of each state under one input."""
        index = self.world.inputs.index(given)
        return [edges[index] for edges in self.edges]

    def place(self, state: int) -> LadderPosition:
        """Return the position of a state."""
        return self.states[state].place

    def trace(self, state: int, *further: DayInput) -> tuple[str, ...]:
        """Return the shortest path to a state and further inputs, as lines of the playground.

        Args:
            state: Number of the state.
            further: Inputs that follow in that state.

        Returns:
            Lines of the playground.

        """
        inputs: list[DayInput] = list(further)
        while (step := self.reached_by[state]) is not None:
            state, given = step
            inputs.insert(0, given)
        return trace_of(self.world, self.states[state], inputs)


def explore(world: LadderModel, watch: Watch | None = None) -> Exploration:
    """Explore all states that are reachable from the start of any rung, under all inputs.

    Args:
        world: Ladder and inputs.
        watch: Callback for every transition; None for no callback.

    Returns:
        The state graph; incomplete if there are more than `MAX_STATES` states.

    """
    states: list[Track] = list(world.starts())
    numbers = {state: number for number, state in enumerate(states)}
    reached_by: list[tuple[int, DayInput] | None] = [None] * len(states)
    edges: list[list[Edge]] = []
    so_far = Exploration(world, states, edges, reached_by, whole=False)
    # `states` is the queue: states before index `len(edges)` are expanded, later states wait.
    while len(edges) < len(states) <= MAX_STATES:
        current = len(edges)
        state_edges = []
        for given in world.inputs:
            track = world.after(states[current], given)
            if watch is not None:
                watch(so_far, current, given, track)
            following = normal(track, world.context)
            to = numbers.get(following)
            if to is None:
                to = numbers[following] = len(states)
                states.append(following)
                reached_by.append((current, given))
            state_edges.append(Edge(to, world.action(track)))
        edges.append(state_edges)
    complete = len(edges) == len(states)
    return Exploration(world, states, edges, reached_by, whole=complete)


def trace_of(world: LadderModel, start: Track, inputs: list[DayInput]) -> tuple[str, ...]:
    """Return a sequence of inputs from a start, as lines that the playground reads.

    Args:
        world: Ladder and inputs.
        start: Track before the first input.
        inputs: Inputs in order.

    """
    exercise = world.ladder.rungs[start.place.rung].exercise
    lines = [f"start {exercise}"]
    day, track = TODAY, start
    for given in inputs:
        day = days_later(day, given.days)
        exercise = world.ladder.rungs[track.place.rung].exercise
        done = world.done(track, given.amount, days_later(TODAY, given.days))
        words = [f"session {day} {exercise} {world.side}"]
        words += [] if done is None else [f"done={dose_word(done)}"]
        words += [] if given.pain is None else [f"pain={given.pain}"]
        words += [f"effort={given.effort}", f"touches={given.touches}"]
        words += [] if given.form_ok else ["form=lost"]
        lines.append(" ".join(words))
        if given.morning is not None:
            lines.append(f"morning {days_later(day, 1)} pain={given.morning:+d}")
        track = normal(world.after(track, given), world.context)
    return tuple(lines)


def dose_word(dose: Dose) -> str:
    """Return a dose as one word: ``3x12``, ``3x8x5s``, ``4x15s``, ``60s``, ``2x10steps``."""
    amounts = dict(dose.amounts())
    if dose.sets == 1 and dose.duration_s is not None:
        del amounts["sets"]
    parts = [f"{amounts[axis.name]}{axis.suffix}" for axis in AXES if axis.name in amounts]
    ways = f"*{dose.variations}" if dose.variations > 1 else ""
    return "x".join(parts) + ways
