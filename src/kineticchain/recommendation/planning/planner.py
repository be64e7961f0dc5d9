"""What preview and simulation need of a recommender, and whom they are for."""

import datetime
from typing import Protocol

from attrs import field, frozen

from kineticchain.domain.person import History, Person, Request
from kineticchain.domain.validators import day
from kineticchain.knowledge import Knowledge
from kineticchain.recommendation.assessment.assessment import Assessment
from kineticchain.recommendation.plan.plan import Plan
from kineticchain.recommendation.plan.plan_input import PlanInput


class Planner(Protocol):
    """Assesses people and makes plans."""

    @property
    def knowledge(self) -> Knowledge:
        """What it goes by."""

    def assess(
        self,
        person: Person,
        history: History | None = None,
        *,
        request: Request | None = None,
        on: datetime.date | None = None,
    ) -> Assessment:
        """Facts, decision, standings and the feasible set."""

    def recommend(
        self,
        person: Person,
        history: History | None = None,
        *,
        request: Request | None = None,
        on: datetime.date | None = None,
    ) -> Plan:
        """A plan."""


@frozen
class Case:
    """A person with what came before and what they ask for, and the day."""

    person: Person
    history: History
    request: Request
    on: datetime.date = field(validator=day())

    def assessed(self, planner: Planner, history: History, on: datetime.date) -> Assessment:
        """The assessment with another history, on another day."""
        return planner.assess(self.person, history, request=self.request, on=on)


def assessed(planner: Planner, asked: PlanInput) -> Assessment:
    """The assessment of all that is asked with."""
    return planner.assess(asked.person, asked.history, request=asked.request, on=asked.on)


def planned(planner: Planner, asked: PlanInput) -> Plan:
    """The plan for all that is asked with."""
    return planner.recommend(asked.person, asked.history, request=asked.request, on=asked.on)
