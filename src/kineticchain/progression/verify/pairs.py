"""Law 13 over whole histories: two persons with the same log, one of whom has more pain."""

from collections import deque
from collections.abc import Iterator

from attrs import evolve, frozen

from kineticchain.progression.model.track import Track
from kineticchain.progression.verify.finding import Violation
from kineticchain.progression.verify.normal_state import normal
from kineticchain.progression.verify.state_laws import height
from kineticchain.progression.verify.world import TODAY, DayInput, LadderModel, days_later

Pair = tuple[Track, Track]


@frozen(eq=False)
class Pairs:
    """Result of exploring pairs of states.

    Attributes:
        pairs: Number of pairs reached.
        whole: True if all reachable pairs were explored.
        violations: Violations of law 13; the search stops at the first violation.

    """

    pairs: int
    whole: bool
    violations: tuple[Violation, ...]


def check_pairs(world: LadderModel, most: int = 20_000) -> Pairs:
    """Explore pairs breadth first and check that the person with more pain never stands higher.

    Args:
        world: Ladder and inputs.
        most: Number of pairs after which the search stops.

    """
    waiting: deque[Pair] = deque((start, start) for start in world.starts())
    seen: dict[Pair, tuple[Pair, str] | None] = dict.fromkeys(waiting)
    violations: list[Violation] = []
    while waiting and len(seen) <= most and not violations:
        pair = waiting.popleft()
        for name, following, tracks in _steps(world, pair):
            if following in seen:
                continue
            seen[following] = (pair, name)
            waiting.append(following)
            if height(tracks[1]) > height(tracks[0]):
                trace = _trace(seen, following)
                what = "with more pain from some day on, one ends up higher"
                violations.append(Violation(law="law 13", what=what, trace=trace))
                break
    return Pairs(len(seen), not waiting, tuple(violations))


def _steps(world: LadderModel, pair: Pair) -> Iterator[tuple[str, Pair, Pair]]:
    """Yield every next day of both persons: name, normalised pair, and pair before normalisation.

    The days differ in pain only: both persons log the dose that one of them would do.
    """
    calmer, sorer = pair
    for given in world.inputs:
        for worse in _as_painful_or_more(world, given):
            for doer in dict.fromkeys(pair):
                day = days_later(TODAY, given.days)
                log = world.events(doer, given, day)
                sore_log = world.events(doer, worse, day)
                tracks = (
                    world.folded(calmer, log, world.context),
                    world.folded(sorer, sore_log, world.context),
                )
                following = (normal(tracks[0], world.context), normal(tracks[1], world.context))
                yield f"{given.name} against {worse.name}", following, tracks


def _as_painful_or_more(world: LadderModel, given: DayInput) -> Iterator[DayInput]:
    """Yield the input itself, and copies with more pain: just above each pain limit."""
    yield given
    if given.pain is None:
        return
    policy = world.policy
    for pain in (policy.pain_safe + 1, policy.pain_ceiling + 1, policy.pain_stop + 1):
        if given.pain < pain <= 10:  # noqa: PLR2004 - pain ends at 10
            yield evolve(given, name=f"{given.name} with pain {pain}", pain=pain)


def _trace(seen: dict[Pair, tuple[Pair, str] | None], pair: Pair) -> tuple[str, ...]:
    """Return the names of the inputs that lead to a pair."""
    lines: list[str] = []
    while (step := seen[pair]) is not None:
        pair, name = step
        lines.insert(0, name)
    return tuple(lines)
