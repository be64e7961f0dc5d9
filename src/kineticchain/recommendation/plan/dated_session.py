"""A session on a date."""

import datetime

from attrs import evolve, field, frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.validators import day
from kineticchain.recommendation.plan.model import Item, Session


@frozen(kw_only=True)
class DatedSession:
    """A session on a date.

    Attributes:
        on: The date.
        session: The session with the items that are planned for the day.
        moved: Items that were missed on an earlier day and are added to the session.
    """

    on: datetime.date = field(validator=day())
    session: Session
    moved: tuple[Item, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """All items of the session, moved ones last."""
        return (*self.session.items, *self.moved)

    @property
    def seconds(self) -> int:
        """The duration of all items in seconds."""
        return evolve(self.session, items=self.items).seconds

    def __str__(self) -> str:
        """Return a line such as ``2026-11-21 (1): Walking · Heel raise, left``."""
        titles = (
            item.title if item.side is Side.BOTH else f"{item.title}, {item.side}"
            for item in self.items
        )
        return f"{self.on} ({self.session.number}): {' · '.join(dict.fromkeys(titles))}"
