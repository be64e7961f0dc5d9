"""Laws 5 to 8 over whole lives: questions, support and shoes, reasons, and order."""

from collections.abc import Iterator

import drawn_people
from attrs import evolve
from drawn_people import KNOWLEDGE, RECOMMENDER, Life, Step
from lived import assessed, breaches, chance, some

import kineticchain as kc
from kineticchain.domain.exercises import Position, Support

# 5


def missed_exclusions(of: Life) -> Iterator[str]:
    rng = chance(of)
    for step in some(of, 3):
        before = assessed(of, step)
        if before.decision.questions:
            continue
        facts = before.situation.facts
        open_facts = [
            fact
            for fact in (*drawn_people.SCREENING, *drawn_people.MEASURES)
            if not fact.reassured_by_silence and not set(fact.names) & set(facts)
        ]
        answers = {fact.id: drawn_people.answer_to(rng, fact) for fact in open_facts}
        finding = kc.Finding(on=step.on, facts=answers, slot=9)
        after = assessed(of, step, step.history.with_events(finding))
        missed = {*after.decision.exclusions} - {*before.decision.exclusions}
        if missed:
            yield f"{step.on} {min(missed)} of {answers}"
        if after.decision.level > max(before.decision.level, kc.ReferralLevel.SOON):
            yield f"{step.on} {before.decision.level} became {after.decision.level}: {answers}"
        missed_demands = {*after.decision.requirements} - {*before.decision.requirements}
        if missed_demands:
            yield f"{step.on} {min(missed_demands)} of {answers}"


def test_completing_the_unknown_answers_reveals_no_exclusion_that_was_missed() -> None:
    assert breaches(missed_exclusions) == []


def unasked(of: Life) -> Iterator[str]:
    """Somebody who was asked nothing gets no exercise, whatever has been lived since."""
    bare = evolve(of.person, screening="unasked", facts={})
    events = [one for one in of.last.history if not isinstance(one, kc.Finding)]
    plan = RECOMMENDER.recommend(bare, kc.History(events), request=of.last.request, on=of.last.on)
    if plan.items or (not kc.explain(plan).questions and plan.status != "refer"):
        yield f"{plan.status} without any screening"
    for step in of.steps:
        if kc.explain(step.plan).questions and (step.plan.items or step.plan.status == "ready"):
            yield f"{step.on} asks and prescribes"


def test_who_was_asked_nothing_is_asked_before_any_exercise() -> None:
    assert breaches(unasked) == []


# 6


def last_word_on_falls(of: Life, step: Step) -> bool:
    """Whether the last that a finding said of falls, within a year, is that there was one."""
    fell = False
    for event in step.history:
        if not isinstance(event, kc.Finding) or (step.on - event.on).days >= 365:
            continue
        if event.facts.get("fall_last_12m") is True or event.facts.get("falls_n", 0) not in {
            0,
            None,
        }:
            fell = True
        elif event.screening != kc.Screening() or "fall_last_12m" in event.facts:
            fell = False
    return fell


def unsupported(of: Life) -> Iterator[str]:
    for step in of.steps:
        if not step.plan.items:
            continue
        assessment = assessed(of, step)
        facts = assessment.situation.facts
        tandem = facts.get("tandem_stance_s")
        shaky = not isinstance(tandem, (int, float)) or tandem < 10
        fell = facts.get("fall_last_12m") is True or last_word_on_falls(of, step)
        for one in assessment.feasible.items:
            exercise = one.exercise
            alone = exercise.position is Position.STANDING and exercise.support is Support.NONE
            if alone and (shaky or fell) and "walking" not in exercise.traits:
                yield f"{step.on} {exercise.id} with {tandem} s, fell {fell}"


def test_no_unsupported_standing_below_ten_seconds_of_tandem_or_after_a_fall() -> None:
    assert breaches(unsupported) == []


def age_of(of: Life, step: Step) -> int | None:
    stated = of.person.as_of or (step.history.events[0].on if step.history else step.on)
    return of.person.age_on(step.on, stated_on=stated)


def barefoot(of: Life) -> Iterator[str]:
    for step in of.steps:
        standing = [
            item
            for item in step.plan.items
            if KNOWLEDGE.exercises[item.exercise].position is Position.STANDING
        ]
        if not standing:
            continue
        facts = assessed(of, step).situation.facts
        hurts = facts.get("painful_regions")
        painful = hurts if isinstance(hurts, frozenset) else frozenset()
        shod = (
            (age_of(of, step) or 0) >= 65
            or facts.get("loss_of_protective_sensation") is not False
            or not painful.isdisjoint({"heel", "toes"})
        )
        if shod and "shoes_on" not in {one.message.id for one in step.plan.precautions}:
            yield f"{step.on} no shoes for {standing[0].exercise}"
        if shod and any(KNOWLEDGE.exercises[item.exercise].barefoot for item in standing):
            yield f"{step.on} barefoot"


def test_shoes_are_on_for_standing_work_where_they_must_be() -> None:
    assert breaches(barefoot) == []


def on_a_chair(of: Life) -> Iterator[str]:
    seated = evolve(of.last.request, equipment=["chair", *drawn_people.EQUIPMENT[2:]])
    plan = RECOMMENDER.recommend(of.person, of.last.history, request=seated, on=of.last.on)
    for item in plan.items:
        if KNOWLEDGE.exercises[item.exercise].support is Support.HAND:
            yield f"{item.exercise} leans on a chair"


def test_a_chair_is_never_a_support() -> None:
    assert drawn_people.EQUIPMENT[0] == "fixed_support"
    assert breaches(on_a_chair) == []


# 7


def silent_emptiness(of: Life) -> Iterator[str]:
    for step in of.steps:
        plan = step.plan
        codes = {one.message.id for one in plan.advice}
        reasons = kc.explain(plan).questions or plan.referral.reasons or codes
        if plan.failures:
            yield f"{step.on} {plan.failures[0]}"
        if not plan.items and not reasons:
            yield f"{step.on} empty without a reason"
        if plan.status == "ready" and not plan.items and not any("empty" in one for one in codes):
            yield f"{step.on} ready, empty, and only {sorted(codes)}"


def test_an_empty_plan_has_its_reason_and_no_rule_fails() -> None:
    assert breaches(silent_emptiness) == []


# 8


def order_matters(of: Life) -> Iterator[str]:
    rng = chance(of)
    for step in some(of):
        events = [*step.history, *step.history]
        rng.shuffle(events)
        person = evolve(
            of.person,
            complaints=[*reversed(of.person.complaints), *of.person.complaints],
            injuries=[*reversed(of.person.injuries)] * 2,
            surgeries=[*reversed(of.person.surgeries)] * 2,
            equipment=[*reversed(of.person.equipment)] * 2,
        )
        plan = RECOMMENDER.recommend(person, kc.History(events), request=step.request, on=step.on)
        if plan != step.plan or str(plan) != str(step.plan):
            yield f"{step.on}"


def test_neither_order_nor_repetition_matters() -> None:
    assert breaches(order_matters) == []
