"""Differences between a plan and the expectation of a case, in words for clinicians."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import Kind
from kineticchain.domain.facts import evaluate, parse_condition
from kineticchain.knowledge import Knowledge
from kineticchain.recommendation import Explanation, Plan
from kineticchain.testing.cases.case import Expectation


def differences(expect: Expectation, explanation: Explanation) -> Iterator[str]:
    """Yield a sentence for each expectation that a plan does not meet.

    Args:
        expect: the expectation.
        explanation: the explanation of the plan.

    """
    plan, knowledge = explanation.plan, explanation.context.knowledge
    if plan.status != expect.status:
        yield f"status is {plan.status}, expected {expect.status}"
    level = plan.referral.level
    if not expect.referral_min <= level <= expect.referral_max:
        low, high = expect.referral_min, expect.referral_max
        yield f"referral is {level}, expected {low}" + ("" if low is high else f" to {high}")
    rows = {row for reason in plan.referral.reasons for row in reason.evidence}
    if expect.rows_any and rows.isdisjoint(expect.rows_any):
        wanted = " or ".join(expect.rows_any)
        yield f"the referral rests on {', '.join(sorted(rows)) or 'nothing'}, expected {wanted}"
    if expect.some_exercise and not plan.items:
        yield "there is no exercise, expected some"
    yield from _exercise_differences(expect, explanation)
    yield from _limit_differences(expect, plan, knowledge)
    yield from _shown_differences(expect, explanation)


def _exercise_differences(expect: Expectation, explanation: Explanation) -> Iterator[str]:
    plan, knowledge = explanation.plan, explanation.context.knowledge
    planned = {item.exercise for item in plan.items}
    for wanted in expect.include_any:
        if planned.isdisjoint(wanted):
            yield f"none of {', '.join(wanted)} is in the plan: {_why_not(explanation, wanted)}"
    for side, wanted in expect.include_on.items():
        on_side = {item.exercise for item in plan.items if item.side.meets(side)}
        if on_side.isdisjoint(wanted):
            yield f"none of {', '.join(wanted)} on the {side}: {_why_not(explanation, wanted)}"
    for unwanted in sorted(planned.intersection(expect.exclude)):
        yield f"{unwanted} is in the plan: {explanation.why(unwanted).reasons[0].message}"
    attributes = knowledge.exercise_index.attributes
    for item in plan.items:
        conditions = list(expect.exclude_where)
        for side, texts in expect.exclude_on.items():
            conditions += texts if item.side.meets(side) else ()
        for text in conditions:
            if evaluate(parse_condition(text), attributes[item.exercise]) is not False:
                yield f"{item.exercise} ({item.side}) is in the plan, though {text}"


def _why_not(explanation: Explanation, wanted: tuple[str, ...]) -> str:
    """Return the first reason for the exclusion of each expected exercise."""
    sentences = []
    for exercise in wanted:
        reasons = explanation.why_not(exercise).reasons
        reason = f"{reasons[0].message}" if reasons else "one side"
        sentences.append(f"{exercise}: {reason}")
    return " ".join(sentences)


def _limit_differences(expect: Expectation, plan: Plan, knowledge: Knowledge) -> Iterator[str]:
    longest = max((session.minutes for session in plan.sessions), default=0)
    if expect.max_minutes is not None and longest > expect.max_minutes:
        yield f"a session takes {longest:g} minutes, expected {expect.max_minutes} at the most"
    count = len({knowledge.ladder_of(item.exercise).id for item in plan.items})
    if expect.max_exercises is not None and count > expect.max_exercises:
        yield f"there are {count} exercises, expected {expect.max_exercises} at the most"
    yield from _dose_differences(expect, plan, knowledge)
    first = next((item.side for item in plan.items if item.side is not Side.BOTH), None)
    if expect.weaker_side_first is not None and first is not expect.weaker_side_first:
        yield f"the {first} side comes first, expected the {expect.weaker_side_first} one"
    yield from _day_differences(expect, plan, knowledge)


def _dose_differences(expect: Expectation, plan: Plan, knowledge: Knowledge) -> Iterator[str]:
    for item in plan.items:
        balance = knowledge.exercises[item.exercise].kind is Kind.BALANCE
        if expect.hold_s and balance and item.dose.hold_s is not None:
            low, high = expect.hold_s
            if not low <= item.dose.hold_s <= high:
                yield f"{item.exercise} is held {item.dose.hold_s} s, expected {low} to {high}"
        kind = knowledge.exercises[item.exercise].kind
        stretch = item.dose.hold_s or 0
        calf = item.exercise.endswith(("_straight", "_bent", "_strap", "_incline", "calf_stretch"))
        if expect.stretch_hold_s and kind is Kind.STRETCH and calf:
            low, high = expect.stretch_hold_s
            if not low <= stretch <= high:
                yield f"{item.exercise} is held {stretch} s, expected {low} to {high}"
        rolled = item.dose.duration_s or 0
        if expect.roll_s and kind is Kind.SOFT_TISSUE:
            low, high = expect.roll_s
            if not low <= rolled <= high:
                yield f"{item.exercise} takes {rolled} s a foot, expected {low} to {high}"
        if kind is Kind.STRENGTH and "heel_raise" in item.exercise:
            if expect.tempo_s and item.tempo_s != expect.tempo_s:
                tempo, wanted = (_joined(each or ()) for each in (item.tempo_s, expect.tempo_s))
                yield f"{item.exercise} is done at a tempo of {tempo}, expected {wanted}"
            # the cycle repeats, so that the gap across the end of the cycle counts as well
            days = [*item.days, item.days[0] + plan.cycle_days]
            gaps = [later - day for day, later in pairwise(days)]
            if expect.strength_days_apart is not None and min(gaps) < expect.strength_days_apart:
                apart = f"{expect.strength_days_apart} days apart"
                yield f"{item.exercise} is done on days {_joined(item.days)}, expected {apart}"


def _day_differences(expect: Expectation, plan: Plan, knowledge: Knowledge) -> Iterator[str]:
    """Yield differences in the number of training days and in the trained sides."""
    for item in plan.items:
        kind, days = knowledge.exercises[item.exercise].kind, len(item.days)
        if expect.strength_days and kind is Kind.STRENGTH:
            low, high = expect.strength_days
            if not low <= days <= high:
                yield f"{item.exercise} is done on {days} days, expected {low} to {high}"
        least = expect.balance_days_min
        if least is not None and kind is Kind.BALANCE and days < least:
            yield f"{item.exercise} is done on {days} days, expected {least} at the least"
    sides: dict[str, set[Side]] = {}
    for item in plan.items:
        if item.per_side:
            trained = sides.setdefault(knowledge.ladder_of(item.exercise).title, set())
            trained.update(item.side.each)
    for title, trained in sides.items():
        if expect.both_sides and len(trained) == 1:
            yield f"“{title}” is done on the {trained.pop()} alone, expected on both sides"


def _joined(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))


def _shown_differences(expect: Expectation, explanation: Explanation) -> Iterator[str]:
    plan = explanation.plan
    shown = {
        "precaution": ({reason.message.id for reason in plan.precautions}, expect.precautions),
        "referral to": ({message.id for message in plan.referral.whom}, expect.whom),
        "advice": ({reason.message.id for reason in plan.advice}, expect.advice),
        "conflict": ({conflict.id for conflict in explanation.conflicts}, expect.conflicts),
    }
    for kind, (present, wanted) in shown.items():
        for missing in sorted(set(wanted) - present):
            yield f"the {kind} {missing} is not shown"
    grades = {row.id: row.grade for row in explanation.evidence}
    for row, grade in expect.evidence.items():
        if grades.get(row) != grade:
            actual = f"shown as {grades[row]}" if row in grades else "not shown"
            yield f"row {row} is {actual}, expected as {grade}"
    printed = str(plan)
    for phrase in expect.forbidden:
        if phrase.lower() in printed.lower():
            yield f"the printed plan says “{phrase}”"
    first = printed.splitlines()[0]
    if expect.first_line is not None and first != expect.first_line:
        yield f"the printed plan opens with “{first}”, expected “{expect.first_line}”"
