"""What is asked of the day: a plan, where one stands, why, and what would be."""

from kineticchain.domain.anatomy import Side
from kineticchain.errors import Fault, InvalidInput
from kineticchain.testing.playground import rendering as telling
from kineticchain.testing.playground.language import Line
from kineticchain.testing.playground.state import Game, Script


def plan(game: Game, line: Line) -> tuple[Game, Script]:
    """`plan`: today's plan in short; `plan whole`: all of its text."""
    if line.rest not in {"", "whole"}:
        raise InvalidInput(Fault(f"`{line.rest}` means nothing here", "plan", "say plan whole"))
    return game, tuple(str(game.plan).splitlines()) if line.rest else telling.plan(game.plan)


def issue(game: Game, _: Line) -> tuple[Game, Script]:
    """`issue`: today's plan is handed out, and counts as what was asked for."""
    plan = game.plan
    return game.with_events(plan.issued(game.on)), telling.plan(plan)


def standing(game: Game, line: Line) -> tuple[Game, Script]:
    """`standing EXERCISE`: where the person stands on its ladder."""
    exercise = game.recommender.knowledge.exercise(line.rest)
    return game, telling.told(game.standings, exercise.id, Side.BOTH, game.recommender.knowledge)


def why(game: Game, line: Line) -> tuple[Game, Script]:
    """`why EXERCISE`: why it is in today's plan."""
    return game, tuple(str(game.plan.why(line.rest)).splitlines())


def why_not(game: Game, line: Line) -> tuple[Game, Script]:
    """`why_not EXERCISE`: why it is not."""
    return game, tuple(str(game.plan.why_not(line.rest)).splitlines())


def preview(game: Game, line: Line) -> tuple[Game, Script]:
    """`preview EXERCISE`: where each kind of outcome would lead."""
    found = game.recommender.preview(
        game.person, game.history, line.rest, request=game.request, on=game.on
    )
    return game, tuple(str(one) for one in found)
