"""For how long the answer to a question counts: what time does to it, by its temporal kind."""

import datetime
from collections.abc import Sequence
from typing import assert_never

from attrs import frozen

from kineticchain.anatomy import Region
from kineticchain.constraints import is_number
from kineticchain.facts import FactClass, FactType, Temporal, Value
from kineticchain.record.observation import Moment, answered_at
from kineticchain.record.policy import RecordPolicy


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
