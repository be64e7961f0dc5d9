"""Laws 1 to 4 over whole lives: referral, caution, feasibility, and nothing takes back."""

from collections.abc import Iterator
from functools import cache

import drawn_people
from attrs import evolve
from drawn_people import KNOWLEDGE, RECOMMENDER, Life
from lived import assessed, at_most, breaches, chance, no_more, some

import kineticchain as kc
from kineticchain.domain.facts.fact_values import GivenValue
from kineticchain.recommendation import Assessment
from kineticchain.rules import LimitKind

# 1


def unreferred(of: Life) -> Iterator[str]:
    for step in of.steps:
        plan = step.plan
        first = str(plan).splitlines()[0]
        urgent = plan.referral.level >= kc.ReferralLevel.SAME_DAY
        if urgent and (plan.items or plan.sessions or plan.status != "refer"):
            yield f"{step.on} {plan.referral.level} and yet {plan.status}"
        codes = [f"level_{plan.referral.level}", "level_at_once"]
        if urgent and first not in {plan.catalog.text(code) for code in codes}:
            yield f"{step.on} begins with {first!r}"
        if plan.status == "refer" and not urgent:
            yield f"{step.on} refers at {plan.referral.level}"


def test_a_referral_of_the_same_day_leaves_no_exercise_and_comes_first() -> None:
    assert breaches(unreferred) == []


# 2


def laxer(before: Assessment, after: Assessment) -> Iterator[str]:
    """What is allowed after and was not before."""
    if after.decision.level < before.decision.level:
        yield f"{before.decision.level} became {after.decision.level}"
    earlier = before.feasible.by_key
    for place, one in after.feasible.by_key.items():
        if place not in earlier:
            yield f"{place[0]} {place[1]} is new"
        elif not at_most(one.cap, earlier[place].cap):
            yield f"{place[0]} {place[1]} rose from {earlier[place].cap} to {one.cap}"
    for kind in LimitKind:
        tight, loose = before.decision.tightest(kind), after.decision.tightest(kind)
        if tight is not None and (loose is None or loose > tight):
            yield f"{kind} rose from {tight} to {loose}"


def worse_answers(of: Life) -> Iterator[str]:
    rng = chance(of)
    for step in some(of):
        for _ in range(3):
            fact = rng.choice(drawn_people.CLEARABLE)
            worse = drawn_people.worse_than_reassuring(rng, fact)
            answers: list[dict[str, GivenValue]] = [{fact.id: fact.reassuring}, {fact.id: worse}]
            if rng.random() < 0.5:
                slot = rng.randint(1, 4)
                good, bad = (
                    assessed(
                        of,
                        step,
                        step.history.with_events(kc.Finding(on=step.on, facts=one, slot=slot)),
                    )
                    for one in answers
                )
                how = "today"
            else:
                good, bad = (
                    RECOMMENDER.assess(
                        evolve(of.person, facts=of.person.facts.updated(one)),
                        step.history,
                        request=step.request,
                        on=step.on,
                    )
                    for one in answers
                )
                how = "at intake"
            for told in laxer(good, bad):
                yield f"{step.on} {fact.id}={worse} {how}: {told}"


def test_a_worse_answer_takes_away_and_never_adds() -> None:
    assert breaches(worse_answers) == []


def silent_answers(of: Life) -> Iterator[str]:
    """Where not to know is reassuring, telling something never gives more."""
    rng = chance(of)
    for step in some(of):
        before = assessed(of, step)
        for fact in drawn_people.SCREENING:
            if fact.reassured_by_silence and not set(fact.names) & set(before.situation.facts):
                answer = drawn_people.answer_to(rng, fact)
                finding = kc.Finding(on=step.on, facts={fact.id: answer}, slot=4)
                after = assessed(of, step, step.history.with_events(finding))
                for told in laxer(before, after):
                    yield f"{step.on} {fact.id}={answer}: {told}"


def test_an_answer_where_silence_was_reassuring_takes_away_and_never_adds() -> None:
    assert breaches(silent_answers) == []


@cache
def without(rule: str) -> kc.Recommender:
    return kc.Recommender(KNOWLEDGE.without_rules(rule))


RULES = tuple(sorted(KNOWLEDGE.rules_by_id))[::17]


def a_rule_more(of: Life) -> Iterator[str]:
    for step in some(of):
        rule = RULES[(of.seed + step.on.toordinal()) % len(RULES)]
        fewer = without(rule).assess(of.person, step.history, request=step.request, on=step.on)
        for told in laxer(fewer, assessed(of, step)):
            yield f"{step.on} with {rule}: {told}"


def test_a_rule_more_takes_away_and_never_adds() -> None:
    assert breaches(a_rule_more) == []


# 3


def infeasible(of: Life) -> Iterator[str]:
    for step in of.steps:
        if not step.plan.items:
            continue
        places = assessed(of, step).feasible.by_key
        for session in step.plan.sessions:
            for item in session.items:
                for side in KNOWLEDGE.exercises[item.exercise].sides(item.side):
                    feasible = places.get((item.exercise, side))
                    if feasible is None:
                        yield f"{step.on} {item.exercise} {side} is not feasible"
                    elif not no_more(item.dose, feasible.cap):
                        yield f"{step.on} {item.exercise} {item.dose} over {feasible.cap}"


def test_no_item_is_outside_the_feasible_set() -> None:
    assert breaches(infeasible) == []


# 4


def taken_back(of: Life) -> Iterator[str]:
    """What is wished for changes neither referral, exclusions nor caps."""
    rng = chance(of)
    for step in some(of):
        before = assessed(of, step).decision
        liked = rng.sample(drawn_people.EXERCISES, 5)
        wishes = evolve(step.request, prefer=liked, avoid=[], days_per_week=7)
        after = RECOMMENDER.assess(of.person, step.history, request=wishes, on=step.on).decision
        if after.level is not before.level:
            yield f"{step.on} level {before.level} became {after.level}"
        if {*after.exclusions} != {*before.exclusions} or {*after.limits} != {*before.limits}:
            yield f"{step.on} exclusions or caps changed with {liked}"
        shown = {
            (one.exercise, one.side, one.reason.rule) for one in kc.explain(step.plan).exclusions
        }
        hidden = [
            one
            for one in before.exclusions
            if not any(
                exercise == one.target.exercise and side.meets(one.target.side)
                for exercise, side, _ in shown
            )
        ]
        if hidden:
            yield f"{step.on} not shown: {hidden[0]}"


def test_wishes_take_back_no_exclusion_cap_or_referral() -> None:
    assert breaches(taken_back) == []


def quietly_disabled_rules(of: Life) -> Iterator[str]:
    for step in some(of):
        rule = RULES[(of.seed + step.on.toordinal()) % len(RULES)]
        plan = without(rule).recommend(of.person, step.history, request=step.request, on=step.on)
        codes = {one.message.id for one in plan.advice}
        if plan.disabled_rules != (rule,) or "rule_left_out" not in codes or rule not in str(plan):
            yield f"{step.on} {rule} is gone and nothing says so"


def test_every_plan_names_the_rule_that_was_disabled_rules() -> None:
    assert breaches(quietly_disabled_rules) == []
