"""Breadth first through all states that a ladder can be in."""

from collections import deque
from collections.abc import Mapping
from functools import cached_property

from attrs import frozen

from kineticchain.exercises import Dose
from kineticchain.progression.track import Track
from kineticchain.progression.verify.normal_state import normal
from kineticchain.progression.verify.world import TODAY, Input, World, days_later

MOST_STATES = 100_000


@frozen(eq=False)
class Edge:
    """One input in one state: the track after it as it came, and the state that it is."""

    given: Input
    came: Track
    state: Track


@frozen(eq=False)
class Exploration:
    """Every state with what each input makes of it, and how each state was first reached."""

    world: World
    edges: Mapping[Track, tuple[Edge, ...]]
    reached_by: Mapping[Track, tuple[Track, Input] | None]
    whole: bool

    @cached_property
    def by_input(self) -> Mapping[str, Mapping[Track, Edge]]:
        """For each input's name, what it makes of each state."""
        return {
            given.name: {state: edges[at] for state, edges in self.edges.items()}
            for at, given in enumerate(self.world.inputs)
        }

    def trace(self, state: Track, *more: Input) -> tuple[str, ...]:
        """The shortest way to a state, and further inputs, in the playground's language."""
        inputs: list[Input] = list(more)
        while (back := self.reached_by[state]) is not None:
            state, given = back
            inputs.insert(0, given)
        return trace_of(self.world, state, inputs)


def explore(world: World) -> Exploration:
    """All states that are reached from the start of any rung, under all inputs."""
    reached_by: dict[Track, tuple[Track, Input] | None] = dict.fromkeys(world.starts())
    waiting = deque(reached_by)
    edges: dict[Track, tuple[Edge, ...]] = {}
    while waiting and len(reached_by) <= MOST_STATES:
        state = waiting.popleft()
        found = []
        for given in world.inputs:
            came = world.after(state, given)
            following = normal(came, world.course)
            found.append(Edge(given, came, following))
            if following not in reached_by:
                reached_by[following] = (state, given)
                waiting.append(following)
        edges[state] = tuple(found)
    return Exploration(world=world, edges=edges, reached_by=reached_by, whole=not waiting)


def trace_of(world: World, start: Track, inputs: list[Input]) -> tuple[str, ...]:
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
        track = normal(world.after(track, given), world.course)
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
