"""The parts of a plan that a view shows."""

import datetime
from typing import Protocol

from kineticchain.recommendation.plan.model import (
    Question,
    Reason,
    Referral,
    SelfTest,
    Session,
    Status,
)


class Printable(Protocol):
    """The parts of a plan that a view shows."""

    @property
    def status(self) -> Status:
        """The status of the plan."""

    @property
    def referral(self) -> Referral:
        """The referral."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """The open questions that are listed."""

    @property
    def further_questions(self) -> int:
        """The number of open questions that are not listed."""

    @property
    def sessions(self) -> tuple[Session, ...]:
        """The sessions."""

    @property
    def self_tests(self) -> tuple[SelfTest, ...]:
        """The measures that the person can take."""

    @property
    def precautions(self) -> tuple[Reason, ...]:
        """The precautions."""

    @property
    def advice(self) -> tuple[Reason, ...]:
        """The advice."""

    @property
    def cycle_days(self) -> int:
        """The number of days after which the plan repeats."""

    @property
    def on(self) -> datetime.date | None:
        """The first day of the plan."""
