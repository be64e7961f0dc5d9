"""One review of one track: the step that the evidence allows.

Every transition whose guard holds is considered; the most cautious one wins. Symptoms only
hold or reduce. Dose comes before difficulty, and there is one step at most.
"""

import datetime
from collections.abc import Callable, Mapping
from typing import TypeAlias

from attrs import evolve, frozen

from kineticchain.exercises import Exercise, Kind, LoadClass, Mastery
from kineticchain.progression.policy import Policy
from kineticchain.progression.standing import Action
from kineticchain.progression.track import Session, Track


@frozen(kw_only=True)
class Terms:
    """What a review goes by: the policy, its ceiling as rules have lowered it, exercises."""

    policy: Policy
    pain_ceiling: int
    exercises: Mapping[str, Exercise]
    next_rung_open: Callable[[Track], bool]


Guard: TypeAlias = Callable[[Track, datetime.date, Terms], bool]


def review(track: Track, day: datetime.date, terms: Terms) -> Track:
    """The track after the most cautious transition that its sessions call for."""
    if not track.sessions:
        return track
    action, reason = next(
        (action, reason) for action, reason, guard in TRANSITIONS if guard(track, day, terms)
    )
    return _carry_out(track, day, action, reason, terms.policy)


def _carry_out(
    track: Track, day: datetime.date, action: Action, reason: str, policy: Policy
) -> Track:
    match action:
        case Action.REGRESS_VARIANT if track.rung > 0:
            return track.moved(day, action, reason, rung=track.rung - 1, level=0)
        case Action.STOP_AND_REFER:
            return track.moved(day, action, reason, rung=max(0, track.rung - 1), level=0)
        case Action.REGRESS_VARIANT | Action.REDUCE_DOSE:
            level = track.level if action is Action.REDUCE_DOSE else 0
            less = track.moved(
                day,
                Action.REDUCE_DOSE,
                reason,
                rung=track.rung,
                level=level,
                share=policy.reduced_share,
            )
            return less if action is Action.REDUCE_DOSE else evolve(less, bad_mornings=0)
        case Action.ADVANCE_VARIANT:
            return track.moved(day, action, reason, rung=track.rung + 1, level=0)
        case Action.INCREASE_DOSE:
            level = track.level if track.share < _ALL else track.level + 1
            return track.moved(day, action, reason, rung=track.rung, level=level)
        case _:
            return track.said(action, reason)


_ALL = 100


def _pain_above_stop(track: Track, _: datetime.date, terms: Terms) -> bool:
    return _worst_pain(track) > terms.policy.pain_stop


def _pain_above_ceiling(track: Track, _: datetime.date, terms: Terms) -> bool:
    return _worst_pain(track) > terms.pain_ceiling


def _mornings_keep_worse(track: Track, _: datetime.date, terms: Terms) -> bool:
    return track.bad_mornings >= terms.policy.bad_mornings_before_regress


def _balance_lost(track: Track, _: datetime.date, terms: Terms) -> bool:
    wanted = terms.policy.touched_sessions_before_regress
    last = track.sessions[-wanted:]
    return len(last) == wanted and all(session.log.touches for session in last)


def _morning_worse(track: Track, _: datetime.date, __: Terms) -> bool:
    return any((session.morning or 0) > 0 for session in _last_day(track))


def _noted_too_little(track: Track, _: datetime.date, terms: Terms) -> bool:
    return not all(session.has_data for session in _last(track, terms))


def _waiting_for_morning(track: Track, _: datetime.date, terms: Terms) -> bool:
    return any(session.morning is None for session in _last(track, terms))


def _pain_acceptable(track: Track, _: datetime.date, terms: Terms) -> bool:
    return any((session.log.pain or 0) > terms.policy.pain_safe for session in _last(track, terms))


def _effort_high(track: Track, _: datetime.date, terms: Terms) -> bool:
    return any(
        (session.log.effort or 0) > terms.policy.effort_safe for session in _last(track, terms)
    )


def _form_lost(track: Track, _: datetime.date, terms: Terms) -> bool:
    return any(session.log.form_ok is False for session in _last(track, terms))


def _dose_not_reached(track: Track, _: datetime.date, terms: Terms) -> bool:
    return not all(session.reached for session in _last(track, terms))


def _too_few_sessions(track: Track, _: datetime.date, terms: Terms) -> bool:
    return len(track.sessions) < terms.policy.sessions_before_step


def _too_soon(track: Track, day: datetime.date, terms: Terms) -> bool:
    exercise = terms.exercises[track.at.exercise]
    loaded = exercise.kind is Kind.STRENGTH and exercise.load >= LoadClass.L3
    policy = terms.policy
    wanted = policy.days_before_step_loaded if loaded else policy.days_before_step
    first = track.sessions[0].on if track.since is None else track.since
    return (day - first).days < wanted


def _coming_back(track: Track, day: datetime.date, _: Terms) -> bool:
    return track.ramp_on(day) < _ALL


def _ready_for_next_rung(track: Track, _: datetime.date, terms: Terms) -> bool:
    has_next = track.rung + 1 < len(track.ladder.rungs)
    return has_next and is_mastered(track, terms.policy) and terms.next_rung_open(track)


def _ready_for_more(track: Track, _: datetime.date, __: Terms) -> bool:
    return track.level < track.at.top or track.share < _ALL


def _always(_: Track, __: datetime.date, ___: Terms) -> bool:
    return True


TRANSITIONS: tuple[tuple[Action, str, Guard], ...] = (
    (Action.STOP_AND_REFER, "pain_above_stop", _pain_above_stop),
    (Action.REGRESS_VARIANT, "pain_above_ceiling", _pain_above_ceiling),
    (Action.REGRESS_VARIANT, "mornings_keep_worse", _mornings_keep_worse),
    (Action.REGRESS_VARIANT, "balance_lost", _balance_lost),
    (Action.REDUCE_DOSE, "morning_worse", _morning_worse),
    (Action.HOLD, "noted_too_little", _noted_too_little),
    (Action.HOLD, "waiting_for_morning", _waiting_for_morning),
    (Action.HOLD, "pain_acceptable", _pain_acceptable),
    (Action.HOLD, "effort_high", _effort_high),
    (Action.HOLD, "form_lost", _form_lost),
    (Action.HOLD, "dose_not_reached", _dose_not_reached),
    (Action.HOLD, "too_few_sessions", _too_few_sessions),
    (Action.HOLD, "too_soon", _too_soon),
    (Action.HOLD, "coming_back", _coming_back),
    (Action.ADVANCE_VARIANT, "ready_for_next_rung", _ready_for_next_rung),
    (Action.INCREASE_DOSE, "ready_for_more", _ready_for_more),
    (Action.HOLD, "top_reached", _always),
)
"""From the most cautious transition to the least: action, reason, guard."""


def is_mastered(track: Track, policy: Policy) -> bool:
    """Whether the last sessions show the mastery of the rung; never without a row for it.

    A best hold that was logged counts in place of the hold that was prescribed.
    """
    mastery = track.at.mastery
    last = track.sessions[-policy.good_sessions_in_a_row :]
    if mastery is None or len(last) < policy.good_sessions_in_a_row:
        return False
    return all(_sets_shown(session, mastery) >= mastery.sets for session in last)


def _sets_shown(session: Session, mastery: Mastery) -> int:
    """How many sets of a session were as much as mastery asks for, without a touch."""
    done, best = session.log.done, session.log.best_hold_s
    if done is None or not session.current or session.log.touches:
        return 0
    if done.hold_s is not None and best is not None:
        done = evolve(done, hold_s=max(done.hold_s, best, 1))
    return done.sets if done.reaches(mastery.dose) else 0


def _last(track: Track, terms: Terms) -> tuple[Session, ...]:
    return track.sessions[-terms.policy.good_sessions_in_a_row :]


def _last_day(track: Track) -> list[Session]:
    """All sessions of the last training day, whatever their slot."""
    return [session for session in track.sessions if session.on == track.sessions[-1].on]


def _worst_pain(track: Track) -> int:
    return max(session.log.pain or 0 for session in _last_day(track))
