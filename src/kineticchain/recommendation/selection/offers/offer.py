"""Offers of ladders: an exercise for each side, with smaller doses for less time."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

from attrs import frozen

from kineticchain.domain.anatomy import Site, sites_of
from kineticchain.domain.exercises import Dose, Exercise, Kind, Ladder, Position
from kineticchain.recommendation.assessment.ladder_eligibility import FeasibleItem
from kineticchain.recommendation.assessment.tissue_loading import heavy_places
from kineticchain.recommendation.selection.offers.doses import grown_pick, lesser_doses
from kineticchain.recommendation.selection.offers.prescription import Prescription
from kineticchain.recommendation.selection.offers.versions import spread_version, version_of
from kineticchain.recommendation.selection.solver.problem import SIXTEENTHS, WHOLE_DOSE, Version

LEAST_TARGET_WEIGHT = 3
"""The least weight of a region that distinguishes exercises of one kind and load."""

LastDoses: TypeAlias = tuple[tuple[str, Dose], ...]
"""The ids of exercises, each with its dose on its last day."""


@frozen
class Offer:
    """The offer of one ladder: one exercise, or one exercise for each side if the sides differ.

    Attributes:
        ladder: The ladder.
        picks: The highest feasible exercises, each on its side.
        below: The exercises of the rung below, at the doses that master it. They replace the picks
            if there is no time for the picks. Empty unless the picks are at the first dose of
            their rung.
        last: The doses of its exercises on their last day, which a plan tries not to reduce.
        session_seconds: The seconds of the sessions of a day.
    """

    ladder: Ladder
    picks: tuple[FeasibleItem, ...]
    below: tuple[FeasibleItem, ...] = ()
    last: LastDoses = ()
    session_seconds: tuple[int, ...] = ()

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
        """The kind and position that other offers pair with; None if it cannot be a primary."""
        kinds = {(pick.exercise.kind, pick.exercise.position) for pick in self.picks}
        return kinds.pop() if len(kinds) == 1 and not self.picks[0].exercise.alongside else None

    @cached_property
    def prescriptions(self) -> tuple[tuple[Prescription, ...], ...]:
        """The prescriptions, from the dose of the standing down through the named doses.

        They include the last dose. The prescriptions of the rung below come at the end.
        """
        rungs = [self.ladder.rungs[pick.rung] for pick in self.picks]
        lower = [
            lesser_doses(rung, pick, self._last.get(pick.exercise.id))
            for rung, pick in zip(rungs, self.picks, strict=True)
        ]
        whole_doses = tuple(
            Prescription(pick.exercise, pick.side, pick.dose) for pick in self.picks
        )
        return (
            whole_doses,
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
        """The picks at the doses to which they grow on their rungs; empty if nothing grows.

        Strength and balance grow until the rung is mastered. No time is reserved for the growth of
        other kinds, since no next step waits for it.
        """
        grown = tuple(grown_pick(pick, self.ladder) for pick in self.picks)
        return () if grown == self.picks else grown

    @property
    def doses(self) -> tuple[tuple[Prescription, ...], ...]:
        """The prescriptions of each of `versions`."""
        return tuple([items for items, _ in self._versions])

    @property
    def versions(self) -> tuple[Version, ...]:
        """The versions, the largest dose first, since the value follows the volume.

        If the exercise grows, the first version has the time of the dose to which it grows. A dose
        that is too long for every session is spread over several sessions. Any other dose of
        several sets may be spread as well, since the sets of a day add up: a dose that fitted into
        two sessions last week fits again.
        """
        return tuple([version for _, version in self._versions])

    @cached_property
    def _versions(self) -> tuple[tuple[tuple[Prescription, ...], Version], ...]:
        has_growth_time = not self.grown
        versions: list[tuple[tuple[Prescription, ...], Version]] = []
        if self.grown:
            grown = tuple(Prescription(pick.exercise, pick.side, pick.dose) for pick in self.grown)
            most = min(pick.dose.sets for pick in self.picks)
            version = version_of(
                grown, self.session_seconds, WHOLE_DOSE, has_growth_time=True, most=most
            )
            versions.append((self.prescriptions[0], version))
        for items, eighths in zip(self.prescriptions, self._dose_eighths, strict=True):
            version = version_of(
                items, self.session_seconds, eighths, has_growth_time=has_growth_time
            )
            versions.append((items, version))
            spread = spread_version(items, self.session_seconds, version)
            if spread is not None:
                versions.append((items, spread))
        return tuple(versions)

    @cached_property
    def _dose_eighths(self) -> tuple[int, ...]:
        """The share of the whole dose of each of `prescriptions`, in eighths.

        A dose that masters the rung counts as the whole dose, since a larger one opens nothing.
        """
        whole_volumes = [
            min(pick.dose.volume, self.ladder.rungs[pick.rung].mastery_volume)
            for pick in self.picks
        ]
        eighths = [WHOLE_DOSE]
        for items in self.prescriptions[1 : len(self.prescriptions) - len(self._of_rung_below)]:
            share = min(
                item.dose.volume * WHOLE_DOSE // max(1, full)
                for item, full in zip(items, whole_volumes, strict=True)
            )
            most = WHOLE_DOSE - any(map(self._is_less, items, self.picks))
            eighths.append(max(1, min(most, share)))
        return (*eighths, *[1 for _ in self._of_rung_below])

    def is_kept(self, items: Sequence[Prescription]) -> bool:
        """Return whether a dose is the whole dose, or no less than the last dose.

        A dose of the rung below is less than any dose that was done on this rung.

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
        """Return whether a dose has no less volume, hold or resistance than the last dose.

        The whole dose may itself be less in one of these: more sets begin with a shorter hold, more
        weight begins with fewer repetitions. The amount of the whole dose is then enough.
        """
        last_dose = self._last.get(item.exercise.id)
        whole_dose = next(
            (pick.dose for pick in self.picks if pick.exercise == item.exercise), None
        )
        if last_dose is None or whole_dose is None:
            return True
        least = last_dose.lesser(whole_dose)
        return (
            item.dose.volume >= min(last_dose.volume, whole_dose.volume)
            and (item.dose.hold_s or 0) >= (least.hold_s or 0)
            and item.dose.resistance >= least.resistance
        )

    def _is_less(self, item: Prescription, pick: FeasibleItem) -> bool:
        """Return whether a dose is neither the whole dose nor a dose that masters the rung."""
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
        """The claims for heavily loaded tissue, each for one strength exercise from L3 on."""
        return frozenset(
            f"{region}.{side}"
            for pick in self.picks
            for region, side in heavy_places(pick.exercise, pick.side)
        )


def _likeness(exercise: Exercise) -> str:
    """Return a text that is equal for exercises that are nearly the same."""
    targets = sorted(region for region, weight in exercise.weights if weight >= LEAST_TARGET_WEIGHT)
    words = (exercise.kind, exercise.load, exercise.surface, exercise.vision, *targets)
    return " ".join(map(str, words))
