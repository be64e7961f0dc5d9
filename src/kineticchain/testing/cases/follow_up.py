"""Differences between a progression and the expectation of a case, in words for clinicians."""

from collections.abc import Iterator, Mapping

from attrs import frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import Dose
from kineticchain.domain.person import History
from kineticchain.progression import Standing
from kineticchain.testing.cases.case import Future
from kineticchain.testing.playground import Game


@frozen
class Moves:
    """The changes of position on a ladder and side.

    Attributes:
        last: the standing after the last change, or the final standing.
        dimensions: the largest number of dimensions that one review made harder.
        grown: the change of the dose by the last change, in per cent; 0 if the rung changed.

    """

    last: Standing
    dimensions: int = 0
    grown: int = 0


def moves_of(game: Game) -> dict[tuple[str, Side], Moves]:
    """Return the changes on each ladder and side, found by a replay after every event.

    `Moves.last` is the standing after the last change of rung or dose. It is the final standing if
    nothing changed, or if the final action is a step down.
    """
    standings, history = game.standings, game.history
    last = {(standing.ladder, standing.side): standing for standing in standings}
    moved = dict(last)
    harder: dict[tuple[str, Side], int] = {}
    grown: dict[tuple[str, Side], int] = {}
    before: dict[tuple[str, Side], Standing] = {}
    for until, event in enumerate(history, 1):
        past = History(history.events[:until])
        replayed = game.recommender.replay(game.person, past, request=game.request, on=event.on)
        for standing in replayed:
            key = standing.ladder, standing.side
            if key in before and standing.height != before[key].height:
                moved[key] = standing
                harder[key] = max(harder.get(key, 0), _dimensions(before[key], standing))
                grown[key] = _growth(before[key], standing)
            before[key] = standing
    return {
        key: Moves(
            last=last[key] if last[key].action.steps_down else standing,
            dimensions=harder.get(key, 0),
            grown=grown.get(key, 0),
        )
        for key, standing in moved.items()
    }


def _growth(before: Standing, after: Standing) -> int:
    """Return the change of dose volume in per cent, rounded up; 0 between different rungs."""
    if before.rung != after.rung or before.dose is None or after.dose is None:
        return 0
    return -(-100 * (after.dose.volume - before.dose.volume) // before.dose.volume)


def _dimensions(before: Standing, after: Standing) -> int:
    """Return the number of harder dimensions: 1 for a change of rung, else the axes that grew."""
    if before.rung != after.rung:
        return 1
    return sum(
        (getattr(after.dose, axis, None) or 0) > (getattr(before.dose, axis, None) or 0)
        for axis in Dose.AXES
    )


def future_differences(
    future: Future, game: Game, moves: Mapping[tuple[str, Side], Moves]
) -> Iterator[str]:
    """Yield a sentence for each expectation that a progression does not meet.

    Args:
        future: the continuation with its expectations.
        game: the game after the continuation.
        moves: the changes on each ladder and side.

    """
    plan = game.plan
    standings = [
        standing
        for standing in game.standings
        if future.ladder in {None, standing.ladder} and standing.side.meets(future.on_side)
    ]
    for standing in standings:
        yield from _of_standing(future, standing, moves[standing.ladder, standing.side])
    following = {standing.exercise for standing in standings}
    if future.next_any and following.isdisjoint(future.next_any):
        yield f"none of {', '.join(future.next_any)} comes next"
    # without a ladder, unwanted exercises are looked up in the plan instead of the standings
    if future.ladder is None:
        following = {item.exercise for item in plan.items if item.side.meets(future.on_side)}
    for unwanted in sorted(following.intersection(future.next_not), key=str):
        yield f"{unwanted} comes next, expected anything else"
    if plan.referral.level < future.referral_min:
        yield f"referral is {plan.referral.level}, expected {future.referral_min} or more"
    if future.status is not None and plan.status != future.status:
        yield f"status is {plan.status}, expected {future.status}"
    shown = {reason.message.id for reason in plan.advice}
    for wanted in sorted(set(future.advice) - shown):
        yield f"{wanted} is not advised, only {', '.join(sorted(shown)) or 'nothing'}"


def _of_standing(future: Future, standing: Standing, moves: Moves) -> Iterator[str]:
    """Yield the differences between the expected and the actual standing on a ladder and side."""
    where = f"{standing.ladder} ({standing.side})"
    move = moves.last
    changed, most = moves.dimensions, future.changed_dimensions_max
    if most is not None and changed > most:
        yield f"{where}: {changed} dimensions get harder at once, expected {most} at the most"
    grown, limit = moves.grown, future.dose_change_pct_max
    if limit is not None and grown > limit:
        yield f"{where}: the dose grew by {grown} %, expected {limit} at the most"
    actual = f"{where}: {move.action} ({move.reason})"
    if future.action_in and move.action not in future.action_in:
        yield f"{actual}, expected {' or '.join(future.action_in)}"
    if move.action in future.action_not:
        yield f"{actual}, expected anything but that"
    if future.ladder and future.next_any and standing.exercise not in future.next_any:
        yield f"{where} stands on {standing.exercise}, expected {' or '.join(future.next_any)}"
    if (
        future.dose_percent
        and not future.dose_percent[0] <= standing.dose_percent <= future.dose_percent[1]
    ):
        low, high = future.dose_percent
        yield f"{where}: {standing.dose_percent} % of the dose are left, expected {low} to {high}"
