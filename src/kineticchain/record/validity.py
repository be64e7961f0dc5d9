"""For how long the answer to a question counts: what time does to it, by its temporal kind."""

import datetime
from collections.abc import Sequence
from typing import TypeVar, assert_never

import attrs
from attrs import field, frozen

from kineticchain.domain.anatomy import Region
from kineticchain.domain.facts import FactClass, FactType, Temporal, Value
from kineticchain.domain.validators import Validator, is_number, whole
from kineticchain.record.observation import Moment, answered_at

T = TypeVar("T")


def _constant(default: T, check: Validator, *rows: str) -> T:
    """A constant with its default and the rows of evidence that it follows."""
    made: T = field(default=default, validator=check, metadata={"evidence": rows})
    return made


_DAYS = whole(1, 3660, "days")


@frozen(kw_only=True)
class RecordPolicy:
    """For how long answers count, and what asks them again. An app may replace all of it.

    The numbers are choices; the rows named are what they follow.
    """

    answer_days: int = _constant(180, _DAYS, "D15")
    """A reassuring answer about now is valid for so many days for a person without a complaint."""

    answer_days_with_complaint: int = _constant(28, _DAYS, "D15", "D32")
    """Likewise for a person with a complaint."""

    lasting_answer_days: int = _constant(365, _DAYS, "D15")
    """So long is it valid that somebody does not have a lasting condition."""

    break_days: int = _constant(14, _DAYS, "C36", "C37")
    """After more days without a session the answers from before the break are asked again."""

    worse_by: int = _constant(3, whole(1, 10), "D32")
    """Pain that rises by so much asks the questions of its region again."""

    severe_from: int = _constant(8, whole(1, 10), "C01", "D32")
    """Pain that rises to so much asks them again, too."""

    @classmethod
    def evidence(cls) -> dict[str, tuple[str, ...]]:
        """The rows of evidence that each default follows, by the constant's name."""
        return {one.name: one.metadata["evidence"] for one in attrs.fields(cls)}


@frozen
class Reopening:
    """An event that asks questions again: of some regions, or of what a fall may have done."""

    moment: Moment
    regions: frozenset[Region] = frozenset()
    fall: bool = False

    def asks_again(self, since: Moment) -> bool:
        """Whether it came after an answer that was given then."""
        return self.moment > answered_at(since)

    def concerns(self, fact: FactType) -> bool:
        """Whether it asks a question again that was answered before."""
        if self.fall and fact.after_fall:
            return True
        return not self.regions.isdisjoint(fact.regions)


@frozen
class Clock:
    """The day, and all that decides whether an answer given earlier still counts on it.

    `hurting` says that the person has a complaint. `trained` is the last day of training.
    """

    day: datetime.date
    policy: RecordPolicy
    hurting: bool
    trained: datetime.date | None
    reopenings: Sequence[Reopening] = ()

    def value_on(self, fact: FactType, value: Value, since: Moment) -> Value | None:
        """The value of an answer on the day; None where it has run out."""
        days = (self.day - since[0]).days
        if fact.fact_class is FactClass.SCREENING and value == fact.reassuring:
            return value if self.still_reassures(fact, since) else None
        match fact.time:
            case Temporal.FIXED | Temporal.AGE:
                return value
            case Temporal.COUNTS_UP:
                grown = value + days // fact.grows_days if is_number(value) else value
                return grown if not is_number(grown) or grown <= fact.high else None
            case Temporal.EXPIRES:
                return value if days <= self._days(fact) else None
            case Temporal.WINDOW:
                return value if days <= fact.valid_days else None
            case _ as other:
                assert_never(other)

    def still_reassures(self, fact: FactType, since: Moment) -> bool:
        """Whether a reassuring answer to a screening question still counts.

        It runs out by time alone, after a break in training, and when an event asks it again.
        """
        if not self.is_valid(fact, since):
            return False
        return not any(one.asks_again(since) and one.concerns(fact) for one in self.reopenings)

    def is_valid(self, fact: FactType, since: Moment) -> bool:
        """Whether a reassuring answer has not run out by time alone, or after a break."""
        days = (self.day - since[0]).days
        if fact.time is Temporal.FIXED:
            return fact.reassured_by_silence or days <= self.policy.lasting_answer_days
        return days <= self._days(fact) and not self._before_break(since)

    def _days(self, fact: FactType) -> int:
        """For how many days an answer about now is valid."""
        if fact.time is Temporal.EXPIRES and fact.valid_days:
            return fact.valid_days
        policy = self.policy
        if fact.fact_class is FactClass.MEASURE:
            return policy.lasting_answer_days
        return policy.answer_days_with_complaint if self.hurting else policy.answer_days

    def _before_break(self, since: Moment) -> bool:
        """Whether the answer is older than a break in training that lasts until the day."""
        last = self.trained
        if last is None or since[0] > last:
            return False
        return (self.day - last).days > self.policy.break_days
