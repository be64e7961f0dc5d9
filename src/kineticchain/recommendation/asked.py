"""What a plan was asked for with."""

import datetime

from attrs import frozen

from kineticchain.person import History, Person, Request


@frozen
class Asked:
    """A person with what came before, what they ask for, and the day of the plan, if any."""

    person: Person
    history: History
    request: Request
    on: datetime.date | None
