"""The input of a plan."""

import datetime

from attrs import field, frozen

from kineticchain.domain.person import History, Person, Request
from kineticchain.domain.validators import day, optional
from kineticchain.errors import Fault, InvalidInput


@frozen
class PlanInput:
    """A person, their history and request, and the day of the plan, if any."""

    person: Person
    history: History = field(factory=History)
    request: Request = field(factory=Request)
    on: datetime.date | None = field(default=None, validator=optional(day()))

    @property
    def day(self) -> datetime.date:
        """The day of the plan.

        Raises:
            InvalidInput: Where there is none.
        """
        if self.on is None:
            raise InvalidInput(Fault("no day is given", "on", "give a date"))
        return self.on
