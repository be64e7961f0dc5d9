"""Compiled rulebooks, kept by the fingerprint of the knowledge that they belong to.

What is kept follows from the key alone, so that it is no state that a plan could depend on.
"""

from collections import OrderedDict
from threading import Lock

from kineticchain.rules import CompiledRules, Rulebook

MOST_KEPT = 8
"""So many are kept; the one that was not used for longest goes first."""

_KEPT: OrderedDict[str, CompiledRules] = OrderedDict()
_LOCK = Lock()


def compiled_for(fingerprint: str, rulebook: Rulebook) -> CompiledRules:
    """The compiled rules of a knowledge without rules in Python."""
    with _LOCK:
        found = _KEPT.get(fingerprint)
        if found is None:
            found = _KEPT[fingerprint] = CompiledRules(rulebook)
        _KEPT.move_to_end(fingerprint)
        while len(_KEPT) > MOST_KEPT:
            _KEPT.popitem(last=False)
    return found
