"""Laws of single states and transitions, checked during an exploration."""

from collections import Counter
from collections.abc import Iterator

from kineticchain.domain.exercises import Dose
from kineticchain.progression.model.dose_steps import DoseStep
from kineticchain.progression.model.track import ALL, Track
from kineticchain.progression.replay.daily_update import weekly
from kineticchain.progression.verify.exploration import Exploration
from kineticchain.progression.verify.finding import Violation
from kineticchain.progression.verify.world import SHOWN, TODAY, Amount, DayInput, LadderModel

MAX_VIOLATIONS = 10
"""Number of violations that are collected for each law."""

Height = tuple[int, int, int]
"""Rung, level and share of a track."""


class StateLaws:
    """Watcher of an exploration that collects violations, at most `MAX_VIOLATIONS` per law.

    Attributes:
        violations: Violations collected so far.

    """

    def __init__(self) -> None:
        """Start without violations."""
        self.violations: list[Violation] = []
        self._count: Counter[str] = Counter()
        self._painless: tuple[int, Height] = (-1, (0, 0, 0))

    def __call__(
        self, explored: Exploration, state: int, given: DayInput, next_track: Track
    ) -> None:
        """Check one transition, and collect its violations."""
        world, before = explored.world, explored.states[state]
        faults = [
            *_edge_faults(world, before, given, next_track),
            *self._more_pain(state, given, next_track),
        ]
        for law, what in faults:
            self._count[law] += 1
            if self._count[law] <= MAX_VIOLATIONS:
                trace = explored.trace(state, given)
                self.violations.append(Violation(law=law, what=what, trace=trace))

    def _more_pain(
        self, state: int, given: DayInput, next_track: Track
    ) -> Iterator[tuple[str, str]]:
        """Yield a violation of law 13 if more pain in one session leads higher than no pain.

        The inputs of a state are checked in order: the painless input comes before the painful
        inputs, so the height that it leads to is known.
        """
        if given.amount is Amount.MASTERY and not given.pain and given.name == SHOWN:
            self._painless = (state, height(next_track))
        is_painful = given.pain is not None and given.pain > 0 and given.amount is Amount.MASTERY
        if is_painful and self._painless[0] == state and height(next_track) > self._painless[1]:
            yield "law 13", f"{given.name} leads higher than none"


def height(track: Track) -> Height:
    """Return the height of a track: rung, level and share in per cent."""
    return (*track.place.height, track.place.dose_percent)


def _edge_faults(
    world: LadderModel, state: Track, given: DayInput, next_track: Track
) -> Iterator[tuple[str, str]]:
    """Yield law and description of each violation of one transition."""
    before, after = height(state), height(next_track)
    rungs = world.ladder.rungs
    if not 0 <= next_track.place.rung < len(rungs):
        yield "clamping", f"there is no rung {next_track.place.rung}"
        return
    steps = world.steps(next_track.place.rung)
    if not 0 <= next_track.place.level < len(steps):
        yield "clamping", f"there is no dose {next_track.place.level}"
        return
    exercise = world.context.ladder_index.exercises[rungs[next_track.place.rung].exercise]
    if exercise.dose.faults_of(weekly(next_track, TODAY, world.context).dose):
        yield "clamping", f"the dose of {exercise.id} is outside its range"
    # Determinism is checked for one input per state, which bounds the cost.
    if given == world.inputs[len(state.streaks.shown)] and world.after(state, given) != next_track:
        yield "determinism", "the same input gave another state"
    hurt = given.pain is not None and given.pain > world.policy.pain_ceiling
    if (hurt or (given.morning or 0) > 0) and after > before:
        yield "law 14", f"a step up after {given.name}"
    if given.amount is Amount.NOTHING_NOTED and after > before:
        yield "law 15", "a step up without data"
    if after > before:
        yield from _step_faults(world, state, next_track)


def _step_faults(world: LadderModel, state: Track, next_track: Track) -> Iterator[tuple[str, str]]:
    """Yield violations of a step up: law 16 (one dimension) and law 17 (growth of the week)."""
    old, new = state.place, next_track.place
    one_rung = new.rung == old.rung + 1 and new.level == 0
    restored = new.height == old.height
    one_step = new.rung == old.rung and new.level == old.level + 1
    if not (one_rung or restored or one_step):
        yield "law 16", f"from {old.height} to {new.height} in one review"
        return
    before, after = world.steps(old.rung)[old.level], world.steps(new.rung)[new.level]
    tolerated = before.weekly_volume
    mastery = world.ladder.rungs[old.rung].mastery
    if one_rung and mastery is not None:  # mastery was done and tolerated, whatever the plan
        tolerated = max(tolerated, mastery.volume * before.days)
    if one_step and not before.protocol_days and _grown(before, after) != 1:
        yield "law 16", f"{_grown(before, after)} dimensions of the dose grow at once"
    # Law 17 does not apply to the next named dose, to a restored dose, or across units.
    named = one_step and before.days == after.days
    if named or restored or _unit(before.dose) != _unit(after.dose):
        return
    most = tolerated * (ALL + world.policy.weekly_step) // ALL
    if after.weekly_volume > most:
        what = f"the week grows from {tolerated} to {after.weekly_volume}"
        yield "law 17", what


def _grown(before: DoseStep, after: DoseStep) -> int:
    """Return the number of dimensions that grow, days a week included."""
    amounts = dict(before.dose.amounts())
    axes = sum(amount > amounts.get(axis, 0) for axis, amount in after.dose.amounts())
    return axes + (after.days > before.days)


def _unit(dose: Dose) -> tuple[str, ...]:
    """Return the dimensions of a dose besides sets.

    Volumes of doses with different dimensions are not comparable.
    """
    return tuple(name for name, _ in dose.amounts() if name != "sets")
