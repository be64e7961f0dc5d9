"""How many examples the costly laws take in each profile of the tests.

The README's command runs the profile `quick`. The scorecard runs `gate` and `nightly`; it counts the
examples that were tried.
"""

import os

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "quick")


def examples(*, quick: int, gate: int, nightly: int) -> int:
    """Return the number of examples for the profile in force."""
    return {"quick": quick, "gate": gate, "nightly": nightly}[PROFILE]


SLOW = examples(quick=5, gate=25, nightly=200)
"""Examples of a law that builds knowledge with a pack, or several plans, for each of them."""
