"""A step down on the same rung does not end upkeep: its few days a week stay."""

import datetime

import pytest

import kineticchain as kc
from kineticchain.progression.model.track import LadderPosition, Track
from kineticchain.progression.model.transition import Action
from kineticchain.progression.replay.apply_transition import apply_transition

KNOWLEDGE = kc.Knowledge.builtin()
ON = datetime.date(2026, 3, 2)
DOWN = (Action.REDUCE_DOSE, Action.REGRESS_VARIANT, Action.RESTART_BASELINE, Action.STOP_AND_REFER)


@pytest.mark.parametrize("action", DOWN)
def test_upkeep_stays_on_the_rung(action: Action) -> None:
    course = (
        kc.Recommender(KNOWLEDGE).assess(kc.Person(age=40, screening="clear"), on=ON).replay_context
    )
    track = Track(
        ladder="ankle_pump",
        side=kc.Side.LEFT,
        place=LadderPosition(rung=0, level=2, maintenance=True),
    )
    row = next(one for one in KNOWLEDGE.transitions if one.action is action)
    lower = apply_transition(track, row, ON, course).place
    assert lower.maintenance
    assert lower.level <= 2
