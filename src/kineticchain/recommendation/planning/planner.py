"""The interface of a recommender for simulation and counterfactuals."""

import datetime
from typing import Protocol

from kineticchain.domain.person import History, Person, Request
from kineticchain.errors import Fault, InvalidInput
from kineticchain.knowledge import Knowledge
from kineticchain.recommendation.assessment.assessment import Assessment
from kineticchain.recommendation.plan.plan import Plan, check_plan
from kineticchain.recommendation.plan.plan_input import PlanInput


class Planner(Protocol):
    """A maker of plans, such as `Recommender`."""

    @property
    def knowledge(self) -> Knowledge:
        """The knowledge in use."""

    def recommend(
        self,
        person: Person,
        history: History | None = None,
        *,
        request: Request | None = None,
        on: datetime.date | None = None,
    ) -> Plan:
        """Return a plan."""

    def plan_after(
        self, plan_input: PlanInput, before: Assessment | None = None
    ) -> tuple[Plan, Assessment]:
        """Return a plan and its assessment, which saves the next plan most of the replay."""


def planned(planner: Planner, plan_input: PlanInput) -> Plan:
    """Return the plan for a whole plan input."""
    return planner.recommend(
        plan_input.person, plan_input.history, request=plan_input.request, on=plan_input.on
    )


def plan_input_of(plan: Plan) -> PlanInput:
    """Return the input that a plan was made from.

    Raises:
        InvalidInput: If the value is no plan, or if the plan was read from JSON: a stored plan does
            not contain the person.
    """
    check_plan(plan, "plan")
    if plan.made_from is None:
        remedy = "recommend again: what is stored of a plan leaves the person out"
        raise InvalidInput(Fault("the plan does not tell whom it is for", "plan", remedy))
    return plan.made_from
