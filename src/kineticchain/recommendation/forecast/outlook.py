"""The forecast of one outcome: how the progression rules would respond to it."""

import datetime

from attrs import frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import Dose
from kineticchain.domain.messages import Message
from kineticchain.progression import Action, Standing
from kineticchain.recommendation.forecast.outcome import Outcome


@frozen(kw_only=True)
class OutcomeForecast:
    """The effect of one outcome of the next session, for one ladder on one side.

    Attributes:
        outcome: The outcome.
        side: The side of the ladder.
        standing: The standing on the day after the session.
        then: The first standing with another exercise, dose level or share that the same outcome
            reaches when it is repeated; None if there is none within twelve weeks, or if the
            outcome is not repeated.
        sessions: The number of sessions until `then`.
        on: The date of `then`.
    """

    outcome: Outcome
    side: Side
    standing: Standing
    then: Standing | None = None
    sessions: int | None = None
    on: datetime.date | None = None

    @property
    def action(self) -> Action:
        """The action of the next standing."""
        return self.standing.action

    @property
    def exercise(self) -> str | None:
        """The exercise of the next standing."""
        return self.standing.exercise

    @property
    def dose(self) -> Dose | None:
        """The dose of the next standing."""
        return self.standing.dose

    @property
    def reason(self) -> Message:
        """The reason for the action."""
        return self.standing.reason

    def __str__(self) -> str:
        """Return the outcome with its immediate and its repeated effect in words."""
        text = f"{self.outcome} ({self.side}): {self.action}. {self.reason}"
        if self.then is None:
            return text
        noun = "session" if self.sessions == 1 else "sessions"
        return f"{text} After {self.sessions} such {noun} ({self.on}): {self.then.exercise}."
