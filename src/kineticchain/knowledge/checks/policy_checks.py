"""Consistency of the transition table and the dose orders; all faults with their places."""

from collections import Counter
from collections.abc import Iterator

from kineticchain.domain.exercises import Dose, Kind
from kineticchain.domain.facts.type_check import condition_faults
from kineticchain.errors import Fault, InvalidInput
from kineticchain.knowledge.checks.references import place_of, unknown_ids
from kineticchain.knowledge.contents import Contents
from kineticchain.progression.model.guard_vocabulary import guard_vocabulary
from kineticchain.progression.model.transition import DAYS, Transition

WHERE = "policy: $"


def own_policy_faults(knowledge: Contents) -> Iterator[Fault]:
    """Yield the faults of ladder constants that are inconsistent with the general constants."""
    for pack in knowledge.packs:
        for index, ladder in enumerate(pack.ladders):
            try:
                knowledge.policy.of_ladder(ladder)
            except InvalidInput as error:
                where = f"{place_of(pack, 'ladder', index, ladder.id)}.policy"
                yield from (fault.under(where) for fault in error.faults)


def policy_faults(knowledge: Contents) -> Iterator[Fault]:
    """Yield the faults of the transitions and dose orders.

    These are duplicate ids, invalid guards, and references to unknown messages, rows of evidence,
    conflicts, ramps and dimensions. Each kind of exercise needs exactly one dose order, in
    which days come last.
    """
    vocabulary = guard_vocabulary(knowledge.policy, knowledge.vocabulary)
    for name, count in sorted(Counter(row.id for row in knowledge.transitions).items()):
        if count > 1:
            yield Fault(f"the transition `{name}` is defined {count} times", WHERE)
    for index, row in enumerate(knowledge.transitions):
        where = f"{WHERE}.transition[{index}] ({row.id})"
        for fault in condition_faults(row.when, vocabulary):
            yield fault.under(f"{where}.when " if fault.where else f"{where}.when")
        yield from _references(row, where, knowledge)
    yield from _order_faults(knowledge)


def _references(row: Transition, where: str, knowledge: Contents) -> Iterator[Fault]:
    yield from unknown_ids(where, "message", [row.id], knowledge.catalog.ids)
    yield from unknown_ids(where, "row of evidence", row.evidence, knowledge.evidence)
    yield from unknown_ids(where, "conflict", row.conflicts, knowledge.conflicts)
    if row.ramp is not None and not knowledge.policy.ramp(row.ramp):
        ramps = [name for name in knowledge.policy.evidence() if knowledge.policy.ramp(name)]
        remedy = "name one of " + ", ".join(ramps)
        yield Fault(f"the policy has no shares called `{row.ramp}`", f"{where}.ramp", remedy)


def _order_faults(knowledge: Contents) -> Iterator[Fault]:
    kinds = [order.kind for order in knowledge.dose_orders]
    for kind in Kind:
        if kinds.count(kind) != 1:
            yield Fault(
                f"{kinds.count(kind)} orders for doses of the kind `{kind}`",
                f"{WHERE}.dose_order",
                "give one order for each kind",
            )
    dimensions = (*Dose.AXES, DAYS)
    for index, order in enumerate(knowledge.dose_orders):
        where = f"{WHERE}.dose_order[{index}] ({order.kind})"
        yield from unknown_ids(where, "dimension of a dose", order.order, dimensions)
        if order.grows_days and order.order[-1] != DAYS:
            yield Fault("days come last", where, "put `days` at the end")
