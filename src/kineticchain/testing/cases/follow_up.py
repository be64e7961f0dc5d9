"""Where a future leads that a case did not expect, in a clinician's words."""

from collections.abc import Iterator, Mapping

from attrs import frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import Dose
from kineticchain.domain.person import History
from kineticchain.progression import Standing
from kineticchain.recommendation import Plan
from kineticchain.testing.cases.case import Future
from kineticchain.testing.playground import Game


@frozen
class Moves:
    """What last moved on a ladder and side, and by how much.

    `dimensions` is the most that one review made harder; `grown` says by how many per cent the
    last move within a rung changed the dose.
    """

    last: Standing
    dimensions: int = 0
    grown: int = 0


def moves_of(game: Game) -> dict[tuple[str, Side], Moves]:
    """For each ladder and side what last moved rung or dose, or what holds where nothing did."""
    standings, history = game.plan.standings, game.history
    moved = {(one.ladder, one.side): one for one in standings}
    harder: dict[tuple[str, Side], int] = {}
    grown: dict[tuple[str, Side], int] = {}
    before: dict[tuple[str, Side], Standing] = {}
    for until, event in enumerate(history, 1):
        past = History(history.events[:until])
        for one in game.recommender.replay(game.person, past, request=game.request, on=event.on):
            key = one.ladder, one.side
            if key in before and one.height != before[key].height:
                moved[key] = one
                harder[key] = max(harder.get(key, 0), _dimensions(before[key], one))
                grown[key] = _growth(before[key], one)
            before[key] = one
    last = {(one.ladder, one.side): one for one in standings}
    return {
        key: Moves(
            last=last[key] if last[key].action.steps_down else one,
            dimensions=harder.get(key, 0),
            grown=grown.get(key, 0),
        )
        for key, one in moved.items()
    }


def _growth(before: Standing, after: Standing) -> int:
    """By how many per cent the dose of one exercise changed, rounded up."""
    if before.rung != after.rung or before.dose is None or after.dose is None:
        return 0
    return -(-100 * (after.dose.volume - before.dose.volume) // before.dose.volume)


def _dimensions(before: Standing, after: Standing) -> int:
    """How many dimensions are harder: one for a rung, and each axis of the dose that grew."""
    if before.rung != after.rung:
        return 1
    return sum(
        (getattr(after.dose, axis, None) or 0) > (getattr(before.dose, axis, None) or 0)
        for axis in Dose.AXES
    )


def future_differences(
    future: Future, plan: Plan, moves: Mapping[tuple[str, Side], Moves]
) -> Iterator[str]:
    """All in which a future leads elsewhere than expected, in plain words."""
    standings = [
        one
        for one in plan.standings
        if future.ladder in {None, one.ladder} and one.side.meets(future.on_side)
    ]
    for one in standings:
        yield from _of_standing(future, one, moves[one.ladder, one.side])
    come = {one.exercise for one in standings}
    if future.next_any and come.isdisjoint(future.next_any):
        yield f"none of {', '.join(future.next_any)} comes next"
    if future.ladder is None:
        come = {item.exercise for item in plan.items if item.side.meets(future.on_side)}
    for unwanted in come.intersection(future.next_not):
        yield f"{unwanted} comes next, expected anything else"
    if plan.referral.level < future.referral_min:
        yield f"referral is {plan.referral.level}, expected {future.referral_min} or more"
    if future.status is not None and plan.status != future.status:
        yield f"status is {plan.status}, expected {future.status}"
    shown = {one.message.id for one in plan.advice}
    for wanted in set(future.advice) - shown:
        yield f"{wanted} is not advised, only {', '.join(sorted(shown)) or 'nothing'}"


def _of_standing(future: Future, one: Standing, moves: Moves) -> Iterator[str]:
    """What is not as expected of one ladder and side."""
    where = f"{one.ladder} ({one.side})"
    move = moves.last
    changed, most = moves.dimensions, future.changed_dimensions_max
    if most is not None and changed > most:
        yield f"{where}: {changed} dimensions get harder at once, expected {most} at the most"
    grown, limit = moves.grown, future.dose_change_pct_max
    if limit is not None and grown > limit:
        yield f"{where}: the dose grew by {grown} %, expected {limit} at the most"
    told = f"{where}: {move.action} ({move.reason})"
    if future.action_in and move.action not in future.action_in:
        yield f"{told}, expected {' or '.join(future.action_in)}"
    if move.action in future.action_not:
        yield f"{told}, expected anything but that"
    if future.ladder and future.next_any and one.exercise not in future.next_any:
        yield f"{where} stands on {one.exercise}, expected {' or '.join(future.next_any)}"
    if future.share and not future.share[0] <= one.share <= future.share[1]:
        low, high = future.share
        yield f"{where}: {one.share} % of the dose are left, expected {low} to {high}"
