"""Where a future leads that a case did not expect, in a clinician's words."""

from collections.abc import Iterator, Mapping

from kineticchain.anatomy import Side
from kineticchain.cases.case import Future
from kineticchain.person import History
from kineticchain.playground import Game
from kineticchain.progression import Standing
from kineticchain.recommendation import Plan


def last_moves(game: Game) -> dict[tuple[str, Side], Standing]:
    """For each ladder and side what last moved rung or dose, or what holds where nothing did."""
    standings, history = game.plan.standings, game.history
    moved = {(one.ladder, one.side): one for one in standings}
    before: dict[tuple[str, Side], Standing] = {}
    for until, event in enumerate(history, 1):
        past = History(history.events[:until])
        for one in game.recommender.replay(game.person, past, request=game.request, on=event.on):
            key = one.ladder, one.side
            if key in before and one.height != before[key].height:
                moved[key] = one
            before[key] = one
    last = {(one.ladder, one.side): one for one in standings}
    return {key: last[key] if last[key].action.steps_down else one for key, one in moved.items()}


def future_differences(
    future: Future, plan: Plan, moves: Mapping[tuple[str, Side], Standing]
) -> Iterator[str]:
    """All in which a future leads elsewhere than expected, in plain words."""
    standings = [
        one
        for one in plan.standings
        if future.ladder in {None, one.ladder} and one.side.meets(future.on_side)
    ]
    for one in standings:
        where = f"{one.ladder} ({one.side})"
        move = moves[one.ladder, one.side]
        if future.action_in and move.action not in future.action_in:
            yield f"{where}: {move.action}, because {move.reason}"
        if move.action in future.action_not:
            yield f"{where}: {move.action}, because {move.reason}"
        if future.ladder and future.next_any and one.exercise not in future.next_any:
            yield f"{where} stands on {one.exercise}"
        if future.share and not future.share[0] <= one.share <= future.share[1]:
            yield f"{where}: {one.share} % of the dose"
    come = {one.exercise for one in standings}
    if future.next_any and come.isdisjoint(future.next_any):
        yield f"none of {future.next_any} comes next"
    if future.ladder is None:
        come = {item.exercise for item in plan.items if item.side.meets(future.on_side)}
    for unwanted in come.intersection(future.next_not):
        yield f"{unwanted} comes next"
    if plan.referral.level < future.referral_min:
        yield f"referral is {plan.referral.level}"
    if future.status is not None and plan.status != future.status:
        yield f"status is {plan.status}, expected {future.status}"
    shown = {one.message.id for one in plan.advice}
    for wanted in set(future.advice) - shown:
        yield f"{wanted} is not advised, only {sorted(shown)}"
