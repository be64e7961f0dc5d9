"""Persons who flare at a given place, followed until nothing new comes."""

from collections.abc import Iterator

from attrs import frozen

from kineticchain.progression.model.track import LadderPosition, Track
from kineticchain.progression.verify.exploration import trace_of
from kineticchain.progression.verify.finding import Violation
from kineticchain.progression.verify.normal_state import normal
from kineticchain.progression.verify.world import DayInput, LadderModel

MAX_SESSIONS = 3000
LAW = "law 18"


@frozen(eq=False)
class Loops:
    """How many persons were followed, and who is led back for ever."""

    loops: int
    violations: tuple[Violation, ...]


def check_closed_loops(world: LadderModel) -> Loops:
    """Follow persons who flare at each place, by pain and by mornings, from each start."""
    violations: list[Violation] = []
    count = 0
    for place in world.places[1:]:
        for flare in _flares(world):
            count += 1
            violations += _followed(world, place, flare)
    return Loops(count, tuple(violations))


def _flares(world: LadderModel) -> tuple[DayInput, ...]:
    above = world.policy.pain_ceiling + 1
    return (
        DayInput(name="flares in the session", pain=min(10, above)),
        DayInput(name="flares the next morning", morning=1),
    )


def _followed(world: LadderModel, place: LadderPosition, flare: DayInput) -> Iterator[Violation]:
    """One person, until their state comes back: no flare may lie on that circle."""
    context = world.course_with(world.ladder_index.policy)
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
    circle = seen.get(track)
    if circle is None or any(at >= circle for at in flared):
        what = f"who {flare.name} from {place.height} on is led back there for ever"
        yield Violation(law=LAW, what=what, trace=trace_of(world, world.starts()[0], inputs))
