"""Screening: the safety questions that were asked."""

import datetime
from collections.abc import Iterable

from attrs import field, frozen

from kineticchain.domain.person.readers import ids
from kineticchain.domain.validators import boolean, day, each, identifier, optional
from kineticchain.errors import Fault, InvalidInput


def _read_asked(values: Iterable[str]) -> tuple[str, ...]:
    return ids(values, ".asked")


@frozen(kw_only=True)
class Screening:
    """The safety questions that were asked.

    A question that was asked counts as answered with the reassuring value unless the facts of the
    person state another value.

    Attributes:
        everything: True if all built-in questions that an "all clear" can answer were asked; this
            excludes questions of packs, measures, age and consent.
        asked: ids of further questions that were asked.
        on: the date of the screening; None for the date on which the screening is stated.

    """

    everything: bool = field(default=False, validator=boolean())
    asked: tuple[str, ...] = field(
        default=(),
        converter=_read_asked,
        validator=each(identifier()),
    )
    on: datetime.date | None = field(default=None, validator=optional(day()))

    def joined(self, other: "Screening") -> "Screening":
        """Return the union of two screenings with the later of their dates."""
        dates = [date for date in (self.on, other.on) if date is not None]
        return Screening(
            everything=self.everything or other.everything,
            asked=(*self.asked, *other.asked),
            on=max(dates, default=None),
        )


CLEAR = Screening(everything=True)
UNASKED = Screening()


def read_screening(value: "Screening | str | Iterable[str] | None") -> Screening:
    """Return a screening.

    Args:
        value: a screening, ``"clear"``, ``"unasked"``, None for unasked, or ids of questions.

    Raises:
        InvalidInput: if `value` is none of these.

    """
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
