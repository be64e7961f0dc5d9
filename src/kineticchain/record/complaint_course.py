"""Complaints over time: as of a day, their pain, when they began and when they became worse."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias

from attrs import frozen

from kineticchain.domain.anatomy import Side, Site, sites_of
from kineticchain.domain.person.complaint import MAX_WEEKS, Complaint
from kineticchain.record.observation import Moment
from kineticchain.record.validity import RecordPolicy

Told: TypeAlias = tuple[Moment, Complaint]
"""A complaint as it was stated, with its moment."""


@frozen
class ComplaintCourse:
    """Course of the pain of a region on one side, or on the midline, as of a day.

    Attributes:
        pain: Last pain stated (0-10); None if never stated.
        lowest: Lowest pain stated since `alarming`, so that a gradual rise is noticed like a jump;
            None if no pain was stated.
        begun: Day on which the complaint began; None if unknown.
        joint: True if the pain is in the joint itself; None if unknown.
        alarming: Last of `alarms`.
        alarms: Moment at which the complaint was new, then each moment at which it became much
            worse, the earliest first.

    """

    pain: int | None
    lowest: int | None
    begun: datetime.date | None
    joint: bool | None
    alarming: Moment
    alarms: tuple[Moment, ...]


def courses_of(stated: Iterable[Told], policy: RecordPolicy) -> dict[Site, ComplaintCourse]:
    """Return the courses of all complaints that have not ended, by site.

    A complaint of both sides counts as one of the left and one of the right.

    Args:
        stated: Complaints with the moments at which they were stated, in any order.
        policy: The rise of pain, and the pain, from which a complaint counts as "much worse".

    """
    by_site: dict[Site, list[Told]] = {}
    for moment, complaint in stated:
        for site in sites_of(complaint.region, complaint.side):
            by_site.setdefault(site, []).append((moment, complaint))
    courses = {site: _course(statements, policy) for site, statements in by_site.items()}
    return {site: course for site, course in courses.items() if course is not None}


def _course(stated: Sequence[Told], policy: RecordPolicy) -> ComplaintCourse | None:
    """Return the course of one complaint after all its statements; None once pain 0 ends it."""
    course: ComplaintCourse | None = None
    moment_of = itemgetter(0)
    for moment, group in groupby(sorted(stated, key=moment_of), key=moment_of):
        course = _after(course, moment, [complaint for _, complaint in group], policy)
    return course


def _after(
    course: ComplaintCourse | None,
    moment: Moment,
    rivals: Sequence[Complaint],
    policy: RecordPolicy,
) -> ComplaintCourse | None:
    """Return the course after the statements of one moment; None if the pain is 0.

    If the statements differ, the greatest pain, the latest beginning and a painful joint count. A
    field without a value in these statements keeps its earlier value.
    """
    pain = max((rival.pain for rival in rivals if rival.pain is not None), default=None)
    begun = max((day for rival in rivals if (day := _begun(rival, moment))), default=None)
    joints = [rival.joint for rival in rivals if rival.joint is not None]
    joint = any(joints) if joints else None
    if pain == 0:
        return None
    if course is None:
        return ComplaintCourse(pain, pain, begun, joint, moment, (moment,))
    worse = _is_much_worse(course, pain, policy)
    lowest = None if worse else course.lowest  # a worsening restarts the minimum
    pains = [value for value in (pain, lowest) if value is not None]
    return ComplaintCourse(
        pain=course.pain if pain is None else pain,
        lowest=min(pains, default=None),
        begun=begun or course.begun,
        joint=course.joint if joint is None else joint,
        alarming=moment if worse else course.alarming,
        alarms=(*course.alarms, moment) if worse else course.alarms,
    )


def _begun(complaint: Complaint, moment: Moment) -> datetime.date | None:
    """Return the day on which a complaint began: the day of its statement, less its duration."""
    days = complaint.days if complaint.weeks is None else 7 * complaint.weeks
    return None if days is None else moment[0] - datetime.timedelta(days=days)


def _is_much_worse(course: ComplaintCourse, after: int | None, policy: RecordPolicy) -> bool:
    """Return whether pain has become severe, or has risen by `worse_by` since it was lowest."""
    if after is None:
        return False
    before = 0 if course.pain is None else course.pain
    return after >= policy.severe_from > before or (
        course.lowest is not None and after - course.lowest >= policy.worse_by
    )


def complaints_on(
    courses: Mapping[Site, ComplaintCourse], day: datetime.date
) -> Iterator[tuple[Complaint, Moment, Moment | None]]:
    """Yield the complaints on a day, with the moments at which they were new or became much worse.

    Both sides of a region are one complaint if pain, beginning and joint are the same.

    Args:
        courses: Course of each complaint by site.
        day: Day up to which weeks are counted.

    Yields:
        The complaint, the moment at which it was new or last became much worse, and the moment at
        which it last became much worse, or None if it never did.

    """
    for (region, side), course in sorted(courses.items()):
        opposite = courses.get((region, side.mirrored)) if side is not Side.BOTH else None
        alike = opposite is not None and _stated(opposite) == _stated(course)
        if alike and side is Side.RIGHT:
            continue  # the left side has yielded both
        # The first moment of `alarms` is that of the new complaint. The others are worsenings.
        worse = course.alarms[-1] if len(course.alarms) > 1 else None
        days = None if course.begun is None else max(0, (day - course.begun).days)
        weeks = None if days is None else min(days // 7, MAX_WEEKS)
        alarming = course.alarming
        if alike and opposite is not None:
            side, alarming = Side.BOTH, max(alarming, opposite.alarming)  # noqa: PLW2901
            opposite_alarms = opposite.alarms[1:]
            worse = max([*course.alarms[1:], *opposite_alarms], default=None)
        yield Complaint(region, side, course.pain, weeks, None, course.joint), alarming, worse


def _stated(course: ComplaintCourse) -> tuple[int | None, datetime.date | None, bool | None]:
    """Return the fields that have to agree for two sides to be one complaint."""
    return course.pain, course.begun, course.joint
