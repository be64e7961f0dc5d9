"""Law 11: event by event, in any order, comes to the same as a replay of the whole history."""

import datetime

import pytest
from attrs import evolve
from builtin_knowledge import KNOWLEDGE, RECOMMENDER
from drawn_lives import DAY, FIRST, PERSON, lives
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

import kineticchain as kc
from kineticchain.domain.person import Event
from kineticchain.errors import InvalidInput
from kineticchain.interop import json
from kineticchain.progression import (
    Checkpoint,
    ReplayState,
    advance,
    advanced,
    begin,
    replayed,
    replayed_onward,
    resume,
)
from kineticchain.recommendation.assessment.assessment import Assessment
from kineticchain.recommendation.plan.plan_input import PlanInput
from kineticchain.testing.strategies import events, persons

COURSE = RECOMMENDER.assess(PERSON, on=FIRST).replay_context


ANY_EVENT = events(KNOWLEDGE)


class Recording(RuleBasedStateMachine):
    """An app that records events as they come: late ones, twice, of one key and different."""

    @initialize()
    def begin(self) -> None:
        """Nothing has happened."""
        self.state: ReplayState = begin(COURSE)
        self.told: list[Event] = []

    @rule(data=st.data())
    def something_happens(self, data: st.DataObject) -> None:
        """Any event, on any day."""
        event = data.draw(ANY_EVENT)
        self.state = advance(self.state, event, COURSE)
        self.told.append(event)

    @rule(data=st.data())
    def something_is_told_twice(self, data: st.DataObject) -> None:
        """An event that was told before."""
        if self.told:
            again = data.draw(st.sampled_from(self.told))
            self.state = advance(self.state, again, COURSE)

    @rule(pain=st.integers(0, 10), number=st.integers(0, 60))
    def a_session_is_corrected(self, pain: int, number: int) -> None:
        """Two different logs of one key are both heard."""
        day = FIRST + number * DAY
        line = kc.ExerciseLog("walking", done=kc.Dose(duration_s=300), pain=pain)
        for one in (line, evolve(line, pain=0)):
            event = kc.SessionLog(on=day, lines=[one])
            self.state = advance(self.state, event, COURSE)
            self.told.append(event)

    @invariant()
    def it_equals_the_whole(self) -> None:
        """What came event by event is what a replay of all comes to."""
        if hasattr(self, "told"):
            whole = replayed(kc.History(self.told), COURSE)
            same = self.state.progress == whole
            assert same  # told apart by itself: the two would fill pages


TestRecording = Recording.TestCase
TestRecording.settings = settings(max_examples=20, stateful_step_count=15)


@given(life=lives(KNOWLEDGE), at=st.integers(0, 30))
def test_from_a_checkpoint_it_goes_on_as_if_nothing_had_been(life: kc.History, at: int) -> None:
    half = min(at, len(life))
    state = advanced(begin(COURSE), life.events[:half], COURSE)
    stored = json.dumps(state.checkpoint())
    again = resume(json.loads(stored, Checkpoint), COURSE)
    assert again.progress == state.progress
    whole = advanced(again, life.events[half:], COURSE)
    assert whole.progress == replayed(life, COURSE)


@given(life=lives(KNOWLEDGE))
def test_a_late_morning_equals_an_early_one(life: kc.History) -> None:
    mornings = [one for one in life if isinstance(one, kc.MorningAfter)]
    rest = [one for one in life if not isinstance(one, kc.MorningAfter)]
    state = advanced(begin(COURSE), [*rest], COURSE)
    for morning in mornings:
        state = advance(state, morning, COURSE)
    assert state.progress == replayed(life, COURSE)


def session(number: int) -> kc.SessionLog:
    line = kc.ExerciseLog("walking", done=kc.Dose(duration_s=300), pain=0)
    return kc.SessionLog(on=FIRST + number * DAY, lines=[line])


def test_what_is_older_than_the_checkpoint_asks_for_the_whole_history() -> None:
    state = advanced(begin(COURSE), [session(5), session(7)], COURSE)
    again = resume(state.checkpoint(), COURSE)
    with pytest.raises(InvalidInput, match="older than what the checkpoint keeps"):
        advance(again, session(2), COURSE)


def test_a_checkpoint_of_another_knowledge_is_refused() -> None:
    other = kc.Recommender(KNOWLEDGE.with_policy(kc.Policy(pain_safe=1)))
    course = other.assess(PERSON, on=FIRST).replay_context
    state = advanced(begin(COURSE), [session(1)], COURSE)
    with pytest.raises(InvalidInput, match="knowledge or person are others"):
        resume(state.checkpoint(), course)
    with pytest.raises(InvalidInput, match="knowledge or person are others"):
        advance(state, session(2), course)
    with pytest.raises(InvalidInput, match="knowledge or person are others"):
        advanced(state, [session(2)], course)
    assert state.checkpoint().context.startswith(KNOWLEDGE.fingerprint)


@given(change=st.integers(-1, 2), days=st.integers(1, 5))
def test_a_morning_speaks_of_the_last_training_day_and_a_quiet_one_only_soon_after(
    change: int, days: int
) -> None:
    told = kc.MorningAfter(on=FIRST + days * DAY, change=change)
    late = kc.History([session(0), told])
    [track] = [one for key, one in replayed(late, COURSE).tracks.items() if key[0] == "walking"]
    assert track.day is not None
    heard = change if change > 0 or days <= KNOWLEDGE.policy.latest_morning_days else None
    assert (track.day.on, track.day.morning) == (FIRST, heard)
    assert datetime.date(2026, 1, 1) == FIRST


@given(
    log=st.lists(ANY_EVENT, max_size=20),
    late=st.lists(ANY_EVENT, max_size=3),
    at=st.integers(0, 20),
)
def test_a_replay_that_goes_on_from_an_earlier_one_equals_the_whole(
    log: list[Event], late: list[Event], at: int
) -> None:
    """Whatever comes later: new days, more events of the last day, or of days before it."""
    half, whole = kc.History(log[:at]), kc.History([*log, *late])
    _, part = replayed_onward(half, COURSE)
    progress, _ = replayed_onward(whole, COURSE, before=[part])
    same = progress == replayed(whole, COURSE)
    assert same


@given(person=persons(KNOWLEDGE), life=lives(KNOWLEDGE), data=st.data())
def test_plans_that_go_on_from_one_another_are_those_made_alone(
    person: kc.Person, life: kc.History, data: st.DataObject
) -> None:
    before: Assessment | None = None
    last = (life.events[-1].on - FIRST).days if life else 0
    for number in sorted(data.draw(st.lists(st.integers(0, last + 9), max_size=4))):
        on = FIRST + number * DAY
        alone = RECOMMENDER.recommend(person, life.until(on), on=on)
        plan, before = RECOMMENDER.plan_after(PlanInput(person, life.until(on), on=on), before)
        assert plan == alone
        assert before.standings == RECOMMENDER.replay(person, life.until(on), on=on)


def test_a_replay_in_another_context_begins_anew() -> None:
    log = kc.History([session(number) for number in range(3)])
    _, part = replayed_onward(log, COURSE)
    other = evolve(COURSE, pain_ceiling=COURSE.pain_ceiling - 1)
    assert part.begins(log.events, COURSE)
    assert not part.begins(log.events, other)
