"""Laws of one state or one transition, held against all that were explored."""

from collections.abc import Iterator

from kineticchain.exercises import Dose
from kineticchain.progression.dose_steps import DoseStep
from kineticchain.progression.progress import weekly
from kineticchain.progression.track import ALL, Track
from kineticchain.progression.verify.exploration import Edge, Exploration
from kineticchain.progression.verify.finding import Violation
from kineticchain.progression.verify.world import TODAY, Amount, World

MOST_VIOLATIONS = 10
Height = tuple[int, int, int]


def check_states(explored: Exploration) -> Iterator[Violation]:
    """The violations of laws 13 to 17, the shortest traces first; a few of each law at most."""
    if not explored.whole:
        yield Violation(law="exploration", what="more states than could be explored", trace=())
    found: dict[str, int] = {}
    for state, edges in explored.edges.items():
        for edge in edges:
            for law, what in _edge_faults(explored.world, state, edge):
                found[law] = found.get(law, 0) + 1
                if found[law] <= MOST_VIOLATIONS:
                    trace = explored.trace(state, edge.given)
                    yield Violation(law=law, what=what, trace=trace)
        for law, what in _last_session_faults(explored.world, edges):
            found[law] = found.get(law, 0) + 1
            if found[law] <= MOST_VIOLATIONS:
                yield Violation(law=law, what=what, trace=explored.trace(state))


def height(track: Track) -> Height:
    """How high a track stands: rung, step of its dose, share."""
    return (*track.place.height, track.place.share)


def _edge_faults(world: World, state: Track, edge: Edge) -> Iterator[tuple[str, str]]:
    given, came = edge.given, edge.came
    before, after = height(state), height(came)
    rungs = world.ladder.rungs
    if not 0 <= came.place.rung < len(rungs):
        yield "clamping", f"there is no rung {came.place.rung}"
        return
    steps = world.steps(came.place.rung)
    if not 0 <= came.place.level < len(steps):
        yield "clamping", f"there is no dose {came.place.level}"
        return
    exercise = world.course.book.exercises[rungs[came.place.rung].exercise]
    if exercise.dose.faults_of(weekly(came, TODAY, world.course).dose):
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


def _step_faults(world: World, state: Track, came: Track) -> Iterator[tuple[str, str]]:
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


def _last_session_faults(world: World, edges: tuple[Edge, ...]) -> Iterator[tuple[str, str]]:
    """Law 13 for the last session: more pain never leads higher."""
    for edge in edges:
        for other in edges:
            same = other.given.name.startswith("pain above") and edge.given == world.inputs[1]
            if same and height(other.came) > height(edge.came):
                yield "law 13", f"{other.given.name} leads higher than {edge.given.name}"
