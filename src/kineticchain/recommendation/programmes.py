"""How each programme suits a person, and how a plan for the programme differs from it."""

import datetime
from collections.abc import Callable, Iterator

from attrs import evolve, frozen

from kineticchain.domain.facts import evaluate
from kineticchain.domain.person import History, Person, Request
from kineticchain.recommendation.plan.model import Referral, Status
from kineticchain.recommendation.plan.plan import Plan
from kineticchain.recommendation.planning.notes.programme_notes import (
    ProgrammePlace,
    programme_places,
)
from kineticchain.recommendation.planning.plan_context import PlanContext
from kineticchain.recommendation.planning.planner import Planner


@frozen(kw_only=True)
class ProgrammeFit:
    """The fit of a programme for a person.

    Attributes:
        programme: The id of the programme.
        title: Its title.
        for_whom: The people for whom the programme is meant.
        suits: True if the person may start at the stated exercises and doses, False if other
            exercises or doses would come first, None if this is not known.
        status: The status of a plan for the programme.
        referral: The referral of that plan.
        places: For each exercise of the programme, the exercise that the plan has in its place.
            Empty if the plan refers or asks questions first.
        minutes: The length of the longest session of the plan in minutes; 0 without a session.
    """

    programme: str
    title: str
    for_whom: str
    suits: bool | None
    status: Status
    referral: Referral
    places: tuple[ProgrammePlace, ...] = ()
    minutes: float = 0

    @property
    def cut(self) -> tuple[ProgrammePlace, ...]:
        """The places where the plan differs from the programme."""
        return tuple(place for place in self.places if not place.is_as_stated)


def programme_fits(
    planner: Planner,
    context_of: Callable[[Plan], PlanContext],
    person: Person,
    history: History | None,
    request: Request | None,
    on: datetime.date | None,
) -> Iterator[ProgrammeFit]:
    """Yield how each programme suits a person, in alphabetical order.

    Args:
        planner: Makes the plans.
        context_of: Returns the context that a plan was composed from.
        person: The person.
        history: The events so far; None for none.
        request: The equipment and the goal asked for; None for none.
        on: The day of the plans.
    """
    translated = planner.knowledge.catalog.translated
    for programme in planner.knowledge.programmes.values():
        programme_request = evolve(request or Request(), programme=programme.id)
        plan = planner.recommend(person, history, request=programme_request, on=on)
        context = context_of(plan)
        ready = plan.status.selects
        yield ProgrammeFit(
            programme=programme.id,
            title=translated(programme.title),
            for_whom=translated(programme.for_whom),
            suits=evaluate(programme.suits, context.assessment.situation.facts),
            status=plan.status,
            referral=plan.referral,
            places=programme_places(context, context.explain) if ready else (),
            minutes=max((session.minutes for session in plan.sessions), default=0),
        )
