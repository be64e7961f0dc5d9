"""The command that follows plans for some weeks."""

from attrs import evolve

from kineticchain.errors import Fault, InvalidInput
from kineticchain.recommendation import Outcome
from kineticchain.recommendation.plan.cycle import WEEK
from kineticchain.testing.playground import language, rendering
from kineticchain.testing.playground.language import Line, expect_only
from kineticchain.testing.playground.state import Game, Script


def live(game: Game, line: Line) -> tuple[Game, Script]:
    """`live 8w [OUTCOME]`: plans followed week by week; shows the first, and each turn of the week.

    The outcome is that of every exercise, `as_planned` unless stated.
    """
    expect_only(line, ())
    outcome = line.words[1] if len(line.words) > 1 else Outcome.AS_PLANNED.value
    weeks = language.span(line.words[0]) // WEEK
    if weeks < 1:
        raise InvalidInput(Fault("less than a week", "live", "write live 8w"))
    planner = game.recommender
    course = planner.simulate(
        game.person, outcome, weeks, history=game.history, request=game.request, on=game.on
    )
    (_, before), *later = course.plans
    lines = [*rendering.plan(before)]
    for on, plan in later:
        lines.append(f"{on}")
        lines += [f"  {message.text}" for message in planner.week_turn(before, plan).lines]
        before = plan
    after = evolve(game, history=course.history, on=course.plans[-1][0])
    return after, tuple(lines)
