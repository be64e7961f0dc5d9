"""An offer that was taken into a plan."""

from attrs import frozen

from kineticchain.recommendation.selection.offer import Offer, Prescription


@frozen
class SelectedOffer:
    """An offer that was taken, at a dose, into a session from 0.

    `beside` is the offer at the same time as which it is done; its own time counts only as it
    takes longer. `further` are the other sessions of the day that hold a part of the dose.
    """

    offer: Offer
    items: tuple[Prescription, ...]
    session: int
    beside: Offer | None = None
    further: tuple[int, ...] = ()

    @property
    def sessions(self) -> tuple[int, ...]:
        """All sessions of the day that hold a part of the dose."""
        return (self.session, *self.further)

    def items_in(self, session: int) -> tuple[Prescription, ...]:
        """Return what is done in one of its sessions.

        Args:
            session: The index of the session.
        """
        if not self.further:
            return self.items
        return self.offer.spread_over(len(self.sessions), self.sessions.index(session))
