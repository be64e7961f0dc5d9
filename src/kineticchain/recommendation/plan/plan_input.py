"""What a plan was asked for with."""

import datetime

from attrs import field, frozen

from kineticchain.domain.person import History, Person, Request


@frozen
class PlanInput:
    """A person with what came before, what they ask for, and the day of the plan, if any."""

    person: Person
    history: History = field(factory=History)
    request: Request = field(factory=Request)
    on: datetime.date | None = None
