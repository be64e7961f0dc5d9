"""All that a plan is put together from."""

import datetime

from attrs import frozen

from kineticchain.knowledge import Knowledge
from kineticchain.person import Request
from kineticchain.progression import Standing
from kineticchain.recommendation.choice import Choice
from kineticchain.recommendation.feasible import FeasibleSet
from kineticchain.recommendation.parts import (
    Status,
)
from kineticchain.recommendation.targets import Targets
from kineticchain.rules import Decision


@frozen(kw_only=True)
class Draft:
    """All that a plan is put together from."""

    knowledge: Knowledge
    decision: Decision
    standings: tuple[Standing, ...]
    feasible: FeasibleSet
    targets: Targets
    pain_ceiling: int
    status: Status
    choice: Choice
    request: Request
    on: datetime.date | None
    version: str
