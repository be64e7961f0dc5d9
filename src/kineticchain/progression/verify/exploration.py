"""Breadth first through all states that a ladder can be in."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from attrs import frozen

from kineticchain.domain.exercises import Dose
from kineticchain.progression.model.track import LadderPosition, Track
from kineticchain.progression.model.transition import Action
from kineticchain.progression.verify.normal_state import normal
from kineticchain.progression.verify.world import TODAY, DayInput, LadderModel, days_later

MAX_STATES = 100_000

Watch: TypeAlias = Callable[["Exploration", int, DayInput, Track], None]
"""Told of every transition: the exploration so far, a state, an input, the track that came."""


@frozen
class Edge:
    """What an input makes of a state: the number of another state, and the action taken."""

    to: int
    action: Action


@frozen(eq=False)
class Exploration:
    """Every state with what each input makes of it, and how each state was first reached.

    States are numbered in the order in which they were reached. `edges` holds for each state
    an edge for each input of the world.
    """

    world: LadderModel
    states: Sequence[Track]
    edges: Sequence[Sequence[Edge]]
    reached_by: Sequence[tuple[int, DayInput] | None]
    whole: bool

    def edges_of(self, given: DayInput) -> list[Edge]:
        """For each state what one input makes of it."""
        at = self.world.inputs.index(given)
        return [edges[at] for edges in self.edges]

    def place(self, state: int) -> LadderPosition:
        """The place of a state."""
        return self.states[state].place

    def trace(self, state: int, *more: DayInput) -> tuple[str, ...]:
        """The shortest way to a state, and further inputs, in the playground's language."""
        inputs: list[DayInput] = list(more)
        while (back := self.reached_by[state]) is not None:
            state, given = back
            inputs.insert(0, given)
        return trace_of(self.world, self.states[state], inputs)


def explore(world: LadderModel, watch: Watch | None = None) -> Exploration:
    """All states that are reached from the start of any rung, under all inputs."""
    states: list[Track] = list(world.starts())
    number = {state: at for at, state in enumerate(states)}
    reached_by: list[tuple[int, DayInput] | None] = [None] * len(states)
    edges: list[list[Edge]] = []
    so_far = Exploration(world, states, edges, reached_by, whole=False)
    while len(edges) < len(states) <= MAX_STATES:
        at = len(edges)
        found = []
        for given in world.inputs:
            came = world.after(states[at], given)
            if watch is not None:
                watch(so_far, at, given, came)
            following = normal(came, world.context)
            to = number.get(following)
            if to is None:
                to = number[following] = len(states)
                states.append(following)
                reached_by.append((at, given))
            found.append(Edge(to, world.action(came)))
        edges.append(found)
    whole = len(edges) == len(states)
    return Exploration(world, states, edges, reached_by, whole=whole)


def trace_of(world: LadderModel, start: Track, inputs: list[DayInput]) -> tuple[str, ...]:
    """A life from a start, as lines that the playground reads."""
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
    """A dose as one word: ``3x12``, ``3x8x5s``, ``4x15s``, ``60s``, ``2x10steps``."""
    parts = [str(dose.sets)] if dose.sets > 1 or dose.duration_s is None else []
    parts += [str(dose.reps)] if dose.reps is not None else []
    parts += [f"{dose.hold_s}s"] if dose.hold_s is not None else []
    parts += [f"{dose.duration_s}s"] if dose.duration_s is not None else []
    parts += [f"{dose.steps}steps"] if dose.steps is not None else []
    ways = f"*{dose.variations}" if dose.variations > 1 else ""
    return "x".join(parts) + ways
