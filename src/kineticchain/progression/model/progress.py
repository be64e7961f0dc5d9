"""Progress: the state of a replay after some days."""

import datetime
from collections.abc import Iterable, Mapping

from attrs import evolve, field, frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.person import PlanIssued, SessionLog
from kineticchain.progression.model.track import Track, TrackKey
from kineticchain.record.derivation.attendance import Attendance


@frozen
class Progress:
    """The state of replay after some days.

    Attributes:
        tracks: The tracks that events may have changed. A ladder and side without an entry has its
            initial track, in `ReplayContext.first_tracks`, or is closed.
        trained: The keys of the tracks that were trained on `on`.
        on: The last training day of any track; None before the first training day.
        mastered: The exercises that the log shows as mastered, each with the side.
        attendance: Sessions planned and done in the last two weeks.
        ceiling: The pain ceiling (0-10) of the plan in force; None if no plan states one.
    """

    tracks: Mapping[TrackKey, Track]
    trained: tuple[TrackKey, ...] = ()
    on: datetime.date | None = None
    mastered: frozenset[tuple[str, Side]] = frozenset()
    attendance: Attendance = field(factory=Attendance)
    ceiling: int | None = None

    def track(self, key: TrackKey, first_tracks: Mapping[TrackKey, Track]) -> Track | None:
        """Return the track of a ladder and side; None while the ladder is closed.

        Args:
            key: The ladder and the side.
            first_tracks: The initial track of each ladder and side that is open at the start.
        """
        track = self.tracks.get(key)
        return first_tracks.get(key) if track is None else track

    def with_attendance(self, events: Iterable[PlanIssued] | Iterable[SessionLog]) -> "Progress":
        """Return the progress with plans or sessions of a day counted in the attendance."""
        attendance = self.attendance
        for event in events:
            attendance = attendance.after(event)
        return evolve(self, attendance=attendance)


def beginning() -> Progress:
    """Return the progress before the first event."""
    return Progress(tracks={})
