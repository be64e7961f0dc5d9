"""From the summary of a future to the events that it stands for."""

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
from kineticchain.recommendation import Item, Recommender
from kineticchain.testing.cases.case import Case, Future, Notes
from kineticchain.testing.playground import Game, play


def begun(case: Case, recommender: Recommender) -> Game:
    """Where a case begins: its person and history, and the lines that it plays."""
    game = Game(
        recommender=recommender,
        person=case.person,
        on=case.on,
        request=case.request,
        history=case.history,
    )
    return with_lines(game, case.playground)


def with_lines(game: Game, lines: Iterable[str]) -> Game:
    """The game after some lines of the playground."""
    for line in lines:
        game, _ = play(game, line.strip().removeprefix(">").strip())
    return game


def looked_at(person: Person, future: Future) -> Person:
    """The person, who is known to master what the future's sessions begin above."""
    if not future.mastered:
        return person
    return evolve(person, facts=person.facts.updated({"mastered": list(future.mastered)}))


def lived(person: Person, future: Future, start: Game) -> History:
    """The history of a future, as the page on cases reads its summary."""
    history, recommender = start.history, start.recommender
    total = future.weeks * 7
    if future.planned is not None:
        rate = future.planned // future.weeks
        history = history.with_events(PlanIssued(on=start.on, sessions_per_week=rate))
    days = [
        start.on + datetime.timedelta(days=at * (total - 1) // max(1, future.sessions - 1))
        for at in range(future.sessions)
    ]
    for number, day in enumerate(days):
        final = number + 1 == len(days)
        plan = recommender.recommend(person, history, request=start.request, on=day)
        lines = [
            line_of(one, item, future, final=final)
            for one in plan.standings
            for item in plan.items
            if recommender.knowledge.ladder_of(item.exercise).id == one.ladder
            and item.side.meets(one.side)
        ]
        slot = 1 + sum(other == day for other in days[:number])
        history = history.with_events(SessionLog(on=day, slot=slot, lines=lines))
        change = future.morning
        if final and future.last_morning is not None:
            change = future.last_morning
        if change is not None:
            morning = MorningAfter(on=day + datetime.timedelta(days=1), change=change)
            history = history.with_events(morning)
    if future.found is not None:
        found = future.found
        last_day = start.on + datetime.timedelta(days=total)
        history = history.with_events(
            Finding(
                on=last_day,
                facts=found.facts,
                complaints=found.complaints,
                screening=found.screening,
            )
        )
    return history


def line_of(standing: Standing, item: Item, future: Future, *, final: bool) -> ExerciseLog:
    """What is noted of one exercise: what holds of all sessions, of the side, of the last one."""
    notes = [
        future.line,
        future.sides.get(standing.side, Notes()),
        future.last if final else Notes(),
    ]
    noted = {
        name: value for line in notes for name, value in asdict(line).items() if value is not None
    }
    stands = standing.exercise == item.exercise and standing.dose is not None
    dose = standing.dose if stands and standing.dose is not None else item.dose
    done = dose if future.reached else short_of(dose)
    return ExerciseLog(item.exercise, standing.side, done=done, **noted)


def short_of(dose: Dose) -> Dose:
    """A little less than a dose: a set, or else half of each set."""
    if dose.sets > 1:
        return evolve(dose, sets=dose.sets - 1)
    return evolve(dose, **{axis: max(1, of // 2) for axis, of in dose.amounts() if axis != "sets"})
