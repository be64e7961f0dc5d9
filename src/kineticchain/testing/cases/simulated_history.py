"""Conversion of the summary of a future into the events that it stands for."""

import datetime
from collections.abc import Iterable

from attrs import asdict, evolve

from kineticchain.domain.exercises import Dose
from kineticchain.domain.person import (
    ExerciseLog,
    Finding,
    History,
    MorningAfter,
    Person,
    PlanIssued,
    SessionLog,
)
from kineticchain.progression import Standing
from kineticchain.recommendation import Assessment, Item, PlanInput, Recommender
from kineticchain.testing.cases.case import Case, Future, Notes
from kineticchain.testing.playground import Game, play


def begun(case: Case, recommender: Recommender) -> Game:
    """Return the game at the start of a case, after its playground lines."""
    game = Game(
        recommender=recommender,
        person=case.person,
        on=case.on,
        request=case.request,
        history=case.history,
    )
    return with_lines(game, case.playground)


def with_lines(game: Game, lines: Iterable[str]) -> Game:
    """Return the game after some lines of a playground script.

    Args:
        game: the game before the lines.
        lines: the lines; a leading ``>`` is ignored.

    """
    for line in lines:
        game, _ = play(game, line.strip().removeprefix(">").strip())
    return game


def looked_at(person: Person, future: Future) -> Person:
    """Return the person with the exercises that the future states as mastered."""
    if not future.mastered:
        return person
    return evolve(person, facts=person.facts.updated({"mastered": list(future.mastered)}))


def lived(person: Person, future: Future, start: Game) -> History:
    """Return the history after the summary of a future.

    The sessions are spread evenly over the weeks; the first is on the first day and the last on the
    last day. Each session records the exercises of the plan of its day.

    Args:
        person: the person.
        future: the future with the summary.
        start: the game at the start of the future.

    """
    history, recommender = start.history, start.recommender
    total = future.weeks * 7
    if future.planned is not None:
        rate = future.planned // future.weeks
        history = history.with_events(PlanIssued(on=start.on, sessions_per_week=rate))
    days = [
        start.on + datetime.timedelta(days=index * (total - 1) // max(1, future.sessions - 1))
        for index in range(future.sessions)
    ]
    assessment: Assessment | None = None
    for number, day in enumerate(days):
        final = number + 1 == len(days)
        plan_input = PlanInput(person, history, start.request, day)
        plan, assessment = recommender.plan_after(plan_input, assessment)
        lines = [
            line_of(standing, item, future, final=final)
            for standing in recommender.explain(plan).standings
            for item in plan.items
            if recommender.knowledge.ladder_of(item.exercise).id == standing.ladder
            and item.side.meets(standing.side)
        ]
        slot = 1 + days[:number].count(day)
        history = history.with_events(SessionLog(on=day, slot=slot, lines=lines))
        change = future.morning
        if final and future.last_morning is not None:
            change = future.last_morning
        if change is not None:
            morning = MorningAfter(on=day + datetime.timedelta(days=1), change=change)
            history = history.with_events(morning)
    if future.found is not None:
        findings = future.found
        last_day = start.on + datetime.timedelta(days=total)
        history = history.with_events(
            Finding(
                on=last_day,
                facts=findings.facts,
                complaints=findings.complaints,
                screening=findings.screening,
            )
        )
    return history


def line_of(standing: Standing, item: Item, future: Future, *, final: bool) -> ExerciseLog:
    """Return the record of one exercise in a simulated session.

    Values for the last session replace values for the side, which replace values for all sessions.
    The dose is that of the standing if the standing is on the planned exercise. Otherwise it is the
    dose of the plan.

    Args:
        standing: the standing on the ladder of the exercise.
        item: the planned exercise.
        future: the future with the values to record.
        final: True for the last session.

    """
    notes = [
        future.line,
        future.sides.get(standing.side, Notes()),
        future.last if final else Notes(),
    ]
    recorded = {
        name: value for line in notes for name, value in asdict(line).items() if value is not None
    }
    stands = standing.exercise == item.exercise and standing.dose is not None
    dose = standing.dose if stands and standing.dose is not None else item.dose
    done = dose if future.reached else short_of(dose)
    return ExerciseLog(item.exercise, standing.side, done=done, **recorded)


def short_of(dose: Dose) -> Dose:
    """Return a smaller dose: one set fewer, or half the amounts if there is only one set."""
    if dose.sets > 1:
        return evolve(dose, sets=dose.sets - 1)
    halved = {axis: max(1, amount // 2) for axis, amount in dose.amounts() if axis != "sets"}
    return evolve(dose, **halved)
