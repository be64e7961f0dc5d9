"""Laws 13 to 15 over whole lives: more pain, symptoms, and breaks."""

import datetime
from collections.abc import Iterable, Iterator

import drawn_people
from attrs import evolve
from drawn_people import DAY, KNOWLEDGE, RECOMMENDER, Life
from lived import STEPS_UP, assessed, breaches, chance, some

import kineticchain as kc
from kineticchain.domain.anatomy import Side

# 13


def sorer(history: kc.History, since: tuple[datetime.date, int], more: int) -> kc.History:
    """The history with more pain in every session from a session on."""

    def hurting(line: kc.ExerciseLog) -> kc.ExerciseLog:
        return line if line.pain is None else evolve(line, pain=min(10, line.pain + more))

    return kc.History(
        evolve(event, lines=[hurting(line) for line in event.lines])
        if isinstance(event, kc.SessionLog) and (event.on, event.slot) >= since
        else event
        for event in history
    )


def higher(before: Iterable[kc.Standing], after: Iterable[kc.Standing]) -> Iterator[str]:
    for old, new in zip(before, after, strict=True):
        if new.stopped is not None:  # until somebody has looked at it there is no training at all
            continue
        up = new.height[:2] > old.height[:2]
        same_rung = new.rung == old.rung and new.dose is not None and old.dose is not None
        more = same_rung and (
            new.dose.volume * new.days_a_week > old.dose.volume * old.days_a_week
            if new.dose and old.dose
            else False
        )
        if up or more:
            yield (
                f"{new.ladder} {new.side}: {old.height} {old.dose} {old.days_a_week}d {old.reason.id}"
                f" became {new.height} {new.dose} {new.days_a_week}d {new.reason.id}"
            )


def more_pain_more_work(of: Life) -> Iterator[str]:
    rng = chance(of)
    for step in some(of):
        sessions = step.history.sessions
        if not sessions:
            continue
        before = assessed(of, step)
        for which in (sessions[-1], rng.choice(sessions)):
            more = rng.randint(1, 10)
            after = assessed(of, step, sorer(step.history, (which.on, which.slot), more))
            if after.decision.level < before.decision.level:
                yield f"{step.on} +{more} since {which.on}: {after.decision.level}"
            for told in higher(before.standings, after.standings):
                yield f"{step.on} +{more} since {which.on}: {told}"
            earlier = before.feasible.by_key
            for place, one in after.feasible.by_key.items():
                # down a rung its own dose is another mixture of sets and repetitions: a lesser one
                if place not in earlier or one.cap.volume > earlier[place].cap.volume:
                    yield f"{step.on} +{more} since {which.on}: {place} may have {one.cap}"


def test_more_pain_never_leads_to_a_higher_rung_or_dose() -> None:
    assert breaches(more_pain_more_work) == []


# 14


def done_in(session: kc.SessionLog) -> set[tuple[str, Side]]:
    return {
        (KNOWLEDGE.ladder_of(line.performed).id, line.side)
        for line in session.lines
        if line.performed is not None
    }


def up_despite_symptoms(of: Life) -> Iterator[str]:
    """No action is a step up, and nobody stands higher than after the same session in calm."""
    for step in some(of, 3):
        sessions = step.history.sessions
        if not sessions:
            continue
        last = sessions[-1]
        rest = [
            one
            for one in step.history
            if one != last and not (isinstance(one, kc.MorningAfter) and one.on > last.on)
        ]
        painful = evolve(last, lines=[evolve(line, pain=6) for line in last.lines])
        morning = kc.MorningAfter(on=last.on + DAY, change=1)
        calm = evolve(last, lines=[evolve(line, pain=0) for line in last.lines])
        on = max(step.on, last.on + DAY)
        quiet = evolve(morning, change=0)
        in_calm, in_pain, worse_after = (
            RECOMMENDER.replay(of.person, kc.History([*rest, *events]), request=step.request, on=on)
            for events in ((calm, quiet), (painful, quiet), (calm, morning))
        )
        for told in (in_pain, worse_after):
            for old, new in zip(in_calm, told, strict=True):
                here = any(
                    ladder == new.ladder and new.side.meets(side) for ladder, side in done_in(last)
                )
                if here and new.action in STEPS_UP:
                    yield f"{on} {new.ladder} {new.side} {new.action} {new.reason.id}"
                if here and old.rung is not None and (new.height[:2] > old.height[:2]):
                    yield f"{on} {new.ladder} {new.side} {old.height} to {new.height}"


def test_pain_above_its_ceiling_or_a_worse_morning_yields_no_step_up() -> None:
    assert breaches(up_despite_symptoms) == []


# 15


def measured(history: kc.History) -> bool:
    """Whether a finding measured something: whoever has not begun yet is placed by it anew."""
    names = {name for fact in drawn_people.MEASURES for name in (fact.id, *fact.names)} | {
        "mastered"
    }
    return any(not names.isdisjoint(one.facts) for one in history.findings)


def progress_without_data(of: Life) -> Iterator[str]:
    step = of.last
    if measured(step.history):
        return
    bare = kc.History(
        evolve(event, lines=[kc.ExerciseLog(line.exercise, line.side) for line in event.lines])
        if isinstance(event, kc.SessionLog)
        else event
        for event in step.history
    )
    nothing = kc.History(
        one for one in step.history if not isinstance(one, (kc.SessionLog, kc.MorningAfter))
    )
    yield from higher(assessed(of, step, nothing).standings, assessed(of, step, bare).standings)


def test_sessions_without_data_never_progress() -> None:
    assert breaches(progress_without_data) == []


SETTLES_WITH_TIME = (kc.InjuryHappened, kc.SurgeryDone, kc.ClinicianResult)


def more_after_longer(of: Life) -> Iterator[str]:
    """Of those for whom time settles nothing else: no injury, operation or result."""
    rng = chance(of)
    for step in some(of, 3):
        if of.person.injuries or of.person.surgeries:
            continue
        if any(isinstance(event, SETTLES_WITH_TIME) for event in step.history):
            continue
        early = step.on + rng.randint(0, 40) * DAY
        late = early + rng.randint(1, 60) * DAY
        sooner, later = (
            RECOMMENDER.assess(
                of.person,
                step.history.with_events(kc.Finding(on=on, screening="clear")),
                request=step.request,
                on=on,
            )
            for on in (early, late)
        )
        if sooner.decision.questions or later.decision.questions:
            continue
        if sooner.situation.state.injuries:
            continue  # what a clinician found broken or torn: time settles it like an injury
        if later.situation.facts["screening_lapsed"]:
            continue  # a sign of warning ran out: what it barred is open again
        for told in higher(sooner.standings, later.standings):
            yield f"{step.on}: {early} to {late} {told}"


def test_a_longer_break_never_gives_more() -> None:
    assert breaches(more_after_longer) == []
