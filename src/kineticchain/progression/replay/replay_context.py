"""What a person's progression goes by, besides the events."""

import hashlib
from collections.abc import Mapping
from functools import cached_property

from attrs import evolve, field, frozen

from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.exercises import Ladder
from kineticchain.domain.facts import Value
from kineticchain.domain.facts.fact_values import stem
from kineticchain.domain.messages import MessageCatalog
from kineticchain.progression.model.ladder_index import LadderIndex
from kineticchain.progression.model.track import LadderPosition, Track
from kineticchain.progression.model.transition import Trigger
from kineticchain.progression.replay.placement import (
    contradicted,
    mastered_by_word,
    needs_met,
    place,
)
from kineticchain.progression.replay.transition_table import TransitionTable


@frozen(kw_only=True, eq=False)
class ReplayContext:
    """What replay goes by: the ladders, and what holds for this person on the day of the plan.

    `facts` place a person on each ladder and meet its needs. `loaded_regions_and_neighbours` tells, for each
    exercise, its regions and their neighbours. `pain_ceiling` is the policy's, lowered by
    rules. `barred` are exercises on sides that rules or missing equipment exclude: no step up
    leads there. `lacking` are those among them without equipment: no step down leads there.
    `stopping` are those that a rule excludes which also sends to a professional. `stopped` says
    that a referral stops everything. `starts` are the facts that placed the person on a ladder
    and side, where others hold by now.
    """

    ladder_index: LadderIndex
    facts: Mapping[str, Value]
    catalog: MessageCatalog
    pain_ceiling: int
    loaded_regions_and_neighbours: Mapping[str, frozenset[Region]]
    barred: frozenset[tuple[str, Side]] = frozenset()
    lacking: frozenset[tuple[str, Side]] = frozenset()
    stopping: frozenset[tuple[str, Side]] = frozenset()
    stopped: bool = False
    starts: Mapping[tuple[str, Side], Mapping[str, Value]] = field(factory=dict)
    tables: dict[Trigger, TransitionTable[...]] = field(factory=dict, init=False, repr=False)
    """The transitions of each moment, once they are needed."""

    _lowered: "dict[int, ReplayContext]" = field(factory=dict, init=False, repr=False)
    _ways: dict[tuple[str, int, Side, frozenset[str]], bool] = field(
        factory=dict, init=False, repr=False
    )

    def under(self, ceiling: int | None) -> "ReplayContext":
        """The course with the pain ceiling of the plan in force, where that is lower."""
        if ceiling is None or ceiling >= self.pain_ceiling:
            return self
        if ceiling not in self._lowered:
            self._lowered[ceiling] = evolve(self, pain_ceiling=ceiling)
        return self._lowered[ceiling]

    @cached_property
    def first_tracks(self) -> Mapping[tuple[str, Side], Track]:
        """The tracks of all ladders that are open, before the first event."""
        tracks = (track for of_ladder in self.beginnings.values() for track in of_ladder)
        return {track.key: track for track in tracks if track is not None}

    @cached_property
    def beginnings(self) -> Mapping[str, tuple[Track | None, ...]]:
        """For each ladder the track of each side before the first event; None where it is closed.

        Equal ones are the same objects, whatever facts lead to them.
        """
        found = {}
        facts, kept = self._settled, self.ladder_index.kept_starts
        begun = {ladder for ladder, _ in self.starts}
        for ladder in self.ladder_index.ladders:
            read = (ladder.id, *[facts.get(name) for name in self.ladder_index.placing[ladder.id]])
            tracks = None if ladder.id in begun else kept.get(read)
            if tracks is None:
                tracks = tuple([self._begun(ladder, side) for side in ladder.sides()])
                same = self.ladder_index.kept_tracks
                tracks = same.get(tracks) or same.keep(tracks, tracks)
                if ladder.id not in begun:
                    kept.keep(read, tracks)
            found[ladder.id] = tracks
        return found

    def _begun(self, ladder: Ladder, side: Side) -> Track | None:
        rung = self.started(ladder.id, side)
        return None if rung is None else self._first(ladder, side, rung)

    def _first(self, ladder: Ladder, side: Side, rung: int) -> Track:
        """A track at its start; a rung long mastered, by the person's word, is only kept up."""
        step = ladder.rungs[rung]
        start = Track(ladder=ladder.id, side=side, place=LadderPosition(rung=rung))
        weeks = self.weeks_trained
        if step.mastery is None or step.exercise not in self.mastered_by_word or weeks is None:
            return start
        long_enough = weeks * 7 >= self.ladder_index.policy.maintenance_after_days
        if not long_enough or self.facts.get("goal") != "maintain":
            return start
        place = LadderPosition(rung=rung, level=step.mastery_level, maintenance=True)
        return evolve(start, place=place, decided="maintenance")

    @cached_property
    def key(self) -> str:
        """A short name of all that progress depends on besides events: equal keys, equal progress.

        It begins with the fingerprint of the knowledge.
        """
        read = sorted(
            (name, repr(sorted(value)) if isinstance(value, frozenset) else repr(value))
            for name, value in self.facts.items()
            if stem(name) in self.ladder_index.reads
        )
        whole = repr((read, self.pain_ceiling, sorted(self.barred), sorted(self.lacking)))
        return f"{self.ladder_index.fingerprint}.{hashlib.sha256(whole.encode()).hexdigest()[:16]}"

    @cached_property
    def personal(self) -> dict[str, Value | None]:
        """The facts of the person that guards read."""
        return {name: self.facts.get(name) for name in self.ladder_index.personal}

    @cached_property
    def mastered_by_word(self) -> frozenset[str]:
        """What the person named as mastered, less what a measure contradicts."""
        return mastered_by_word(self.facts) - frozenset(self.contradicted)

    @cached_property
    def contradicted(self) -> tuple[str, ...]:
        """What the person named as mastered, and a measure contradicts."""
        if not self.facts.get("mastered"):
            return ()
        found = {
            name for one in self.ladder_index.ladders for name in contradicted(one, self.facts)
        }
        return tuple(sorted(found))

    @cached_property
    def weeks_trained(self) -> int | None:
        """For how many weeks the person says to have trained."""
        weeks = self.facts.get("weeks_trained")
        return int(weeks) if isinstance(weeks, (int, float)) else None

    def needs_met(self, ladder: str, rung: int, side: Side, mastered: frozenset[str]) -> bool:
        """Whether the needs of a rung are met, with what the log has mastered."""
        return needs_met(self.ladder_index.by_id[ladder], rung, side, self.facts, mastered)

    def way_on(self, ladder: str, rung: int, side: Side, mastered: frozenset[str]) -> bool:
        """Whether above a rung, once mastered, there is one that is open and not kept out."""
        key = (ladder, rung, side, mastered)
        known = self._ways.get(key)
        if known is None:
            known = self._ways[key] = self._leads_on(ladder, rung, side, mastered)
        return known

    def _leads_on(self, ladder: str, rung: int, side: Side, mastered: frozenset[str]) -> bool:
        rungs = self.ladder_index.by_id[ladder].rungs
        if rung + 1 >= len(rungs) or not self.allows(rungs[rung + 1].exercise, side):
            return False
        return self.needs_met(ladder, rung + 1, side, mastered | {rungs[rung].exercise})

    def placed(self, ladder: str, side: Side) -> int | None:
        """The rung that measures and the person's word speak for; None if none is open."""
        return place(self.ladder_index.by_id[ladder], side, self._settled)

    @cached_property
    def _settled(self) -> Mapping[str, Value]:
        """The facts, with what was mastered by word even where nothing was."""
        return {**self.facts, "mastered": self.mastered_by_word}

    def started(self, ladder: str, side: Side) -> int | None:
        """The rung that the person began on: what was known then counts; None if none was."""
        start = self.starts.get((ladder, side))
        rung = None if start is None else place(self.ladder_index.by_id[ladder], side, start)
        return self.placed(ladder, side) if rung is None else rung

    def allows(self, exercise: str, side: Side) -> bool:
        """Whether neither rules nor missing equipment exclude an exercise on a side."""
        return not _lies_in(self.barred, exercise, side)

    def has_equipment(self, exercise: str, side: Side) -> bool:
        """Whether an exercise on a side has the equipment that it needs."""
        return not _lies_in(self.lacking, exercise, side)

    def stops(self, exercise: str, side: Side) -> bool:
        """Whether an exercise is stopped on a side until a professional has looked at it."""
        return self.stopped or _lies_in(self.stopping, exercise, side)


def _lies_in(places: frozenset[tuple[str, Side]], exercise: str, side: Side) -> bool:
    """Whether an exercise is among the places, on a side or on any part of it."""
    sides = (side, Side.BOTH) if side is not Side.BOTH else (side, *side.each)
    return any((exercise, one) in places for one in sides)
