"""The state of a life in the playground."""

import datetime
from typing import TypeAlias

from attrs import evolve, field, frozen

from kineticchain.domain.person import Event, History, Person, Request
from kineticchain.progression import Standing
from kineticchain.recommendation import Plan, Recommender

ONE_DAY = datetime.timedelta(days=1)
Script: TypeAlias = tuple[str, ...]


@frozen(kw_only=True)
class Game:
    """Whom it is about, what happened, and the day it is. Every line gives a new one."""

    recommender: Recommender
    person: Person
    on: datetime.date
    request: Request = field(factory=Request)
    history: History = field(factory=History)

    @property
    def standings(self) -> tuple[Standing, ...]:
        """Where the person stands on the day."""
        return self.recommender.assess(
            self.person, self.history, request=self.request, on=self.on
        ).standings

    @property
    def plan(self) -> Plan:
        """The plan of the day."""
        return self.recommender.recommend(
            self.person, self.history, request=self.request, on=self.on
        )

    @property
    def last_trained(self) -> frozenset[str]:
        """The ladders of the last training day."""
        sessions = [one for one in self.history.sessions if one.on <= self.on]
        last = [one for one in sessions if one.on == sessions[-1].on]
        done = [line.performed for session in last for line in session.lines]
        ladders = self.recommender.knowledge.ladder_index.rung_of
        return frozenset(ladders[exercise][0].id for exercise in done if exercise is not None)

    def with_events(self, *events: Event) -> "Game":
        """The game once more has happened; the day is that of the last event, if that is later."""
        latest = max([self.on, *(event.on for event in events)])
        return evolve(self, history=self.history.with_events(*events), on=latest)
