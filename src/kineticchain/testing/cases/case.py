"""A case as its file states it."""

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
    """What a plan must and must not be; see the page on cases for what each key says."""

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
    """What is noted of every exercise of a session."""

    pain: int | None = None
    effort: int | None = None
    form_ok: bool | None = None
    touches: int | None = None
    best_hold_s: int | None = None


@frozen(kw_only=True)
class Found:
    """What is found on the last day of a future."""

    facts: Facts = field(factory=Facts, converter=read_facts)
    complaints: tuple[Complaint, ...] = ()
    screening: Screening = UNASKED


@frozen(kw_only=True)
class Future:
    """A future that starts from the first plan, and where it must lead.

    It is told as a summary of weeks and sessions, or line by line in the language of the
    playground, after the case's own history.
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
    share: tuple[int, ...] = ()
    changed_dimensions_max: int | None = None
    dose_change_pct_max: int | None = None
    status: str | None = None
    referral_min: ReferralLevel = ReferralLevel.NONE
    advice: tuple[str, ...] = ()


@frozen(kw_only=True)
class Case:
    """A person with what came before, what they ask for, and what must come of it."""

    title: str = field(validator=text())
    on: datetime.date
    person: Person = field(factory=Person)
    request: Request = field(factory=Request)
    history: History = field(factory=History)
    playground: tuple[str, ...] = ()
    expect: Expectation = Expectation()
    progress: tuple[Future, ...] = ()
