"""A complaint over time: what is known of it by now, and when it last gave cause for alarm."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias

from attrs import frozen

from kineticchain.domain.anatomy import Side, Site, sites_of
from kineticchain.domain.person.complaint import Complaint
from kineticchain.record.observation import Moment
from kineticchain.record.validity import RecordPolicy

Told: TypeAlias = tuple[Moment, Complaint]
"""A complaint as it was stated, with its moment."""


@frozen
class ComplaintCourse:
    """A painful region on one side (or on the midline) as of a day.

    `pain` is the last one stated, None where it never was. `lowest` is the lowest one since the
    last alarm, so that pain that creeps up is noticed like pain that jumps. `begun` is the day on
    which it began, where that is known. `alarming` is the moment at which it was new or last became
    much worse, and `alarms` are all such moments.
    """

    pain: int | None
    lowest: int | None
    begun: datetime.date | None
    joint: bool | None
    alarming: Moment
    alarms: tuple[Moment, ...]


def courses_of(stated: Iterable[Told], policy: RecordPolicy) -> dict[Site, ComplaintCourse]:
    """The complaints that have not ended, by region and by each side that a region has.

    A complaint of both sides is one of the left and one of the right.
    """
    by_site: dict[Site, list[Told]] = {}
    for moment, complaint in stated:
        for site in sites_of(complaint.region, complaint.side):
            by_site.setdefault(site, []).append((moment, complaint))
    courses = {site: _course(each, policy) for site, each in by_site.items()}
    return {site: course for site, course in courses.items() if course is not None}


def _course(stated: Sequence[Told], policy: RecordPolicy) -> ComplaintCourse | None:
    """One complaint after all that was stated of it; None where pain 0 has ended it."""
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
    """The complaint after what was stated of it at one moment, field by field.

    Of rivals the greater pain, the later beginning and the joint count. What is left out keeps its
    value and its clock.
    """
    pain = max((one.pain for one in rivals if one.pain is not None), default=None)
    begun = max((day for one in rivals if (day := _begun(one, moment))), default=None)
    joints = [one.joint for one in rivals if one.joint is not None]
    joint = any(joints) if joints else None
    if pain == 0:
        return None
    if course is None:
        return ComplaintCourse(pain, pain, begun, joint, moment, (moment,))
    worse = _is_much_worse(course, pain, policy)
    pains = [one for one in (pain, None if worse else course.lowest) if one is not None]
    return ComplaintCourse(
        pain=course.pain if pain is None else pain,
        lowest=min(pains, default=None),
        begun=begun or course.begun,
        joint=course.joint if joint is None else joint,
        alarming=moment if worse else course.alarming,
        alarms=(*course.alarms, moment) if worse else course.alarms,
    )


def _begun(complaint: Complaint, moment: Moment) -> datetime.date | None:
    """The day on which a complaint began, counted from the moment of the statement."""
    days = complaint.days if complaint.weeks is None else 7 * complaint.weeks
    return None if days is None else moment[0] - datetime.timedelta(days=days)


def _is_much_worse(course: ComplaintCourse, after: int | None, policy: RecordPolicy) -> bool:
    """Whether pain has risen by much since it was lowest, or has become severe."""
    if after is None:
        return False
    before = 0 if course.pain is None else course.pain
    return after >= policy.severe_from > before or (
        course.lowest is not None and after - course.lowest >= policy.worse_by
    )


def complaints_on(
    courses: Mapping[Site, ComplaintCourse], day: datetime.date
) -> Iterator[tuple[Complaint, Moment, Moment | None]]:
    """The complaints on a day, with the moments that gave cause for alarm.

    The first moment is that at which the complaint was new or became much worse, the second is None
    where it never became worse. Both sides of a region are one complaint where the same is known of
    them.
    """
    for (region, side), course in sorted(courses.items()):
        other = courses.get((region, side.mirrored)) if side is not Side.BOTH else None
        alike = other is not None and _stated(other) == _stated(course)
        if alike and side is Side.RIGHT:
            continue
        worse = course.alarms[-1] if len(course.alarms) > 1 else None
        weeks = None if course.begun is None else max(0, (day - course.begun).days) // 7
        alarming = course.alarming
        if alike and other is not None:
            side, alarming = Side.BOTH, max(alarming, other.alarming)  # noqa: PLW2901
            others = other.alarms[1:]
            worse = max([*course.alarms[1:], *others], default=None)
        yield Complaint(region, side, course.pain, weeks, None, course.joint), alarming, worse


def _stated(course: ComplaintCourse) -> tuple[int | None, datetime.date | None, bool | None]:
    return course.pain, course.begun, course.joint
