"""A session on a date."""

import datetime

from attrs import evolve, field, frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.validators import day
from kineticchain.recommendation.plan.model import Item, Session


@frozen(kw_only=True)
class DatedSession:
    """A session on a date. `moved` are those of its items that were missed on an earlier day."""

    on: datetime.date = field(validator=day())
    session: Session
    moved: tuple[Item, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """What is done, what was moved here last."""
        return (*self.session.items, *self.moved)

    @property
    def seconds(self) -> int:
        """The time of all items."""
        return evolve(self.session, items=self.items).seconds

    def __str__(self) -> str:
        """Such as ``2026-11-21 (1): Walking · Heel raise, left``."""
        named = (
            item.title if item.side is Side.BOTH else f"{item.title}, {item.side}"
            for item in self.items
        )
        return f"{self.on} ({self.session.number}): {' · '.join(dict.fromkeys(named))}"
