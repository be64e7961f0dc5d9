"""Where each kind of outcome would lead: the rule is visible before one trains."""

import datetime

from attrs import frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import Dose
from kineticchain.domain.messages import Message
from kineticchain.progression import Action, Standing
from kineticchain.recommendation.forecast.outcome import Outcome


@frozen(kw_only=True)
class OutcomeForecast:
    """Where one outcome of the next session would lead, for one ladder on one side.

    `standing` is that of the day after. Where the same outcome, again and again, leads to
    another exercise or dose, `then` is the first such standing, `sessions` says after how
    many sessions, and `on` says when; all three are None where nothing changes within twelve
    weeks.
    """

    outcome: Outcome
    side: Side
    standing: Standing
    then: Standing | None = None
    sessions: int | None = None
    on: datetime.date | None = None

    @property
    def action(self) -> Action:
        """What the outcome leads to at once."""
        return self.standing.action

    @property
    def exercise(self) -> str | None:
        """The exercise after it."""
        return self.standing.exercise

    @property
    def dose(self) -> Dose | None:
        """The dose after it."""
        return self.standing.dose

    @property
    def reason(self) -> Message:
        """Why."""
        return self.standing.reason

    def __str__(self) -> str:
        """The outcome, what it leads to at once, and what it leads to if it goes on."""
        text = f"{self.outcome} ({self.side}): {self.action}. {self.reason}"
        if self.then is None:
            return text
        many = "session" if self.sessions == 1 else "sessions"
        return f"{text} After {self.sessions} such {many} ({self.on}): {self.then.exercise}."
