"""Notes on packs that are used outside their period of validity."""

import datetime
from collections.abc import Iterable, Iterator

from kineticchain.knowledge.pack import RulePack
from kineticchain.recommendation.plan.model import Reason
from kineticchain.recommendation.planning.explainer import Explainer


def pack_notes(
    packs: Iterable[RulePack], on: datetime.date | None, explain: Explainer
) -> Iterator[Reason]:
    """Yield a note for each pack that is not in force, although its rules still apply.

    Rules do not expire, since an expired rule would silently remove a safeguard.

    Args:
        packs: The packs of the knowledge.
        on: The day of the plan; None yields nothing.
        explain: Makes reasons in the language of the knowledge.
    """
    if on is None:
        return
    for pack in packs:
        pack_args = {"pack": pack.id, "version": pack.version}
        if pack.valid_until is not None and on > pack.valid_until:
            yield explain.plain("pack_out_of_date", day=str(pack.valid_until), **pack_args)
        elif not pack.is_in_force(on):
            yield explain.plain("pack_not_yet_valid", day=str(pack.valid_from), **pack_args)
