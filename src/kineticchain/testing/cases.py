"""Cases that clinicians write, for tests of apps and packs."""

from os import PathLike

from kineticchain.cases import read_case, run_case
from kineticchain.knowledge import Knowledge
from kineticchain.recommendation import Recommender


def case_differences(
    path: str | PathLike[str], recommender: Recommender | None = None
) -> tuple[str, ...]:
    """All in which a case in a file is not met, in plain words; empty where it holds.

    Without a recommender the built-in knowledge is asked. Raises `InvalidInput` for a case
    that cannot be read, or that names what the knowledge does not hold.
    """
    asked = Recommender(Knowledge.builtin()) if recommender is None else recommender
    return run_case(read_case(path), asked).differences
