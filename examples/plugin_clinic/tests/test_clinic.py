"""All that a pack needs to be tested with."""

import kineticchain_clinic

from kineticchain.testing import check_pack


def test_the_pack_keeps_the_rules_of_rules() -> None:
    """It loads, explains itself, and never makes a plan less safe."""
    check_pack(kineticchain_clinic.pack())
