"""Checks of ladders: exercises, doses, and entry criteria that can be met."""

from collections import Counter
from collections.abc import Iterator, Mapping

from kineticchain.domain.exercises import (
    Base,
    Dimension,
    Exercise,
    Ladder,
    Position,
    Rung,
    Support,
    Surface,
    Vision,
)
from kineticchain.domain.facts import (
    All,
    Condition,
    FactClass,
    condition_text,
)
from kineticchain.domain.facts.condition import (
    names_in,
)
from kineticchain.domain.facts.type_check import condition_faults
from kineticchain.errors import Fault, InvalidInput
from kineticchain.knowledge.checks.needs import mastered_in, required_in
from kineticchain.knowledge.checks.references import place_of, unknown_ids
from kineticchain.knowledge.contents import Contents
from kineticchain.knowledge.pack import RulePack
from kineticchain.progression.model.dose_steps import order_faults
from kineticchain.progression.model.policy import LOWERED, RAISED


def ladder_faults(pack: RulePack, knowledge: Contents) -> Iterator[Fault]:
    """Yield the faults of the ladders of a pack."""
    rungs = Counter(rung.exercise for ladder in knowledge.ladders for rung in ladder.rungs)
    for index, ladder in enumerate(pack.ladders):
        place = place_of(pack, "ladder", index, ladder.id)
        yield from _policy_faults(f"{place}.policy", ladder, knowledge)
        yield from _foundation_faults(place, ladder, knowledge)
        below = _top_below(ladder, knowledge)
        for step, rung in enumerate(ladder.rungs):
            where = f"{place}.rungs[{step}]"
            exercise = knowledge.exercises.get(rung.exercise)
            if exercise is None:
                yield from unknown_ids(where, "exercise", [rung.exercise], knowledge.exercises)
                continue
            if rungs[rung.exercise] > 1:
                yield Fault("stands on more than one ladder", where=where)
            yield from _rung_faults(where, ladder, rung, exercise, knowledge)
            if below is not None and rung.harder is not None:
                yield from _harder_faults(f"{where}.harder", below, exercise, rung.harder)
            below = exercise


def _top_below(ladder: Ladder, knowledge: Contents) -> Exercise | None:
    """Return the top exercise of the ladder that a ladder extends; None without such a ladder."""
    base = _stated_ladders(knowledge).get(ladder.extends or "")
    return None if base is None else knowledge.exercises.get(base.rungs[-1].exercise)


def _stated_ladders(knowledge: Contents) -> Mapping[str, Ladder]:
    """Return all ladders as packs state them, by id."""
    return {ladder.id: ladder for pack in knowledge.packs for ladder in pack.ladders}


def _foundation_faults(where: str, ladder: Ladder, knowledge: Contents) -> Iterator[Fault]:
    """Yield the faults of the ladders that a ladder extends or replaces."""
    stated = _stated_ladders(knowledge)
    extended_ids = [ladder.extends] if ladder.extends is not None else []
    yield from unknown_ids(f"{where}.extends", "ladder", extended_ids, stated)
    yield from unknown_ids(f"{where}.replaces", "ladder", ladder.replaces, stated)
    for name in extended_ids:
        extending = [other.id for other in stated.values() if other.extends == name]
        if len(extending) > 1:
            names = ", ".join(f"`{other}`" for other in sorted(extending))
            yield Fault(f"{names} all extend `{name}`", f"{where}.extends", "extend it once")
        base = stated.get(name)
        if base is not None and base.extends is not None:
            remedy = f"extend `{base.extends}`"
            yield Fault(f"`{name}` extends a ladder itself", f"{where}.extends", remedy)
        for other in stated.values():
            if name in other.replaces:
                what = f"`{name}` is replaced by `{other.id}`"
                yield Fault(what, f"{where}.extends", f"extend `{other.id}`")
        if base is not None and base.extends is None and base.per_side != ladder.per_side:
            yield Fault(f"has sides, and `{name}` has none, or the other way", f"{where}.per_side")
    own_rungs = {rung.exercise: rung for rung in ladder.rungs}
    for name in ladder.replaces:
        for former in stated[name].rungs if name in stated else ():
            rung = own_rungs.get(former.exercise)
            if rung is None:
                problem = f"exercise `{former.exercise}` stands on no ladder then"
                what = f"replaces `{name}`, whose {problem}"
                yield Fault(what, f"{where}.replaces", "give it a rung")
            elif former.needs is not None and not _parts(former.needs) <= _parts(rung.needs):
                what = f"`{former.exercise}` needs less than on `{name}`"
                remedy = f'start with needs = "{condition_text(former.needs)}"'
                yield Fault(what, f"{where}.rungs[{ladder.index(former.exercise)}].needs", remedy)


def _parts(condition: Condition | None) -> frozenset[Condition]:
    """Return the conditions that all have to hold for a condition to hold."""
    if condition is None:
        return frozenset()
    return frozenset(condition.parts if isinstance(condition, All) else (condition,))


def _policy_faults(where: str, ladder: Ladder, knowledge: Contents) -> Iterator[Fault]:
    """Yield the faults of the constants of a ladder.

    These are unknown names and evidence, values out of range, and values that are less cautious
    than the general values.
    """
    yield from unknown_ids(
        f"{where}_evidence", "row of evidence", ladder.policy_evidence, knowledge.evidence
    )
    try:
        knowledge.policy.with_constants(ladder.policy)
    except InvalidInput as error:
        yield from (fault.under(where) for fault in error.faults)
        return
    for name, value in ladder.policy:
        general = getattr(knowledge.policy, name)
        if name in LOWERED and value > general:
            what = f"`{name}` is above the general limit of {general}"
            yield Fault(what, f"{where}.{name}", "a ladder can only lower it")
        if name in RAISED and value < general:
            what = f"`{name}` is below the general {general}"
            yield Fault(what, f"{where}.{name}", "a ladder can only raise it")


def _rung_faults(
    where: str, ladder: Ladder, rung: Rung, exercise: Exercise, knowledge: Contents
) -> Iterator[Fault]:
    for index, dose in enumerate(rung.axis):
        for fault in exercise.dose.faults_of(dose):
            yield fault.under(f"{where}.axis[{index}]")
    amounts = [(dose.resistance, dose.volume) for dose in rung.axis]
    if amounts != sorted(amounts) and rung.protocol is None:
        yield Fault("its doses do not grow", where=f"{where}.axis", remedy="order them")
    orders = {order.kind: order for order in knowledge.dose_orders}
    if exercise.kind in orders:
        for fault in order_faults(rung, orders[exercise.kind]):
            yield fault.under(where)
    if rung.protocol is not None:
        cited = [rung.protocol.evidence]
        yield from unknown_ids(f"{where}.protocol", "row of evidence", cited, knowledge.evidence)
    if rung.mastery is not None and not rung.axis[-1].reaches(rung.mastery):
        yield Fault("its top dose is below its mastery", where=f"{where}.mastery")
    if exercise.unilateral and not ladder.per_side:
        yield Fault("has sides, yet its ladder has none", where=where)
    for name, condition in rung.criteria:
        yield from _criterion_faults(f"{where}.{name}", condition, rung, knowledge)


def _criterion_faults(
    where: str, condition: Condition, rung: Rung, knowledge: Contents
) -> Iterator[Fault]:
    """Yield the faults of an entry criterion.

    These are wrong types, unknown exercises, concluded facts, and an exercise that needs itself.
    """
    faults = list(condition_faults(condition, knowledge.vocabulary, side_bound=True))
    for fault in faults:
        yield fault.under(f"{where} " if fault.where else where)
    if faults:
        return
    mastered = mastered_in(condition)
    yield from unknown_ids(where, "exercise", mastered, knowledge.exercises)
    for name in sorted(names_in(condition)):
        fact = knowledge.vocabulary.type_of(name)
        if fact is not None and fact.fact_class is FactClass.CONCLUDED:
            what = f"reads `{name}`, which rules conclude; ladders do not read conclusions"
            yield Fault(what, where, "read the facts that the rule reads")
    if rung.exercise in required_in(condition):
        yield Fault(f"`{rung.exercise}` needs itself mastered", where, "name an easier exercise")


def _harder_faults(
    where: str, below: Exercise, above: Exercise, stated: Dimension
) -> Iterator[Fault]:
    """Yield a fault unless exactly the stated dimension gets harder.

    It is also a fault if the load class falls.

    Task and load may be stated without a visible difference. A narrower base may be stated as load
    if the load class rises, too, because a narrower base puts more weight on the leg.

    Args:
        where: The place of the stated dimension.
        below: The exercise of the rung below.
        above: The exercise of the rung.
        stated: The dimension that the rung states as harder.
    """
    if above.load < below.load:
        what = f"the load falls from {below.load} to {above.load}"
        yield Fault(what, where, "put the exercise with less load on a lower rung")
    harder = list(_harder_dimensions(below, above))
    if len(harder) > 1:
        names = " and ".join(harder)
        yield Fault(f"{names} get harder at once", where=where, remedy="put a rung in between")
    elif harder and stated is not harder[0]:
        more_load = stated is Dimension.LOAD and above.load > below.load
        if harder[0] is not Dimension.BASE_OF_SUPPORT or not more_load:
            yield Fault(f"`{stated}` is stated, yet `{harder[0]}` gets harder", where=where)
    elif not harder and stated not in {Dimension.TASK, Dimension.LOAD}:
        yield Fault(f"`{stated}` is stated, yet it does not get harder", where=where)


def _harder_dimensions(below: Exercise, above: Exercise) -> Iterator[Dimension]:
    """Yield the dimensions that get harder from one exercise to another."""
    # A fixed support helps balance. A person who lies or kneels needs no balance.
    stands = above.position is Position.STANDING
    if stands and below.support is Support.HAND and above.support is Support.NONE:
        yield Dimension.HAND_SUPPORT
    bases = list(Base)
    if bases.index(above.base) > bases.index(below.base):
        yield Dimension.BASE_OF_SUPPORT
    if below.surface is Surface.FIRM and above.surface is Surface.FOAM:
        yield Dimension.SURFACE
    if below.vision is Vision.OPEN and above.vision is Vision.CLOSED:
        yield Dimension.VISION
