"""The progress of a person over the weeks, as SVG: ladders, pain and next mornings.

Each ladder has one lane, or one lane for each side if the sides differ. The line in a lane rises
with the difficulty of the exercise and with its dose. Triangles mark changes; their tooltips state
the reasons.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import pairwise
from textwrap import shorten

from attrs import frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import Ladder
from kineticchain.domain.person import History, Person, Request
from kineticchain.domain.validators import require_instance
from kineticchain.errors import Fault, InvalidInput
from kineticchain.knowledge import Knowledge
from kineticchain.progression import Standing
from kineticchain.recommendation import Recommender
from kineticchain.recommendation.explanation.progress import ProgressPoint, progress_points
from kineticchain.recommendation.plan.plan_input import PlanInput
from kineticchain.recommendation.plan.text import dose_text
from kineticchain.recommendation.plan_making import current_input

_WIDTH, _LEFT, _RIGHT = 860.0, 200.0, 236.0
"""The widths of the picture, of the column for names, and of the column for the last standings."""

_TOP, _RUNG, _GAP = 34.0, 22.0, 20.0
"""The top of the first lane, the height of a rung, and the space between lanes, in pixels."""

_PAIN, _MORNING = 50.0, 36.0
"""The heights of the lanes of pain and of next mornings, in pixels."""

_MOST_PAIN = 10
_WEEK = 7
_MOST_TICKS = 14
"""The largest number of labels of weeks along the axis."""

_MOST_CHANGES = 12
"""The largest number of changes in the list below the lanes. The latest changes are listed."""

_MOST_DOWN = 6
"""The largest number of steps down in that list. Steps up fill the remaining places."""

_LINE = 18.0
"""The height of a line of text."""

_LONGEST_TITLE = 34
"""The largest number of letters of the title of an exercise."""

_LONGEST_NAME = 26
"""The largest number of letters of the name of a lane. A longer name ends at its first comma."""

_STYLE = (
    "text{font:13px sans-serif;fill:#1f2933}.m{font-weight:600}.q{fill:#52606d}"
    ".r{stroke:#cbd2d9;stroke-width:1}.l{stroke:#0c6e7d;stroke-width:2.5;fill:none}"
    ".u{fill:#1f7a45}.d{fill:#b3261e}.p{fill:#52606d}.c{stroke:#b3261e;stroke-dasharray:4 3}"
    "@media (prefers-color-scheme:dark){text{fill:#e8ecef}.q{fill:#a9b6c0}.r{stroke:#46525d}"
    ".l{stroke:#7fd0d6}.u{fill:#6fcf97}.d,.c{fill:#ffb4a8;stroke:#ffb4a8}.p{fill:#a9b6c0}}"
)


@frozen
class _Lane:
    """A ladder with the standing on a side at each point; None before the ladder was trained."""

    ladder: Ladder
    sides: tuple[Side, ...]
    standings: tuple[Standing | None, ...]

    @property
    def rungs(self) -> range:
        """The range of rungs from the lowest to the highest rung of the standings."""
        rungs = [
            standing.rung
            for standing in self.standings
            if standing is not None and standing.rung is not None
        ]
        return range(min(rungs, default=0), max(rungs, default=0) + 1)

    @property
    def height(self) -> float:
        """The height of the lane in pixels."""
        return len(self.rungs) * _RUNG


@frozen
class _Change:
    """A standing that is higher or lower than at the point before."""

    on: datetime.date
    standing: Standing
    sides: tuple[Side, ...]
    is_up: bool


def progress_picture(
    recommender: Recommender,
    person: Person,
    history: History,
    *,
    request: Request | None = None,
    on: datetime.date | None = None,
) -> str:
    """Return a picture of the standings, the pain and the next mornings over the weeks, as SVG.

    The picture has no script, and fits light and dark pages. The texts are in the language of the
    knowledge.

    Args:
        recommender: The recommender with the knowledge.
        person: The person.
        history: The sessions, the mornings and everything else that was logged.
        request: The request. Its goal decides which exercises are in maintenance.
        on: The last day of the picture; by default the picture shows all events.

    Raises:
        InvalidInput: If no session was logged, or if the knowledge lacks something that the input
            names.
    """
    require_instance(recommender, Recommender, "recommender", "give a Recommender")
    stated = PlanInput(person, history, request or Request(), on)
    points = progress_points(current_input(stated, recommender.knowledge), recommender.knowledge)
    if not any(point.standings for point in points):
        raise InvalidInput(Fault("no session to show", "history", "log a session first"))
    return _Picture(recommender.knowledge, points).svg()


@frozen
class _Picture:
    """The points of a history, to be drawn."""

    knowledge: Knowledge
    points: tuple[ProgressPoint, ...]

    def svg(self) -> str:
        """Return the picture."""
        parts: list[str] = []
        changes: list[_Change] = []
        bottom = _TOP
        for lane in self._lanes():
            bottom += lane.height
            lane_changes = [*_changes(lane, self.points)]
            parts += self._lane(lane, bottom, lane_changes)
            changes += lane_changes
            bottom += _GAP
        parts += self._pain(bottom)
        bottom += _PAIN + _GAP
        parts += self._mornings(bottom)
        bottom += _MORNING
        parts += self._weeks(bottom)
        bottom += 2 * _LINE
        listed = _listed(changes)
        for change in listed:
            bottom += _LINE
            parts.append(_text(4, bottom, self._sentence(change)))
        height = bottom + _LINE
        title = escape(self._say("progress_title"))
        spoken = escape(" ".join(self._sentence(change) for change in listed))
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:.0f} {height:.0f}" '
            f'width="{_WIDTH:.0f}" height="{height:.0f}" role="img" aria-label="{title}. {spoken}">\n'
            f"<title>{title}</title>\n<style>{_STYLE}</style>\n"
            + "\n".join([_text(4, 18, self._say("progress_title"), "m"), *parts])
            + "\n</svg>"
        )

    def _lanes(self) -> Iterator[_Lane]:
        """Yield one lane for each trained ladder, or one lane for each side if the sides differ."""
        trained = {standing.ladder for standing in self.points[-1].standings}
        for ladder in self.knowledge.ladders:
            if ladder.id not in trained:
                continue
            by_side: dict[Side, tuple[Standing | None, ...]] = {
                side: tuple(_standing(point, ladder.id, side) for point in self.points)
                for side in ladder.sides()
            }
            heights = {
                side: [standing and standing.height for standing in standings]
                for side, standings in by_side.items()
            }
            sides = tuple(by_side)
            if all(heights[side] == heights[sides[0]] for side in sides):
                yield _Lane(ladder, (Side.BOTH,), by_side[sides[0]])
            else:
                yield from (_Lane(ladder, (side,), by_side[side]) for side in sides)

    def _lane(self, lane: _Lane, bottom: float, changes: Iterable[_Change]) -> Iterator[str]:
        title = self.knowledge.catalog.translated(lane.ladder.title)
        name = title.split(",")[0] if len(title) > _LONGEST_NAME else title
        yield _text(4, bottom - lane.height / 2, name, "m")
        if lane.sides[0] is not Side.BOTH:
            yield _text(4, bottom - lane.height / 2 + 15, self._side(lane.sides[0]), "q")
        yield _base_line(bottom)
        corners: list[tuple[float, float]] = []
        for point, standing in zip(self.points, lane.standings, strict=True):
            if standing is None or standing.rung is None:
                continue
            x, y = self._x(point.on), self._y(lane, standing, bottom)
            if corners:
                corners.append((x, corners[-1][1]))
            corners.append((x, y))
        if corners:
            corners.append((self._x(self.points[-1].on), corners[-1][1]))
            path = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
            yield f'<polyline class="l" points="{path}"/>'
        for change in changes:
            x, y = self._x(change.on), self._y(lane, change.standing, bottom)
            yield _triangle(x, y, self._sentence(change), is_up=change.is_up)
        last = next(standing for standing in reversed(lane.standings) if standing is not None)
        if last.exercise is not None and last.dose is not None:
            x = _WIDTH - _RIGHT + 10
            title = shorten(self.knowledge.title(last.exercise), _LONGEST_TITLE, placeholder=" …")
            yield _text(x, bottom - lane.height / 2, title)
            dose = dose_text(last.dose, self.knowledge.catalog)
            yield _text(x, bottom - lane.height / 2 + 15, dose, "q")

    def _pain(self, top: float) -> Iterator[str]:
        """Yield the worst pain of each day as a dot, from 0 at the bottom to 10 at the top."""
        bottom = top + _PAIN
        yield _text(4, top + _PAIN / 2, self._say("progress_pain"), "m")
        yield _base_line(bottom)
        for point in self.points:
            if point.pain is not None:
                y = bottom - point.pain * _PAIN / _MOST_PAIN
                label = escape(f"{point.on.isoformat()}: {point.pain}")
                yield (
                    f'<circle class="p" cx="{self._x(point.on):.1f}" cy="{y:.1f}" r="3">'
                    f"<title>{label}</title></circle>"
                )

    def _mornings(self, top: float) -> Iterator[str]:
        """Yield each morning that was worse or better than usual as a bar, up for worse."""
        middle = top + _MORNING / 2
        yield _text(4, middle, self._say("progress_morning"), "m")
        yield _base_line(middle)
        for point in self.points:
            if point.morning:
                height = min(abs(point.morning), 4) * _MORNING / 8
                y = middle - height if point.morning > 0 else middle
                kind = "d" if point.morning > 0 else "u"
                label = escape(f"{point.on.isoformat()}: {point.morning:+d}")
                yield (
                    f'<rect class="{kind}" x="{self._x(point.on) - 2:.1f}" y="{y:.1f}" width="4" '
                    f'height="{height:.1f}"><title>{label}</title></rect>'
                )

    def _weeks(self, top: float) -> Iterator[str]:
        weeks = (self.points[-1].on - self.points[0].on).days // _WEEK + 1
        step = -(-weeks // _MOST_TICKS)
        yield _text(4, top + _LINE, self._say("progress_week"), "m")
        for week in range(0, weeks, step):
            x = self._x(self.points[0].on + datetime.timedelta(days=_WEEK * week))
            yield _text(x, top + _LINE, str(week + 1), "q")

    def _x(self, on: datetime.date) -> float:
        first_day, last_day = self.points[0].on, self.points[-1].on
        share = (on - first_day).days / max(1, (last_day - first_day).days)
        return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)

    def _y(self, lane: _Lane, standing: Standing, bottom: float) -> float:
        """Return the y position of a standing, from its rung and from its dose within the rung."""
        assert standing.rung is not None  # noqa: S101 - only open standings are drawn
        doses = len(lane.ladder.rungs[standing.rung].axis)
        share = (standing.level + standing.dose_percent / 100) / (doses + 1)
        return bottom - (standing.rung - lane.rungs.start + share) * _RUNG

    def _sentence(self, change: _Change) -> str:
        """Return a change as a sentence: the day, the exercise, its dose and the reason."""
        standing, catalog = change.standing, self.knowledge.catalog
        parts = [] if standing.exercise is None else [self.knowledge.title(standing.exercise)]
        parts += [self._side(side) for side in change.sides if side is not Side.BOTH]
        parts += [] if standing.dose is None else [dose_text(standing.dose, catalog)]
        reason = standing.decided or standing.reason
        return f"{change.on.isoformat()} · {', '.join(parts)} · {reason.text}"

    def _side(self, side: Side) -> str:
        return self._say(f"side_{side}")

    def _say(self, message: str) -> str:
        return self.knowledge.catalog.text(message)


def _standing(point: ProgressPoint, ladder: str, side: Side) -> Standing | None:
    return next(
        (
            standing
            for standing in point.standings
            if standing.ladder == ladder and standing.side is side
        ),
        None,
    )


def _changes(lane: _Lane, points: Sequence[ProgressPoint]) -> Iterator[_Change]:
    """Yield each standing of a lane that is higher or lower than the standing before it."""
    for (_, before), (point, after) in pairwise(zip(points, lane.standings, strict=True)):
        if before is None or after is None or before.height == after.height:
            continue
        yield _Change(point.on, after, lane.sides, after.height > before.height)


def _listed(changes: Iterable[_Change]) -> list[_Change]:
    """Return the changes that are listed in words, in the order of their days."""
    in_order = sorted(changes, key=lambda change: change.on)
    down = [change for change in in_order if not change.is_up][-_MOST_DOWN:]
    up = [change for change in in_order if change.is_up][len(down) - _MOST_CHANGES :]
    return sorted([*down, *up], key=lambda change: change.on)


def _text(x: float, y: float, text: str, kind: str = "") -> str:
    attribute = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{attribute}>{escape(text)}</text>'


def _base_line(y: float) -> str:
    return f'<line class="r" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'


def _triangle(x: float, y: float, label: str, *, is_up: bool) -> str:
    tip, base = (y - 6, y + 3) if is_up else (y + 6, y - 3)
    kind = "u" if is_up else "d"
    return (
        f'<path class="{kind}" d="M{x:.1f} {tip:.1f} L{x - 5:.1f} {base:.1f} L{x + 5:.1f} {base:.1f} Z">'
        f"<title>{escape(label)}</title></path>"
    )
