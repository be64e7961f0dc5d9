"""Inputs of replay besides the events: ladders, policy and the person's facts."""

import hashlib
from collections.abc import Mapping
from functools import cached_property

from attrs import evolve, field, frozen

from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.exercises import Ladder
from kineticchain.domain.facts import Value
from kineticchain.domain.facts.fact_values import stem
from kineticchain.domain.messages import MessageCatalog
from kineticchain.progression.model.ladder_index import LadderIndex, Start
from kineticchain.progression.model.policy import Policy
from kineticchain.progression.model.track import LadderPosition, Track
from kineticchain.progression.model.transition import Trigger
from kineticchain.progression.replay.placement import (
    ProgrammeStart,
    contradicted,
    first_level,
    mastered_by_word,
    needs_met,
    place,
)
from kineticchain.progression.replay.transition_table import TransitionTable

_TROUBLES = frozenset({"recovering", "concerned_parts"})
"""Facts of today that place a person lower, whatever was true on the first day of training."""


@frozen(kw_only=True, eq=False)
class ReplayContext:
    """Everything that replay needs besides the events, as of the day of the plan.

    Attributes:
        ladder_index: The ladders, the policy and the transition table.
        facts: The person's facts; they place the person on each ladder and meet its needs.
        catalog: The templates of the reasons that standings give.
        pain_ceiling: The policy's pain ceiling (0-10), or a lower one that rules set.
        loaded_regions_and_neighbours: For each exercise its regions and their neighbours.
        infeasible: Pairs of exercise and side that rules or missing equipment exclude. No step up
            leads to them.
        without_equipment: The members of `infeasible` whose equipment is missing. No step down
            leads to them.
        stopping: The members of `infeasible` that are excluded by a rule that also refers to a
            professional.
        stopped: True if a referral stops all training.
        starts: For ladders and sides trained before the person's facts changed, the facts on the
            first day of training.
        programme_starts: The start of each programme that the person was given, by ladder.
        tables: The compiled transitions by trigger and ladder, filled on first use. All ladders
            without a policy of their own share the key `""`.
    """

    ladder_index: LadderIndex
    facts: Mapping[str, Value]
    catalog: MessageCatalog
    pain_ceiling: int
    loaded_regions_and_neighbours: Mapping[str, frozenset[Region]]
    infeasible: frozenset[tuple[str, Side]] = frozenset()
    without_equipment: frozenset[tuple[str, Side]] = frozenset()
    stopping: frozenset[tuple[str, Side]] = frozenset()
    stopped: bool = False
    starts: Mapping[tuple[str, Side], Mapping[str, Value]] = field(factory=dict)
    programme_starts: Mapping[str, ProgrammeStart] = field(factory=dict)
    tables: dict[tuple[Trigger, str], TransitionTable[...]] = field(
        factory=dict, init=False, repr=False
    )
    _by_ceiling: "dict[int, ReplayContext]" = field(factory=dict, init=False, repr=False)
    _way_on_cache: dict[tuple[str, int, Side, frozenset[str]], bool] = field(
        factory=dict, init=False, repr=False
    )

    def under(self, ceiling: int | None) -> "ReplayContext":
        """Return the context with a lower pain ceiling.

        Args:
            ceiling: The pain ceiling (0-10) of the plan in force. If None or not lower than the
                ceiling of this context, this context is returned.
        """
        if ceiling is None or ceiling >= self.pain_ceiling:
            return self
        if ceiling not in self._by_ceiling:
            self._by_ceiling[ceiling] = evolve(self, pain_ceiling=ceiling)
        return self._by_ceiling[ceiling]

    def policy_of(self, ladder: str) -> Policy:
        """Return the policy of a ladder."""
        return self.ladder_index.policy_of(ladder)

    def ceiling_of(self, ladder: str) -> int:
        """Return the pain ceiling (0-10) of a ladder: of its policy, or `pain_ceiling` if lower."""
        return min(self.pain_ceiling, self.policy_of(ladder).pain_ceiling)

    @cached_property
    def first_tracks(self) -> Mapping[tuple[str, Side], Track]:
        """The tracks of all open ladders before the first event, by ladder and side."""
        tracks = (track for start in self.beginnings.values() for track in start.tracks)
        return {track.key: track for track in tracks if track is not None}

    @cached_property
    def beginnings(self) -> Mapping[str, Start]:
        """The start of each ladder, by ladder.

        A start depends only on the facts that place a person on the ladder, so the ladder index
        stores it. A ladder with facts of an earlier day (`starts`) or with a programme is the
        exception: its start is computed for this context.
        """
        with_baseline = {ladder for ladder, _ in self.starts}
        facts, index = self._credible_facts, self.ladder_index
        beginnings = {}
        for ladder in index.ladders:
            if ladder.id in with_baseline or ladder.id in self.programme_starts:
                beginnings[ladder.id] = self._start(ladder)
            else:
                key = (ladder.id, tuple([facts.get(name) for name in index.placing[ladder.id]]))
                start = index.starts.get(key)
                beginnings[ladder.id] = start or index.starts.add(key, self._start(ladder))
        return beginnings

    def _start(self, ladder: Ladder) -> Start:
        return Start(tuple([self._first_track(ladder, side) for side in ladder.sides()]))

    def _first_track(self, ladder: Ladder, side: Side) -> Track | None:
        rung = self.started(ladder.id, side)
        return None if rung is None else self._track_on(ladder, side, rung)

    def _track_on(self, ladder: Ladder, side: Side, rung: int) -> Track:
        """Return a new track on a rung.

        The track starts in maintenance if the person named the rung as mastered, has trained for
        `maintenance_after_days` (C30, C31), and has the goal to maintain.
        """
        placed_rung = ladder.rungs[rung]
        facts = self._baseline(ladder.id, side) or self.facts
        level = first_level(placed_rung, side, facts)
        programme = self.programme_starts.get(ladder.id)
        if programme is not None and programme.rung == rung and programme.level is not None:
            is_suitable = programme.is_for(ladder, side, facts)
            level = programme.level if is_suitable else min(level, programme.level)
        place = LadderPosition(rung=rung, level=level)
        start = Track(ladder=ladder.id, side=side, place=place)
        weeks = self.weeks_trained
        if (
            placed_rung.mastery is None
            or placed_rung.exercise not in self.mastered_by_word
            or weeks is None
        ):
            return start
        long_enough = weeks * 7 >= self.policy_of(ladder.id).maintenance_after_days
        if not long_enough or self.facts.get("goal") != "maintain":
            return start
        place = LadderPosition(rung=rung, level=placed_rung.mastery_level, maintenance=True)
        return evolve(start, place=place, decided="maintenance")

    @cached_property
    def key(self) -> str:
        """The fingerprint of the knowledge, and a hash of the inputs that are specific to a person.

        These inputs are today's facts that progression reads, the facts at the start of each
        ladder, the pain ceiling, the exclusions and the starts of programmes. Checkpoints store
        the key.
        """
        read = self.ladder_index.reads
        facts = _texts({name: value for name, value in self.facts.items() if stem(name) in read})
        excluded = (sorted(self.infeasible), sorted(self.without_equipment))
        programmes = sorted(self.programme_starts.items(), key=repr)
        starts = [
            (track_key, _texts(start_facts))
            for track_key, start_facts in sorted(self.starts.items())
        ]
        content = repr((facts, self.pain_ceiling, *excluded, *programmes, *starts))
        digest = hashlib.sha256(content.encode()).hexdigest()[:16]
        return f"{self.ladder_index.fingerprint}.{digest}"

    @cached_property
    def personal(self) -> dict[str, Value | None]:
        """The person's facts that guards read; None if unknown."""
        return {name: self.facts.get(name) for name in self.ladder_index.personal}

    @cached_property
    def mastered_by_word(self) -> frozenset[str]:
        """The exercises named as mastered by the person and not contradicted by a measure."""
        return mastered_by_word(self.facts) - frozenset(self.contradicted)

    @cached_property
    def contradicted(self) -> tuple[str, ...]:
        """The exercises named as mastered that a measure contradicts, in alphabetical order."""
        if not self.facts.get("mastered"):
            return ()
        names = {
            name
            for ladder in self.ladder_index.ladders
            for name in contradicted(ladder, self.facts)
        }
        return tuple(sorted(names))

    @cached_property
    def weeks_trained(self) -> int | None:
        """Weeks of training that the person reports; None if unknown."""
        weeks = self.facts.get("weeks_trained")
        return int(weeks) if isinstance(weeks, (int, float)) else None

    def needs_met(self, ladder: str, rung: int, side: Side, mastered: frozenset[str]) -> bool:
        """Return whether the needs of a rung are met.

        Args:
            ladder: The id of the ladder.
            rung: The index of the rung, from 0.
            side: The side.
            mastered: The exercises that the log shows as mastered on this side.
        """
        return needs_met(self.ladder_index.by_id[ladder], rung, side, self.facts, mastered)

    def way_on(self, ladder: str, rung: int, side: Side, mastered: frozenset[str]) -> bool:
        """Return whether the next rung is open and not excluded once this rung is mastered.

        Args:
            ladder: The id of the ladder.
            rung: The index of the current rung, from 0.
            side: The side.
            mastered: The exercises that the log shows as mastered on this side.
        """
        key = (ladder, rung, side, mastered)
        cached = self._way_on_cache.get(key)
        if cached is None:
            cached = self._way_on_cache[key] = self._next_rung_open(ladder, rung, side, mastered)
        return cached

    def _next_rung_open(self, ladder: str, rung: int, side: Side, mastered: frozenset[str]) -> bool:
        rungs = self.ladder_index.by_id[ladder].rungs
        if rung + 1 >= len(rungs) or not self.allows(rungs[rung + 1].exercise, side):
            return False
        return self.needs_met(ladder, rung + 1, side, mastered | {rungs[rung].exercise})

    def placed(self, ladder: str, side: Side) -> int | None:
        """Return the rung that the current facts support, from 0; None if no rung is open."""
        return place(self.ladder_index.by_id[ladder], side, self._credible_facts)

    @cached_property
    def _credible_facts(self) -> Mapping[str, Value]:
        """The facts without contradicted exercises in `mastered`, which is always present."""
        return {**self.facts, "mastered": self.mastered_by_word}

    def started(self, ladder: str, side: Side) -> int | None:
        """Return the rung that the person began on, from 0; None if no rung was open.

        The facts in `starts` decide. Without them, or if they leave no rung open, the current
        facts decide. A programme that suits the person starts on its own rung. A programme that
        does not suit starts on the lower of its rung and the rung that the facts decide.
        """
        start = self._baseline(ladder, side)
        rung = None if start is None else place(self.ladder_index.by_id[ladder], side, start)
        rung = self.placed(ladder, side) if rung is None else rung
        programme = self.programme_starts.get(ladder)
        if programme is None:
            return rung
        if programme.is_for(self.ladder_index.by_id[ladder], side, start or self._credible_facts):
            return programme.rung
        return None if rung is None else min(rung, programme.rung)

    def _baseline(self, ladder: str, side: Side) -> Mapping[str, Value] | None:
        """Return the facts of the first day of training, with the concerned parts of today.

        Today's parts that hurt or recover place a person lower, whenever training began. None if
        `starts` has no facts for the ladder and side.
        """
        facts = self.starts.get((ladder, side))
        if facts is None:
            return None
        today = {name: value for name, value in self.facts.items() if stem(name) in _TROUBLES}
        return {**facts, **today}

    def allows(self, exercise: str, side: Side) -> bool:
        """Return whether neither rules nor missing equipment exclude an exercise on a side."""
        return not _contains(self.infeasible, exercise, side)

    def has_equipment(self, exercise: str, side: Side) -> bool:
        """Return whether the equipment of an exercise on a side is available."""
        return not _contains(self.without_equipment, exercise, side)

    def stops(self, exercise: str, side: Side) -> bool:
        """Return whether an exercise is stopped on a side until a professional's examination."""
        return self.stopped or _contains(self.stopping, exercise, side)


def _contains(pairs: frozenset[tuple[str, Side]], exercise: str, side: Side) -> bool:
    """Return whether the pairs contain the exercise on a side that overlaps with `side`."""
    sides = (side, Side.BOTH) if side is not Side.BOTH else (side, *side.each)
    return any((exercise, pair_side) in pairs for pair_side in sides)


def _texts(facts: Mapping[str, Value]) -> list[tuple[str, str]]:
    """Return facts as texts that are the same in every process, sorted by name."""
    return sorted(
        (name, repr(sorted(value)) if isinstance(value, frozenset) else repr(value))
        for name, value in facts.items()
    )
