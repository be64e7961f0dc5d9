"""Notes on packs that are used outside of the time that they were made for."""

import datetime
from collections.abc import Iterable, Iterator

from kineticchain.knowledge.pack import RulePack
from kineticchain.recommendation.plan.model import Reason
from kineticchain.recommendation.planning.explainer import Explainer


def pack_notes(
    packs: Iterable[RulePack], on: datetime.date | None, explain: Explainer
) -> Iterator[Reason]:
    """Yield a note for each pack that is not in force; its rules hold all the same.

    A rule that ended with its date would take a safeguard away without a word.

    Args:
        packs: The packs of the knowledge.
        on: The day of the plan; None yields nothing.
        explain: Makes reasons in the language of the knowledge.
    """
    if on is None:
        return
    for pack in packs:
        named = {"pack": pack.id, "version": pack.version}
        if pack.valid_until is not None and on > pack.valid_until:
            yield explain.plain("pack_out_of_date", day=str(pack.valid_until), **named)
        elif not pack.is_in_force(on):
            yield explain.plain("pack_not_yet_valid", day=str(pack.valid_from), **named)
