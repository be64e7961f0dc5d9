"""Commands that show the plan, standings, reasons and previews of the day."""

from kineticchain.domain.anatomy import Side
from kineticchain.errors import Fault, InvalidInput
from kineticchain.testing.playground import rendering
from kineticchain.testing.playground.language import Line
from kineticchain.testing.playground.state import Game, Script


def plan(game: Game, line: Line) -> tuple[Game, Script]:
    """`plan`: a summary of today's plan; `plan whole`: its full text."""
    if line.rest not in {"", "whole"}:
        raise InvalidInput(Fault(f"unknown option `{line.rest}`", "plan", "write `plan whole`"))
    return game, tuple(str(game.plan).splitlines()) if line.rest else rendering.plan(game.plan)


def issue(game: Game, _: Line) -> tuple[Game, Script]:
    """`issue`: issue today's plan, which is recorded in the history."""
    plan = game.plan
    return game.with_events(plan.issued(game.on)), rendering.plan(plan)


def standing(game: Game, line: Line) -> tuple[Game, Script]:
    """`standing EXERCISE`: the person's position on its ladder."""
    exercise = game.recommender.knowledge.exercise(line.rest)
    return game, rendering.told(game.standings, exercise.id, Side.BOTH, game.recommender.knowledge)


def why(game: Game, line: Line) -> tuple[Game, Script]:
    """`why EXERCISE`: the reasons for an exercise in today's plan."""
    return game, tuple(str(game.recommender.why(game.plan, line.rest)).splitlines())


def why_not(game: Game, line: Line) -> tuple[Game, Script]:
    """`why_not EXERCISE`: the reasons for the exclusion of an exercise from today's plan."""
    return game, tuple(str(game.recommender.explain(game.plan).why_not(line.rest)).splitlines())


def preview(game: Game, line: Line) -> tuple[Game, Script]:
    """`preview EXERCISE`: the next standing after each kind of outcome."""
    previews = game.recommender.preview(
        game.person, game.history, line.rest, request=game.request, on=game.on
    )
    return game, tuple(str(preview) for preview in previews)
