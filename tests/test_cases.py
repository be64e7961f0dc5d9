"""Every case of `tests/cases`: what a plan must be, and where good and bad weeks lead."""

import datetime
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from attrs import asdict, evolve, field, frozen

import kineticchain as kc
from kineticchain.anatomy import Side
from kineticchain.exercises import Kind
from kineticchain.facts import Facts, evaluate, parse_condition
from kineticchain.interop.converter import document_converter
from kineticchain.person import ExerciseLog, Finding, MorningAfter, PlanIssued, SessionLog
from kineticchain.person.screening import UNASKED
from kineticchain.person.words import read_facts
from kineticchain.recommendation import Plan
from kineticchain.rules import ReferralLevel
from kineticchain.structuring import structure

CASES = sorted((Path(__file__).parent / "cases").glob("*.toml"))


@frozen(kw_only=True)
class Expectation:
    """What a plan must and must not be."""

    status: str
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
    weaker_side_first: Side | None = None
    whom: tuple[str, ...] = ()
    precautions: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    evidence: dict[str, str] = field(factory=dict)
    first_line: str | None = None


@frozen(kw_only=True)
class Line:
    """What is noted of every exercise of every session."""

    pain: int | None = None
    effort: int | None = None
    form_ok: bool | None = None
    touches: int | None = None
    best_hold_s: int | None = None


@frozen(kw_only=True)
class Found:
    """What is found on the last day of a future."""

    facts: Facts = field(factory=Facts, converter=read_facts)
    complaints: tuple[kc.Complaint, ...] = ()
    screening: kc.Screening = UNASKED


@frozen(kw_only=True)
class Progress:
    """A future that starts from the first plan, and where it must lead."""

    weeks: int
    sessions: int
    planned: int | None = None
    reached: bool = True
    line: Line = Line()
    last: Line = Line()
    sides: dict[Side, Line] = field(factory=dict)
    morning: int | None = None
    last_morning: int | None = None
    found: Found | None = None
    missed: int = 0
    mastered: tuple[str, ...] = ()

    ladder: str | None = None
    on_side: Side = Side.BOTH
    action_in: tuple[str, ...] = ()
    action_not: tuple[str, ...] = ()
    next_any: tuple[str, ...] = ()
    next_not: tuple[str, ...] = ()
    share: tuple[int, ...] = ()
    status: str | None = None
    referral_min: ReferralLevel = ReferralLevel.NONE
    advice: tuple[str, ...] = ()


@frozen(kw_only=True)
class Case:
    """A case as its file states it."""

    title: str
    on: datetime.date
    person: kc.Person
    request: kc.Request
    expect: Expectation
    progress: tuple[Progress, ...] = ()


def read_case(path: Path) -> Case:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return structure(document_converter(), data, Case, path.name)


@pytest.fixture(params=CASES, ids=lambda path: path.stem)
def case(request: pytest.FixtureRequest) -> Case:
    path: Path = request.param
    return read_case(path)


def test_a_case_gives_the_plan_that_it_expects(case: Case, recommender: kc.Recommender) -> None:
    plan = recommender.recommend(case.person, request=case.request, on=case.on)
    assert list(differences(case.expect, plan, recommender.knowledge)) == []


def test_the_futures_of_a_case_lead_where_it_expects(
    case: Case, recommender: kc.Recommender
) -> None:
    for future in case.progress:
        person = looked_at(case.person, future)
        history = lived(person, case, future, recommender)
        last_day = case.on + datetime.timedelta(days=7 * future.weeks + future.missed)
        plan = recommender.recommend(person, history, request=case.request, on=last_day)
        moves = last_moves(case, person, history, recommender, plan)
        assert list(future_differences(future, plan, moves)) == []


def last_moves(
    case: Case, person: kc.Person, history: kc.History, recommender: kc.Recommender, plan: Plan
) -> dict[tuple[str, Side], kc.Standing]:
    """For each ladder and side what last moved rung or dose, or what holds where nothing did."""
    moved = {(one.ladder, one.side): one for one in plan.standings}
    before: dict[tuple[str, Side], kc.Standing] = {}
    ends = [(at + 1, event.on) for at, event in enumerate(history)]
    for until, day in ends:
        past = kc.History(history.events[:until])
        for one in recommender.replay(person, past, request=case.request, on=day):
            key = one.ladder, one.side
            if key in before and one.height != before[key].height:
                moved[key] = one
            before[key] = one
    last = {(one.ladder, one.side): one for one in plan.standings}
    return {key: last[key] if last[key].action.steps_down else one for key, one in moved.items()}


def future_differences(
    future: Progress, plan: Plan, moves: dict[tuple[str, Side], kc.Standing]
) -> Iterator[str]:
    """All in which a future leads elsewhere than expected, in plain words."""
    standings = [
        one
        for one in plan.standings
        if future.ladder in {None, one.ladder} and one.side.meets(future.on_side)
    ]
    for one in standings:
        where = f"{one.ladder} ({one.side})"
        move = moves[one.ladder, one.side]
        if future.action_in and move.action not in future.action_in:
            yield f"{where}: {move.action}, because {move.reason}"
        if move.action in future.action_not:
            yield f"{where}: {move.action}, because {move.reason}"
        if future.ladder and future.next_any and one.exercise not in future.next_any:
            yield f"{where} stands on {one.exercise}"
        if future.share and not future.share[0] <= one.share <= future.share[1]:
            yield f"{where}: {one.share} % of the dose"
    come = {one.exercise for one in standings}
    if future.next_any and come.isdisjoint(future.next_any):
        yield f"none of {future.next_any} comes next"
    if future.ladder is None:
        come = {item.exercise for item in plan.items if item.side.meets(future.on_side)}
    for unwanted in come.intersection(future.next_not):
        yield f"{unwanted} comes next"
    if plan.referral.level < future.referral_min:
        yield f"referral is {plan.referral.level}"
    if future.status is not None and plan.status != future.status:
        yield f"status is {plan.status}, expected {future.status}"
    shown = {one.message.id for one in plan.advice}
    for wanted in set(future.advice) - shown:
        yield f"{wanted} is not advised, only {sorted(shown)}"


def looked_at(person: kc.Person, future: Progress) -> kc.Person:
    """The person, who is known to master what the future's sessions begin above."""
    if not future.mastered:
        return person
    return evolve(person, facts=person.facts.updated({"mastered": list(future.mastered)}))


def lived(
    person: kc.Person, case: Case, future: Progress, recommender: kc.Recommender
) -> kc.History:
    """The history of a future, as `tests/cases/README.md` reads its summary."""
    history = kc.History()
    total = future.weeks * 7
    if future.planned is not None:
        rate = future.planned // future.weeks
        history = history.with_events(PlanIssued(on=case.on, sessions_per_week=rate))
    days = [
        case.on + datetime.timedelta(days=at * (total - 1) // max(1, future.sessions - 1))
        for at in range(future.sessions)
    ]
    for number, day in enumerate(days):
        final = number + 1 == len(days)
        plan = recommender.recommend(person, history, request=case.request, on=day)
        planned = {item.exercise for item in plan.items}
        lines = [
            line_of(one, future, final=final) for one in plan.standings if one.exercise in planned
        ]
        slot = 1 + sum(other == day for other in days[:number])
        history = history.with_events(SessionLog(on=day, slot=slot, lines=lines))
        change = future.morning
        if final and future.last_morning is not None:
            change = future.last_morning
        if change is not None:
            morning = MorningAfter(on=day + datetime.timedelta(days=1), change=change)
            history = history.with_events(morning)
    if future.found is not None:
        found = future.found
        last_day = case.on + datetime.timedelta(days=total)
        history = history.with_events(
            Finding(
                on=last_day,
                facts=found.facts,
                complaints=found.complaints,
                screening=found.screening,
            )
        )
    return history


def line_of(standing: kc.Standing, future: Progress, *, final: bool) -> ExerciseLog:
    """What is noted of one exercise: what holds of all sessions, of the side, of the last one."""
    notes = [future.line, future.sides.get(standing.side, Line()), future.last if final else Line()]
    noted = {
        name: value for line in notes for name, value in asdict(line).items() if value is not None
    }
    dose = standing.dose
    assert standing.exercise is not None
    assert dose is not None
    done = dose if future.reached else short_of(dose)
    return ExerciseLog(standing.exercise, standing.side, done=done, **noted)


def short_of(dose: kc.Dose) -> kc.Dose:
    """A little less than a dose: a set, or else half of each set."""
    if dose.sets > 1:
        return evolve(dose, sets=dose.sets - 1)
    return evolve(dose, **{axis: max(1, of // 2) for axis, of in dose.amounts() if axis != "sets"})


def differences(expect: Expectation, plan: Plan, knowledge: kc.Knowledge) -> Iterator[str]:
    """All in which a plan is not what is expected, in plain words."""
    if plan.status != expect.status:
        yield f"status is {plan.status}, expected {expect.status}"
    level = plan.referral.level
    if not expect.referral_min <= level <= expect.referral_max:
        yield f"referral is {level}"
    rows = {row for reason in plan.referral.reasons for row in reason.evidence}
    if expect.rows_any and rows.isdisjoint(expect.rows_any):
        yield f"the referral rests on {sorted(rows)}"
    if expect.some_exercise and not plan.items:
        yield "no exercise"
    yield from _exercise_differences(expect, plan, knowledge)
    yield from _limit_differences(expect, plan, knowledge)
    yield from _shown_differences(expect, plan)


def _exercise_differences(
    expect: Expectation, plan: Plan, knowledge: kc.Knowledge
) -> Iterator[str]:
    planned = {item.exercise for item in plan.items}
    for wanted in expect.include_any:
        if planned.isdisjoint(wanted):
            yield f"none of {wanted} in {sorted(planned)}"
    for side, wanted in expect.include_on.items():
        there = {item.exercise for item in plan.items if item.side.meets(side)}
        if there.isdisjoint(wanted):
            yield f"none of {wanted} on the {side} in {sorted(there)}"
    for unwanted in planned.intersection(expect.exclude):
        yield f"{unwanted} is in the plan"
    attributes = knowledge.catalogue.attributes
    for item in plan.items:
        conditions = list(expect.exclude_where)
        for side, more in expect.exclude_on.items():
            conditions += more if item.side.meets(side) else ()
        for text in conditions:
            if evaluate(parse_condition(text), attributes[item.exercise]) is not False:
                yield f"{item.exercise} ({item.side}) is in the plan, though {text}"


def _limit_differences(expect: Expectation, plan: Plan, knowledge: kc.Knowledge) -> Iterator[str]:
    longest = max((session.minutes for session in plan.sessions), default=0)
    if expect.max_minutes is not None and longest > expect.max_minutes:
        yield f"a session of {longest} minutes"
    count = len({item.exercise for item in plan.items})
    if expect.max_exercises is not None and count > expect.max_exercises:
        yield f"{count} exercises"
    yield from _dose_differences(expect, plan, knowledge)
    first = next((item.side for item in plan.items if item.side is not Side.BOTH), None)
    if expect.weaker_side_first is not None and first is not expect.weaker_side_first:
        yield f"the {first} side comes first"


def _dose_differences(expect: Expectation, plan: Plan, knowledge: kc.Knowledge) -> Iterator[str]:
    for item in plan.items:
        balance = knowledge.exercises[item.exercise].kind is Kind.BALANCE
        if expect.hold_s and balance and item.dose.hold_s is not None:
            low, high = expect.hold_s
            if not low <= item.dose.hold_s <= high:
                yield f"{item.exercise} is held {item.dose.hold_s} s"
        kind = knowledge.exercises[item.exercise].kind
        stretch = item.dose.hold_s or 0
        calf = item.exercise.endswith(("_straight", "_bent", "_strap", "_incline", "calf_stretch"))
        if expect.stretch_hold_s and kind is Kind.STRETCH and calf:
            low, high = expect.stretch_hold_s
            if not low <= stretch <= high:
                yield f"{item.exercise} is held {stretch} s"
        rolled = item.dose.duration_s or 0
        if expect.roll_s and kind is Kind.SOFT_TISSUE:
            low, high = expect.roll_s
            if not low <= rolled <= high:
                yield f"{item.exercise} takes {rolled} s a foot"
        if kind is Kind.STRENGTH and "heel_raise" in item.exercise:
            if expect.tempo_s and item.tempo_s != expect.tempo_s:
                yield f"{item.exercise} is done at {item.tempo_s}"
            days = [*item.days, item.days[0] + 7]
            gaps = [later - day for day, later in pairwise(days)]
            if expect.strength_days_apart is not None and min(gaps) < expect.strength_days_apart:
                yield f"{item.exercise} is done on days {item.days}"


def _shown_differences(expect: Expectation, plan: Plan) -> Iterator[str]:
    shown = {
        "precaution": ({one.message.id for one in plan.precautions}, expect.precautions),
        "whom": ({one.id for one in plan.referral.whom}, expect.whom),
        "advice": ({one.message.id for one in plan.advice}, expect.advice),
        "conflict": ({one.id for one in plan.conflicts}, expect.conflicts),
    }
    for kind, (there, wanted) in shown.items():
        for missing in set(wanted) - there:
            yield f"the {kind} {missing} is not shown"
    grades = {row.id: row.grade for row in plan.evidence}
    for row, grade in expect.evidence.items():
        if grades.get(row) != grade:
            yield f"row {row} is shown with grade {grades.get(row)}"
    first = str(plan).splitlines()[0]
    if expect.first_line is not None and first != expect.first_line:
        yield f"the printed plan opens with {first!r}"
