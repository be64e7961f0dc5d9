"""Laws of one state or one transition, held against all that were explored."""

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
Height = tuple[int, int, int]


class StateLaws:
    """Watches an exploration, and gathers what breaks a law; a few of each at most."""

    def __init__(self) -> None:
        """Nothing is broken yet."""
        self.violations: list[Violation] = []
        self._count: Counter[str] = Counter()
        self._calm: tuple[int, Height] = (-1, (0, 0, 0))

    def __call__(self, explored: Exploration, state: int, given: DayInput, came: Track) -> None:
        """Hold one transition against the laws."""
        world, before = explored.world, explored.states[state]
        faults = [*_edge_faults(world, before, given, came), *self._more_pain(state, given, came)]
        for law, what in faults:
            self._count[law] += 1
            if self._count[law] <= MAX_VIOLATIONS:
                trace = explored.trace(state, given)
                self.violations.append(Violation(law=law, what=what, trace=trace))

    def _more_pain(self, state: int, given: DayInput, came: Track) -> Iterator[tuple[str, str]]:
        """Law 13 for the last session: more pain never leads higher than less.

        The good inputs of a state come first, so that what they lead to is known.
        """
        if given.amount is Amount.MASTERY and not given.pain and given.name == SHOWN:
            self._calm = (state, height(came))
        sorer = given.pain is not None and given.pain > 0 and given.amount is Amount.MASTERY
        if sorer and self._calm[0] == state and height(came) > self._calm[1]:
            yield "law 13", f"{given.name} leads higher than none"


def height(track: Track) -> Height:
    """How high a track stands: rung, step of its dose, share."""
    return (*track.place.height, track.place.share)


def _edge_faults(
    world: LadderModel, state: Track, given: DayInput, came: Track
) -> Iterator[tuple[str, str]]:
    before, after = height(state), height(came)
    rungs = world.ladder.rungs
    if not 0 <= came.place.rung < len(rungs):
        yield "clamping", f"there is no rung {came.place.rung}"
        return
    steps = world.steps(came.place.rung)
    if not 0 <= came.place.level < len(steps):
        yield "clamping", f"there is no dose {came.place.level}"
        return
    exercise = world.context.ladder_index.exercises[rungs[came.place.rung].exercise]
    if exercise.dose.faults_of(weekly(came, TODAY, world.context).dose):
        yield "clamping", f"the dose of {exercise.id} is outside its range"
    if given == world.inputs[len(state.streaks.shown)] and world.after(state, given) != came:
        yield "determinism", "the same input gave another state"
    hurt = given.pain is not None and given.pain > world.policy.pain_ceiling
    if (hurt or (given.morning or 0) > 0) and after > before:
        yield "law 14", f"a step up after {given.name}"
    if given.amount is Amount.NOTHING_NOTED and after > before:
        yield "law 15", "a step up without data"
    if after > before:
        yield from _step_faults(world, state, came)


def _step_faults(world: LadderModel, state: Track, came: Track) -> Iterator[tuple[str, str]]:
    """Law 16: one step, in one dimension. Law 17: a week grows by so much at most."""
    old, new = state.place, came.place
    one_rung = new.rung == old.rung + 1 and new.level == 0
    restored = new.height == old.height
    one_step = new.rung == old.rung and new.level == old.level + 1
    if not (one_rung or restored or one_step):
        yield "law 16", f"from {old.height} to {new.height} in one review"
        return
    before, after = world.steps(old.rung)[old.level], world.steps(new.rung)[new.level]
    tolerated = before.weekly_volume
    mastery = world.ladder.rungs[old.rung].mastery
    if one_rung and mastery is not None:  # that much was done and tolerated, whatever was asked
        tolerated = max(tolerated, mastery.sets * mastery.dose.volume * before.days)
    if one_step and not before.protocol_days and _grown(before, after) != 1:
        yield "law 16", f"{_grown(before, after)} dimensions of the dose grow at once"
    named = one_step and before.days == after.days
    if named or restored or _unit(before.dose) != _unit(after.dose):
        return
    most = tolerated * (ALL + world.policy.weekly_step) // ALL
    if after.weekly_volume > most:
        what = f"the week grows from {tolerated} to {after.weekly_volume}"
        yield "law 17", what


def _grown(before: DoseStep, after: DoseStep) -> int:
    theirs = dict(before.dose.amounts())
    axes = sum(amount > theirs.get(axis, 0) for axis, amount in after.dose.amounts())
    return axes + (after.days > before.days)


def _unit(dose: Dose) -> tuple[str, ...]:
    """What the volume of a dose counts: repetitions with a hold are not those without."""
    return tuple(name for name, _ in dose.amounts() if name != "sets")
