"""Validity of answers over time, by the temporal kind of the fact."""

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
    """Return a field with its default, its check and the rows of evidence that it follows."""
    constant: T = field(default=default, validator=check, metadata={"evidence": rows})
    return constant


_DAYS = whole(1, 3660, "days")


@frozen(kw_only=True)
class RecordPolicy:
    """Validity of answers, and the pain that asks questions again; an app may replace the policy.

    The numbers are design choices based on the rows of evidence named.
    """

    answer_days: int = _constant(180, _DAYS, "D15")
    """Days for which a reassuring answer about the present is valid without a complaint."""

    answer_days_with_complaint: int = _constant(28, _DAYS, "D15", "D32")
    """Days for which a reassuring answer about the present is valid with a complaint."""

    lasting_answer_days: int = _constant(365, _DAYS, "D15")
    """Days for which a measure, and the answer that a lasting condition is absent, are valid."""

    break_days: int = _constant(14, _DAYS, "C36", "C37")
    """Longest break in days without a session after which earlier answers still count."""

    worse_by: int = _constant(3, whole(1, 10), "D32")
    """Rise of pain (points of 0-10) that asks the questions of its region again."""

    severe_from: int = _constant(8, whole(1, 10), "C01", "D32")
    """Pain (0-10) that asks the questions of its region again once it is reached."""

    @classmethod
    def evidence(cls) -> dict[str, tuple[str, ...]]:
        """Return the rows of evidence that each default follows, by the constant's name."""
        return {constant.name: constant.metadata["evidence"] for constant in attrs.fields(cls)}


@frozen
class Reopening:
    """An event that asks questions again: about some regions, or about the effects of a fall.

    Attributes:
        moment: Moment of the event.
        regions: Regions whose questions are asked again.
        fall: True if the questions after a fall are asked again.
        names: Ids of further facts whose questions are asked again.

    """

    moment: Moment
    regions: frozenset[Region] = frozenset()
    fall: bool = False
    names: frozenset[str] = frozenset()

    def asks_again(self, since: Moment) -> bool:
        """Return whether the event is later than an answer given at the moment `since`."""
        return self.moment > answered_at(since)

    def concerns(self, fact: FactType) -> bool:
        """Return whether the event asks the question of a fact again."""
        if (self.fall and fact.after_fall) or fact.id in self.names:
            return True
        return not self.regions.isdisjoint(fact.regions)


@frozen
class Clock:
    """The day of a reading, and everything that decides whether earlier answers count on it.

    Attributes:
        day: Day of the reading.
        policy: Validity of answers.
        hurting: True if the person has a complaint, or a symptom or a goal that counts as one.
        trained: Last day of training; None without one.
        pained: Day of the last session that recorded a pain, 0 included; None without one.
        reopenings: Events that ask questions again.

    """

    day: datetime.date
    policy: RecordPolicy
    hurting: bool
    trained: datetime.date | None
    reopenings: Sequence[Reopening] = ()
    pained: datetime.date | None = None

    def value_on(self, fact: FactType, value: Value, since: Moment) -> Value | None:
        """Return the value of an answer on the day.

        Args:
            fact: Type of the fact.
            value: Value as stated; a number that counts up grows with the days since.
            since: Moment of the answer.

        Returns:
            The value; None if the answer no longer counts or has grown above the fact's range.

        """
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
            case _ as never:
                assert_never(never)

    def still_reassures(self, fact: FactType, since: Moment) -> bool:
        """Return whether a reassuring answer to a screening question still counts.

        The answer ends by time, after a break in training, and if an event asks the question again.

        Args:
            fact: Type of the fact.
            since: Moment of the answer.

        """
        return self.is_valid(fact, since) and not self.is_asked_again(fact, since)

    def is_asked_again(self, fact: FactType, since: Moment) -> bool:
        """Return whether an event after an answer asks its question again.

        Args:
            fact: Type of the fact.
            since: Moment of the answer.

        """
        return any(
            reopening.asks_again(since) and reopening.concerns(fact)
            for reopening in self.reopenings
        )

    def is_valid_unsure(self, fact: FactType, since: Moment) -> bool:
        """Return whether an *unsure* still counts, so that the question is not asked again.

        An *unsure* ends by time, sooner for questions about the present, and if an event asks the
        question again. A break in training does not end it.

        Args:
            fact: Type of the fact.
            since: Moment of the answer.

        """
        lasting = (
            fact.fact_class is not FactClass.SCREENING
            or fact.reassured_by_silence
            or fact.time is Temporal.FIXED
        )
        most = self.policy.lasting_answer_days if lasting else self._days(fact)
        return (self.day - since[0]).days <= most and not self.is_asked_again(fact, since)

    def is_valid(self, fact: FactType, since: Moment) -> bool:
        """Return whether a reassuring answer is valid by time and by breaks in training.

        Events that ask the question again are not considered.

        Args:
            fact: Type of the fact.
            since: Moment of the answer.

        """
        days = (self.day - since[0]).days
        if fact.time is Temporal.FIXED:
            return fact.reassured_by_silence or days <= self.policy.lasting_answer_days
        return days <= self._days(fact) and not self._before_break(since)

    def _days(self, fact: FactType) -> int:
        """Return the number of days for which an answer about the present is valid."""
        if fact.time is Temporal.EXPIRES and fact.valid_days:
            return fact.valid_days
        policy = self.policy
        if fact.fact_class is FactClass.MEASURE:
            return policy.lasting_answer_days
        return policy.answer_days_with_complaint if self.hurting else policy.answer_days

    def _before_break(self, since: Moment) -> bool:
        """Return whether an answer was given before a long break in training up to the day.

        The break begins after the last day of training and is longer than `break_days`.
        """
        last = self.trained
        if last is None or since[0] > last:
            return False
        return (self.day - last).days > self.policy.break_days
