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
            InvalidInput: If the plan has no day.
        """
        if self.on is None:
            raise InvalidInput(Fault("no day is given", "on", "give a date"))
        return self.on

    @property
    def is_first_day(self) -> bool:
        """True if answers belong to the person: there is no event and no earlier day of intake."""
        as_of = self.person.as_of
        return not self.history and (as_of is None or self.on is None or as_of >= self.on)
