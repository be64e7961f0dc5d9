"""Offers of ladders: an exercise for each side, with smaller doses for less time."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

from attrs import evolve, frozen

from kineticchain.domain.anatomy import Side, Site, sites_of
from kineticchain.domain.exercises import (
    Dose,
    Exercise,
    Kind,
    Ladder,
    Position,
    Rung,
    prescription_seconds,
)
from kineticchain.recommendation.assessment.ladder_eligibility import FeasibleItem
from kineticchain.recommendation.assessment.tissue_loading import heavy_places
from kineticchain.recommendation.selection.solver.problem import SIXTEENTHS, WHOLE_DOSE, Version

LEAST_TARGET_WEIGHT = 3
"""The least weight of a region that tells exercises of one kind and load apart."""

MAX_SESSIONS = 24
"""The most sessions of a day that may share a dose."""

GROWING = frozenset({Kind.STRENGTH, Kind.BALANCE})
"""Kinds for whose growth a plan leaves room: their next steps wait for it."""


LastDoses: TypeAlias = tuple[tuple[str, Dose], ...]
"""For exercises what was done of them on their last day."""


@frozen
class Prescription:
    """An exercise on a side with a dose and its time."""

    exercise: Exercise
    side: Side
    dose: Dose

    @cached_property
    def seconds(self) -> int:
        """The whole time, rests and side changes included."""
        return prescription_seconds(self.exercise, self.dose, self.side)


@frozen
class Offer:
    """The offer of one ladder: one exercise, or one for each side where they differ.

    Attributes:
        ladder: The ladder.
        picks: The highest feasible exercises, each on its side.
        below: Those of the rung below, at the doses that master it, where the picks stand at the
            first dose of their rung. They take the place if there is no time for the picks.
        last: What was done of its exercises on their last day, below which a plan does not go.
        rooms: The seconds of the sessions of a day.
    """

    ladder: Ladder
    picks: tuple[FeasibleItem, ...]
    below: tuple[FeasibleItem, ...] = ()
    last: LastDoses = ()
    rooms: tuple[int, ...] = ()

    @cached_property
    def key(self) -> str:
        """The ids of its exercises, for ties."""
        return " ".join(pick.exercise.id for pick in self.picks)

    @cached_property
    def exercises(self) -> tuple[str, ...]:
        """The ids of the exercises of its picks, each once."""
        return tuple(dict.fromkeys(pick.exercise.id for pick in self.picks))

    @property
    def all_exercises(self) -> tuple[str, ...]:
        """The ids of all exercises that it can put into a plan, each once."""
        return tuple(dict.fromkeys(pick.exercise.id for pick in (*self.picks, *self.below)))

    @cached_property
    def pairing_key(self) -> tuple[Kind, Position] | None:
        """The kind and position that others may be paired with; None if it cannot be a primary."""
        kinds = {(pick.exercise.kind, pick.exercise.position) for pick in self.picks}
        return kinds.pop() if len(kinds) == 1 and not self.picks[0].exercise.alongside else None

    @cached_property
    def prescriptions(self) -> tuple[tuple[Prescription, ...], ...]:
        """Prescriptions from the dose of the standing downwards, named dose by named dose.

        What was done last stands among them. What the rung below has comes last.
        """
        rungs = [self.ladder.rungs[pick.rung] for pick in self.picks]
        lower = [
            _below(rung, pick, self._last.get(pick.exercise.id))
            for rung, pick in zip(rungs, self.picks, strict=True)
        ]
        first = tuple(Prescription(pick.exercise, pick.side, pick.dose) for pick in self.picks)
        return (
            first,
            *(
                tuple(
                    Prescription(
                        pick.exercise,
                        pick.side,
                        doses[max(0, len(doses) - back)] if doses else pick.dose,
                    )
                    for pick, doses in zip(self.picks, lower, strict=True)
                )
                for back in range(1, 1 + max(len(doses) for doses in lower))
            ),
            *self._of_rung_below,
        )

    @cached_property
    def _last(self) -> Mapping[str, Dose]:
        return dict(self.last)

    @property
    def _of_rung_below(self) -> tuple[tuple[Prescription, ...], ...]:
        if not self.below:
            return ()
        return (tuple(Prescription(pick.exercise, pick.side, pick.dose) for pick in self.below),)

    @cached_property
    def grown(self) -> tuple[FeasibleItem, ...]:
        """The picks at the doses to which they grow on their rungs; none if nothing grows.

        Strength and balance grow until the rung is mastered. Other kinds take the time that is
        left, since no next step waits for them.
        """
        grown = tuple(_grown(pick, self.ladder) for pick in self.picks)
        return () if grown == self.picks else grown

    @property
    def doses(self) -> tuple[tuple[Prescription, ...], ...]:
        """The prescriptions of each of `versions`."""
        return tuple([items for items, _ in self._versions])

    @property
    def versions(self) -> tuple[Version, ...]:
        """The versions, the largest dose first: the value follows the volume.

        The first one has the time of the dose to which the exercise grows. A dose that is too long
        for each session is spread over several. Any other dose of several sets may be spread as
        well, since the sets of a day add up: what fitted in two sessions last week fits again.
        """
        return tuple([version for _, version in self._versions])

    @cached_property
    def _versions(self) -> tuple[tuple[tuple[Prescription, ...], Version], ...]:
        has_room = not self.grown
        versions: list[tuple[tuple[Prescription, ...], Version]] = []
        if self.grown:
            grown = tuple(Prescription(pick.exercise, pick.side, pick.dose) for pick in self.grown)
            most = min(pick.dose.sets for pick in self.picks)
            version = _version(grown, self.rooms, WHOLE_DOSE, has_room=True, most=most)
            versions.append((self.prescriptions[0], version))
        for items, eighths in zip(self.prescriptions, self._dose_eighths, strict=True):
            version = _version(items, self.rooms, eighths, has_room=has_room)
            versions.append((items, version))
            spread = _spread_version(items, self.rooms, version)
            if spread is not None:
                versions.append((items, spread))
        return tuple(versions)

    @cached_property
    def _dose_eighths(self) -> tuple[int, ...]:
        """The share of the whole dose of each of `prescriptions`, in eighths.

        A dose that masters the rung counts as a whole one: more of it is fine and opens nothing.
        """
        whole = [
            min(pick.dose.volume, self.ladder.rungs[pick.rung].mastery_volume)
            for pick in self.picks
        ]
        eighths = [WHOLE_DOSE]
        for items in self.prescriptions[1 : len(self.prescriptions) - len(self._of_rung_below)]:
            left = min(
                item.dose.volume * WHOLE_DOSE // max(1, full)
                for item, full in zip(items, whole, strict=True)
            )
            most = WHOLE_DOSE - any(map(self._is_less, items, self.picks))
            eighths.append(max(1, min(most, left)))
        return (*eighths, *[1 for _ in self._of_rung_below])

    def is_kept(self, items: Sequence[Prescription]) -> bool:
        """Return whether a dose is a whole one, or no less than what was done last.

        What the rung below has is less than anything that was done of this rung.

        Args:
            items: One of `prescriptions`.
        """
        if items == self.prescriptions[0]:
            return True
        if any(exercise in self._last for exercise in self.exercises) and not all(
            item.exercise.id in self.exercises for item in items
        ):
            return False
        return all(self._is_no_less(item) for item in items)

    def _is_no_less(self, item: Prescription) -> bool:
        """Return whether a dose has no less work than the last one, and no shorter hold.

        A whole dose may have less of something: more sets begin with a shorter hold, more weight
        with fewer repetitions. Then that is enough.
        """
        last = self._last.get(item.exercise.id)
        whole = next((pick.dose for pick in self.picks if pick.exercise == item.exercise), None)
        if last is None or whole is None:
            return True
        least = last.lesser(whole)
        return (
            item.dose.volume >= min(last.volume, whole.volume)
            and (item.dose.hold_s or 0) >= (least.hold_s or 0)
            and item.dose.resistance >= least.resistance
        )

    def _is_less(self, item: Prescription, pick: FeasibleItem) -> bool:
        """Return whether a dose is neither the whole one nor one that masters."""
        rung = self.ladder.rungs[pick.rung]
        masters = item.dose.reaches(rung.axis[rung.mastery_level])
        return not masters and item.dose != pick.dose

    @cached_property
    def shares(self) -> Mapping[Site, int]:
        """The share that it covers of each place, in sixteenths."""
        shares: dict[Site, int] = {}
        for pick in self.picks:
            for region, weight in pick.exercise.weights:
                for place in sites_of(region, pick.side):
                    shares[place] = max(shares.get(place, 0), SIXTEENTHS[weight])
        return shares

    @cached_property
    def likeness(self) -> frozenset[str]:
        """The claims that similar exercises share: kind, load, surface, vision and targets."""
        return frozenset(
            f"{_likeness(pick.exercise)}.{side}" for pick in self.picks for side in pick.side.each
        )

    @cached_property
    def tissue(self) -> frozenset[str]:
        """The claims for heavily loaded tissue: one strength exercise from L3 on is enough."""
        return frozenset(
            f"{region}.{side}"
            for pick in self.picks
            for region, side in heavy_places(pick.exercise, pick.side)
        )


def _likeness(exercise: Exercise) -> str:
    """Return what exercises that are nearly the same have in common, as one word."""
    targets = sorted(region for region, weight in exercise.weights if weight >= LEAST_TARGET_WEIGHT)
    words = (exercise.kind, exercise.load, exercise.surface, exercise.vision, *targets)
    return " ".join(map(str, words))


def _grown(pick: FeasibleItem, ladder: Ladder) -> FeasibleItem:
    """Return a pick at the dose that masters its rung, or at its own dose if that is more.

    For balance it is the next rung at its dose, if that takes longer: one rung leads to the next.
    """
    rung = ladder.rungs[pick.rung]
    dose = rung.axis[rung.mastery_level]
    if not pick.grows or pick.exercise.kind not in GROWING:
        return pick
    grown = evolve(pick, dose=dose.greater(pick.dose)) if dose.volume > pick.dose.volume else pick
    if pick.following is None or pick.exercise.kind is not Kind.BALANCE:
        return grown
    above = ladder.rungs[pick.rung + 1]
    following = evolve(pick, exercise=pick.following, dose=above.axis[above.mastery_level])
    return max(grown, following, key=_seconds)


def _seconds(pick: FeasibleItem) -> int:
    return prescription_seconds(pick.exercise, pick.dose, pick.side)


def _version(
    items: Sequence[Prescription],
    rooms: Sequence[int],
    eighths: int,
    *,
    has_room: bool,
    most: int = MAX_SESSIONS,
) -> Version:
    """Return a version with the time of a dose, spread if it is too long for each session.

    Args:
        items: The dose.
        rooms: The seconds of the sessions of a day.
        eighths: The share of the whole dose.
        has_room: True if the dose can grow within its time, or does not grow.
        most: The most sessions that may share the dose.
    """
    seconds = sum([item.seconds for item in items])
    if len(rooms) > 1 and seconds > max(rooms):
        spread = _fewest_sessions(items, rooms, most)
        if spread is not None:
            return Version(spread[1], eighths, spread[0], has_room)
    return Version(seconds, eighths, 1, has_room)


def _spread_version(
    items: Sequence[Prescription], rooms: Sequence[int], whole: Version
) -> Version | None:
    """Return the version of a dose that is spread although it fits into one session.

    Args:
        items: The dose.
        rooms: The seconds of the sessions of a day.
        whole: Its version that is spread only if it has to be.
    """
    if len(rooms) == 1 or whole.sessions > 1 or whole.seconds > max(rooms):
        return None
    spread = _fewest_sessions(items, rooms, MAX_SESSIONS)
    if spread is None:
        return None
    return evolve(whole, seconds=spread[1], sessions=spread[0])


def _fewest_sessions(
    items: Sequence[Prescription], rooms: Sequence[int], most: int
) -> tuple[int, int] | None:
    """Return the fewest sessions, from two, that have time for their part of a dose, and its time.

    Args:
        items: The dose.
        rooms: The seconds of the sessions of a day.
        most: The most sessions that may share the dose.
    """
    most = min(most, len(rooms), *[item.dose.sets for item in items])
    for sessions in range(2, most + 1):
        part = sum(item.seconds for item in spread_over(items, sessions))
        if sum(part <= room for room in rooms) >= sessions:
            return sessions, part
    return None


def spread_over(
    items: Iterable[Prescription], sessions: int, part: int = 0
) -> tuple[Prescription, ...]:
    """Return what one of several sessions of a day has of a dose.

    Args:
        items: The dose of the day.
        sessions: The number of sessions that share the sets, at most the sets of each dose.
        part: Which of these sessions, from 0. Earlier ones have a set more where they differ.
    """
    return tuple(
        Prescription(
            item.exercise,
            item.side,
            evolve(item.dose, sets=len(range(part, item.dose.sets, sessions))),
        )
        for item in items
    )


def _below(rung: Rung, pick: FeasibleItem, last: Dose | None) -> list[Dose]:
    """The named doses and what was done last that are less than a pick's, within its cap.

    Of doses with the same volume the one that is named first is less, or that holds less long.
    """
    whole = pick.dose
    doses = rung.axis
    if last is not None and last not in doses and _is_alike(last, whole):
        doses = (*doses, last)
    lesser = [
        dose
        for dose in doses
        if dose != whole
        and (
            dose.volume < whole.volume
            or (dose.volume == whole.volume and rung.is_within(dose, whole))
        )
        and rung.is_within(dose, pick.cap)
        and pick.is_allowed(dose)
    ]
    return lesser if doses is rung.axis else sorted(lesser, key=lambda dose: dose.volume)


def _is_alike(dose: Dose, whole: Dose) -> bool:
    """Return whether two doses have the same amounts; a log may leave some out."""
    names = [{name for name, _ in each.amounts()} for each in (dose, whole)]
    return names[0] == names[1] and dose.variations == whole.variations
