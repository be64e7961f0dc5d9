"""An offer that was taken into a plan."""

from functools import cached_property

from attrs import frozen

from kineticchain.recommendation.selection.offers.offer import Offer
from kineticchain.recommendation.selection.offers.prescription import Prescription, spread_over


@frozen
class SelectedOffer:
    """An offer that was taken, at a dose, into sessions of a day.

    Attributes:
        offer: The offer.
        day_items: The dose of the day.
        session: Its first session, from 0.
        beside: The offer during which this offer is done; only the time by which this offer takes
            longer counts.
        further: The other sessions of the day that contain a part of the dose.
        group: The group of days on which it is done; None for the days of all groups.
    """

    offer: Offer
    day_items: tuple[Prescription, ...]
    session: int
    beside: Offer | None = None
    further: tuple[int, ...] = ()
    group: int | None = None

    @property
    def sessions(self) -> tuple[int, ...]:
        """All sessions of the day that contain a part of the dose."""
        return (self.session, *self.further)

    @property
    def is_below(self) -> bool:
        """True if the rung below replaces a rung for which there is no time."""
        return self.day_items[0].exercise.id not in self.offer.exercises

    @cached_property
    def items(self) -> tuple[Prescription, ...]:
        """The items of its first session."""
        return self.items_in(self.session)

    def items_in(self, session: int) -> tuple[Prescription, ...]:
        """Return the items of one of its sessions, with their part of the dose.

        Args:
            session: The index of the session.
        """
        if not self.further:
            return self.day_items
        return spread_over(self.day_items, len(self.sessions), self.sessions.index(session))
