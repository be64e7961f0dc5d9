"""The types of a test case file."""

import datetime

from attrs import field, frozen

from kineticchain.domain.anatomy import Side
from kineticchain.domain.facts import Facts
from kineticchain.domain.person import Complaint, History, Person, Request, Screening
from kineticchain.domain.person.readers import read_facts
from kineticchain.domain.person.screening import UNASKED
from kineticchain.domain.validators import optional, text, whole
from kineticchain.rules import ReferralLevel


@frozen(kw_only=True)
class Expectation:
    """The expected properties of a plan; empty or None values expect nothing.

    Attributes:
        status: the status of the plan.
        referral_min: the least referral level.
        referral_max: the highest referral level.
        rows_any: ids of rows of which at least one is a reason for the referral.
        some_exercise: True if the plan must contain an exercise.
        include_any: groups of exercises; the plan must contain at least one of each group.
        include_on: exercises by side; the plan must contain at least one of them on that side.
        exclude: exercises that the plan must not contain.
        exclude_where: conditions on exercises that must be false for every exercise of the plan.
        exclude_on: conditions like those of `exclude_where`, for the exercises on one side.
        max_minutes: the longest session in minutes.
        max_exercises: the largest number of exercises; both sides of a ladder count once.
        hold_s: the shortest and the longest hold of balance exercises in seconds.
        roll_s: the shortest and the longest duration of soft-tissue exercises in seconds.
        stretch_hold_s: the shortest and the longest hold of calf stretches in seconds.
        tempo_s: seconds up, held and down of heel raises.
        strength_days_apart: the least number of days from one day of heel raises to the next.
        strength_days: the least and the largest number of days of each strength exercise.
        balance_days_min: the least number of days of each balance exercise.
        both_sides: True if exercises per side must be done on both sides.
        weaker_side_first: the side of the first exercise per side.
        whom: ids of messages that name the professionals to see.
        precautions: ids of messages shown as precautions.
        advice: ids of messages shown as advice.
        conflicts: ids of conflict cards that are shown.
        evidence: ids of rows that are shown, with their grades.
        first_line: the first line of the printed plan.
        forbidden: phrases that the printed plan must not contain, in upper or lower case.

    """

    status: str = field(default="ready", validator=text())
    referral_min: ReferralLevel = ReferralLevel.NONE
    referral_max: ReferralLevel = ReferralLevel.EMERGENCY
    rows_any: tuple[str, ...] = ()
    some_exercise: bool = False
    include_any: tuple[tuple[str, ...], ...] = ()
    include_on: dict[Side, tuple[str, ...]] = field(factory=dict)
    exclude: tuple[str, ...] = ()
    exclude_where: tuple[str, ...] = ()
    exclude_on: dict[Side, tuple[str, ...]] = field(factory=dict)
    max_minutes: int | None = None
    max_exercises: int | None = None
    hold_s: tuple[int, ...] = ()
    roll_s: tuple[int, ...] = ()
    stretch_hold_s: tuple[int, ...] = ()
    tempo_s: tuple[int, ...] = ()
    strength_days_apart: int | None = None
    strength_days: tuple[int, ...] = ()
    balance_days_min: int | None = None
    both_sides: bool = False
    weaker_side_first: Side | None = None
    whom: tuple[str, ...] = ()
    precautions: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    evidence: dict[str, str] = field(factory=dict)
    first_line: str | None = None
    forbidden: tuple[str, ...] = ()


@frozen(kw_only=True)
class Notes:
    """The values that are recorded for every exercise of a session; None for not recorded.

    Attributes:
        pain: the worst pain (0–10).
        effort: the perceived exertion (0–10).
        form_ok: True if the form was good.
        touches: how often a hand or foot was put down.
        best_hold_s: the longest hold in seconds.

    """

    pain: int | None = None
    effort: int | None = None
    form_ok: bool | None = None
    touches: int | None = None
    best_hold_s: int | None = None


@frozen(kw_only=True)
class Found:
    """The findings on the last day of a future.

    Attributes:
        facts: the reported facts.
        complaints: the reported complaints.
        screening: the safety questions that were asked.

    """

    facts: Facts = field(factory=Facts, converter=read_facts)
    complaints: tuple[Complaint, ...] = ()
    screening: Screening = UNASKED


@frozen(kw_only=True)
class Future:
    """A simulated continuation of a case, and the expected progression.

    The continuation starts after the history of the case. It is a summary of weeks and sessions, a
    script of the playground, or both; the script is played after the summary.

    Attributes:
        weeks: the duration of the summary in weeks (0 to 520).
        sessions: the number of sessions, evenly spread over the weeks (0 to 3,640).
        planned: the number of planned sessions; None for not recorded.
        reached: True if every session reaches the planned dose, False if it falls short.
        line: the values that are recorded for every exercise.
        last: values for the last session, which replace those of `line` and `sides`.
        sides: values for the exercises of a side, which replace those of `line`.
        morning: the change of pain on the morning after each session (-10 to 10); None for not
            recorded.
        last_morning: the change on the morning after the last session; None for the value of
            `morning`.
        found: the findings on the last day; None without findings.
        missed: days without training after the weeks (0 to 3,650).
        mastered: ids of exercises that the person has mastered before.
        playground: the lines of a playground script.
        ladder: the id of the ladder of the expectations; None for all ladders.
        on_side: the side of the expectations.
        action_in: the expected actions.
        action_not: actions that must not occur.
        next_any: ids of exercises of which at least one must be prescribed next.
        next_not: ids of exercises that must not be prescribed next.
        dose_percent: the lowest and the highest share of the dose after a break, in per cent.
        changed_dimensions_max: the largest number of dimensions that get harder at once.
        dose_change_pct_max: the largest increase of the dose by the last change, in per cent.
        status: the expected status of the plan.
        referral_min: the least expected referral level.
        advice: ids of messages that the plan must advise.

    """

    weeks: int = field(default=0, validator=whole(0, 520, "weeks"))
    sessions: int = field(default=0, validator=whole(0, 3640))
    planned: int | None = field(default=None, validator=optional(whole(0, 3640)))
    reached: bool = True
    line: Notes = Notes()
    last: Notes = Notes()
    sides: dict[Side, Notes] = field(factory=dict)
    morning: int | None = None
    last_morning: int | None = None
    found: Found | None = None
    missed: int = field(default=0, validator=whole(0, 3650, "days"))
    mastered: tuple[str, ...] = ()
    playground: tuple[str, ...] = ()

    ladder: str | None = None
    on_side: Side = Side.BOTH
    action_in: tuple[str, ...] = ()
    action_not: tuple[str, ...] = ()
    next_any: tuple[str, ...] = ()
    next_not: tuple[str, ...] = ()
    dose_percent: tuple[int, ...] = ()
    changed_dimensions_max: int | None = None
    dose_change_pct_max: int | None = None
    status: str | None = None
    referral_min: ReferralLevel = ReferralLevel.NONE
    advice: tuple[str, ...] = ()


@frozen(kw_only=True)
class Case:
    """A test case.

    Attributes:
        title: the title for the report.
        on: the day of the plan.
        person: the person.
        request: the request.
        history: the events before the plan.
        playground: lines of a playground script that are played before the plan.
        expect: the expected plan.
        progress: continuations with their expectations.

    """

    title: str = field(validator=text())
    on: datetime.date
    person: Person = field(factory=Person)
    request: Request = field(factory=Request)
    history: History = field(factory=History)
    playground: tuple[str, ...] = ()
    expect: Expectation = Expectation()
    progress: tuple[Future, ...] = ()
