"""The facts of `review_facts`, worked out for one track when a guard first asks for them."""

import datetime
from collections.abc import Callable, Mapping
from typing import ClassVar

from attrs import frozen

from kineticchain.facts import Value
from kineticchain.progression.course import Course
from kineticchain.progression.moves import cap_of, easier_rung, more_dose
from kineticchain.progression.track import ALL, Track


@frozen
class Seen:
    """What a review goes by besides the track.

    `mastered` are the exercises that the log has mastered, on any ladder.
    """

    mastered: frozenset[str]
    attendance: int | None


NOTHING_SEEN = Seen(frozenset(), None)


class SeenFacts(dict[str, Value | None]):
    """Facts by name: what was told at once, the rest when it is first asked for.

    None is unknown. The facts of the person come from the course.
    """

    __slots__ = ("_course", "_day", "_exercise", "_seen", "_track")

    def __init__(self, track: Track, day: datetime.date, course: Course, seen: Seen) -> None:
        """Tell what was told, and keep what the rest is worked out from."""
        last, streaks, place = track.day, track.streaks, track.place
        assert last is not None  # noqa: S101 - guards are asked after a session
        super().__init__(
            {
                **course.personal,
                "pain": last.pain,
                "effort": last.effort,
                "form_ok": last.form_ok,
                "touched": last.touched,
                "noted": last.noted,
                "morning": last.morning,
                "hurting_days": streaks.hurting,
                "worse_mornings": streaks.worse,
                "touched_days": streaks.touched,
                "hard_days": streaks.hard,
                "calm_days": streaks.calm,
                "reached_days": streaks.reached,
                "attendance": seen.attendance,
                "reduced": place.share < ALL,
                "coming_back": place.ramp_on(day) < ALL,
            }
        )
        self._track, self._day, self._course, self._seen = track, day, course, seen
        self._exercise = course.book.exercise_at(track.ladder, place.rung)

    def __missing__(self, name: str) -> Value | None:
        """Work a fact out; what nobody knows of is unknown."""
        make = _MADE.get(name)
        value = self[name] = None if make is None else make(self)
        return value

    def _days_missed(self) -> int:
        return self._track.missed(self._day)

    def _done_here(self) -> bool:
        last = self._track.day
        return last is not None and self._exercise in dict(last.shown)

    def _lowest(self) -> bool:
        return easier_rung(self._track, self._course) is None

    def _loaded(self) -> bool:
        return self._exercise in self._course.book.loaded

    def _gentle(self) -> bool:
        return self._exercise in self._course.book.gentle

    def _at_top(self) -> bool:
        return self._track.place.level + 1 >= len(self._course.book.steps[self._exercise])

    def _way_on(self) -> bool:
        """Whether there is a next rung whose needs are met and that nothing keeps out."""
        track = self._track
        return self._course.way_on(track.ladder, track.place.rung, track.side, self._seen.mastered)

    def _flared_next(self) -> bool:
        cap = cap_of(self._track, self._day, self._course)
        return cap is not None and (self._track.place.rung + 1, 0) >= cap

    def _next_open(self) -> bool:
        return self._way_on() and not self._flared_next()

    def _shown(self) -> bool:
        """Whether the last training days show the mastery of the rung."""
        wanted = self._course.book.policy.good_sessions_in_a_row
        return self._track.streaks.shown_of(self._exercise) >= wanted

    def _next_ready(self) -> bool:
        return self._shown() and bool(self["next_open"])

    def _sessions(self) -> int:
        counts = self._track.counts
        return counts.on_rung if self["next_ready"] else counts.at_dose

    def _days(self) -> int:
        counts = self._track.counts
        return self._since(counts.rung_since if self["next_ready"] else counts.dose_since)

    def _since(self, day: datetime.date | None) -> int:
        return 0 if day is None else (self._day - day).days

    def _capped(self) -> bool:
        """Whether what would come next lies where it has flared too often."""
        cap = cap_of(self._track, self._day, self._course)
        if cap is None:
            return False
        if self._shown() and self._way_on() and self._flared_next():
            return True
        grows = not self["next_ready"] and (not self["at_top"] or self["reduced"])
        return bool(grows) and more_dose(self._track).height >= cap

    def _mastered(self) -> bool:
        """Whether log or word say so, and the dose is up to it by now."""
        level = self._course.book.mastery_levels.get(self._exercise)
        if level is None or self._track.place.level < level:
            return False
        logged = dict(self._track.memory.mastered)
        return self._exercise in logged or self._exercise in self._course.mastered_by_word

    def _days_mastered(self) -> int | None:
        """Days since the rung was mastered, in the log or by the person's word."""
        since = dict(self._track.memory.mastered).get(self._exercise)
        if since is not None:
            return (self._day - since).days
        weeks = self._course.weeks_trained
        named = self._exercise in self._course.mastered_by_word
        return None if weeks is None or not named else weeks * 7

    def _protocol_days(self) -> int:
        return self._course.book.steps[self._exercise][self._track.place.level].protocol_days

    def _in_protocol(self) -> bool:
        return self._protocol_days() > 0

    def _protocol_waits(self) -> bool:
        return self._since(self._track.counts.dose_since) < self._protocol_days()

    MADE: ClassVar[Mapping[str, "Callable[[SeenFacts], Value | None]"]] = {
        "days_missed": _days_missed,
        "done_here": _done_here,
        "lowest": _lowest,
        "loaded": _loaded,
        "gentle": _gentle,
        "at_top": _at_top,
        "next_open": _next_open,
        "next_ready": _next_ready,
        "sessions": _sessions,
        "days": _days,
        "capped": _capped,
        "mastered": _mastered,
        "days_mastered": _days_mastered,
        "in_protocol": _in_protocol,
        "protocol_waits": _protocol_waits,
    }


_MADE = SeenFacts.MADE
