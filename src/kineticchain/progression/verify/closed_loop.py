"""Closed loops: simulations of persons who flare from a given position on.

A simulation ends when a state repeats.
"""

from collections.abc import Iterator

from attrs import frozen

from kineticchain.progression.model.track import LadderPosition, Track
from kineticchain.progression.verify.exploration import trace_of
from kineticchain.progression.verify.finding import Violation
from kineticchain.progression.verify.normal_state import normal
from kineticchain.progression.verify.world import DayInput, LadderModel

MAX_SESSIONS = 3000
"""Sessions after which a simulation without a repeated state is a violation."""

LAW = "law 18"


@frozen(eq=False)
class Loops:
    """Result of the closed loops of one ladder.

    Attributes:
        loops: Number of simulated persons.
        violations: One violation for each person who returns to the position of the flare for
            ever.

    """

    loops: int
    violations: tuple[Violation, ...]


def check_closed_loops(world: LadderModel) -> Loops:
    """Simulate persons who flare from a position on, for each position but the lowest.

    Each person starts on the lowest rung. One flares by pain during training, another by a worse
    next morning.
    """
    violations: list[Violation] = []
    count = 0
    for place in world.places[1:]:
        for flare in _flares(world):
            count += 1
            violations += _violations(world, place, flare)
    return Loops(count, tuple(violations))


def _flares(world: LadderModel) -> tuple[DayInput, ...]:
    """Return the two kinds of flare as inputs."""
    above = world.policy.pain_ceiling + 1
    return (
        DayInput(name="flares in the session", pain=min(10, above)),
        DayInput(name="flares the next morning", morning=1),
    )


def _violations(world: LadderModel, place: LadderPosition, flare: DayInput) -> Iterator[Violation]:
    """Simulate one person until a state repeats, and yield a violation if the cycle has a flare."""
    # The real policy, because its caps on flares are what ends the loop.
    context = world.course_with(world.full_policy)
    good = DayInput(name="good")
    track: Track = world.starts()[0]
    seen: dict[Track, int] = {}
    inputs: list[DayInput] = []
    flared: list[int] = []
    while track not in seen and len(inputs) < MAX_SESSIONS:
        seen[track] = len(inputs)
        hurts = track.place.height >= place.height
        if hurts:
            flared.append(len(inputs))
        given = flare if hurts else good
        inputs.append(given)
        track = normal(world.after(track, given, context), context, with_flares=True)
    # The cycle begins with the session at which the repeated state was first seen.
    cycle_start = seen.get(track)
    if cycle_start is None or any(session >= cycle_start for session in flared):
        what = f"who {flare.name} from {place.height} on is led back there for ever"
        yield Violation(law=LAW, what=what, trace=trace_of(world, world.starts()[0], inputs))
