"""Which safety questions were asked."""

import datetime
from collections.abc import Iterable

from attrs import field, frozen

from kineticchain.domain.person.readers import ids
from kineticchain.domain.validators import boolean, day, each, identifier, optional
from kineticchain.errors import Fault, InvalidInput


@frozen(kw_only=True)
class Screening:
    """The safety questions that were asked, and when.

    Every question asked counts as answered reassuringly unless the person's facts say
    otherwise. `everything` stands for all built-in questions that one "all clear" can
    answer; it never covers the questions of packs, measures, age or consent.
    """

    everything: bool = field(default=False, validator=boolean())
    asked: tuple[str, ...] = field(default=(), converter=ids, validator=each(identifier()))
    on: datetime.date | None = field(default=None, validator=optional(day()))

    def joined(self, other: "Screening") -> "Screening":
        """What was asked in one of the two; the later date counts."""
        dates = [date for date in (self.on, other.on) if date is not None]
        return Screening(
            everything=self.everything or other.everything,
            asked=(*self.asked, *other.asked),
            on=max(dates, default=None),
        )


CLEAR = Screening(everything=True)
UNASKED = Screening()


def read_screening(value: "Screening | str | Iterable[str] | None") -> Screening:
    """``"clear"``, ``"unasked"``, a list of questions asked, or a `Screening`."""
    match value:
        case Screening():
            return value
        case None | "unasked":
            return UNASKED
        case "clear":
            return CLEAR
        case str():
            raise InvalidInput(
                Fault(
                    f"`{value}` is not a screening",
                    where=".screening",
                    remedy='say "clear", "unasked" or Screening(asked=[...])',
                )
            )
        case bool():
            raise InvalidInput(
                Fault("true or false is no screening", where=".screening", remedy='say "clear"')
            )
        case _:
            return Screening(asked=value)
