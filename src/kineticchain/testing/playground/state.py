"""The state of the playground."""

import datetime
from functools import cached_property
from typing import TypeAlias

from attrs import evolve, field, frozen

from kineticchain.domain.person import Event, History, Person, Request
from kineticchain.progression import Standing
from kineticchain.recommendation import Plan, Recommender

ONE_DAY = datetime.timedelta(days=1)
Script: TypeAlias = tuple[str, ...]
"""The lines that a command returns."""


@frozen(kw_only=True)
class Game:
    """The immutable state of the playground; each line returns a new state.

    Attributes:
        recommender: the recommender in use.
        person: the person.
        on: the current day.
        request: the request.
        history: the events so far.

    """

    recommender: Recommender
    person: Person
    on: datetime.date
    request: Request = field(factory=Request)
    history: History = field(factory=History)

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """The person's standings on the current day."""
        return self.recommender.assess(
            self.person, self.history, request=self.request, on=self.on
        ).standings

    @property
    def plan(self) -> Plan:
        """The plan for the current day."""
        return self.recommender.recommend(
            self.person, self.history, request=self.request, on=self.on
        )

    @property
    def last_trained(self) -> frozenset[str]:
        """Ids of the ladders that were trained on the last day with a session."""
        sessions = [session for session in self.history.sessions if session.on <= self.on]
        last = [session for session in sessions if session.on == sessions[-1].on]
        done = [line.performed for session in last for line in session.lines]
        ladders = self.recommender.knowledge.ladder_index.rung_of
        return frozenset(ladders[exercise][0].id for exercise in done if exercise is not None)

    def with_events(self, *events: Event) -> "Game":
        """Return the game with more events.

        The current day moves to the day of the last event if that is later.
        """
        latest = max([self.on, *(event.on for event in events)])
        return evolve(self, history=self.history.with_events(*events), on=latest)
