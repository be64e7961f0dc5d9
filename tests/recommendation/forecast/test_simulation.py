"""A plan's life under scripted and seeded people, and what each outcome would lead to."""

import datetime

import pytest

import kineticchain as kc
from kineticchain.errors import InvalidInput
from kineticchain.recommendation import Outcome
from kineticchain.testing import seeded

ON = datetime.date(2026, 1, 5)
PERSON = kc.Person(
    age=40, equipment=["fixed_support"], facts={"tandem_stance_s": 30}, screening="clear"
)
REQUEST = kc.Request(minutes=10, goal="balance")


def test_equal_seeds_lead_equal_lives(recommender: kc.Recommender) -> None:
    lives = [
        recommender.simulate(PERSON, seeded(seed), 3, request=REQUEST, on=ON) for seed in (7, 7, 8)
    ]
    assert lives[0] == lives[1]
    assert lives[0] != lives[2]


def test_a_script_of_words_is_a_script_of_outcomes(recommender: kc.Recommender) -> None:
    told = recommender.simulate(PERSON, ["as_planned", "hard"], 2, request=REQUEST, on=ON)
    meant = recommender.simulate(
        PERSON, [Outcome.AS_PLANNED, Outcome.HARD], 2, request=REQUEST, on=ON
    )
    assert told == meant


def test_good_weeks_move_and_hurting_weeks_do_not_move_up(recommender: kc.Recommender) -> None:
    good = recommender.simulate(PERSON, "as_planned", 3, request=REQUEST, on=ON)
    hurt = recommender.simulate(PERSON, "hurt", 3, request=REQUEST, on=ON)
    assert any(move.after.height > move.before.height for move in good.moves)
    assert not any(move.after.height > move.before.height for move in hurt.moves)


def test_what_a_function_answers_is_read_as_strictly(recommender: kc.Recommender) -> None:
    skipped = recommender.simulate(PERSON, lambda *_: Outcome("skipped_week"), 1, on=ON)
    assert not any(session.trained for session in skipped.history.sessions)
    with pytest.raises(InvalidInput, match="'hrd' is no outcome"):
        recommender.simulate(PERSON, lambda *_: "hrd", 1, on=ON)  # type: ignore[arg-type]  # refused


@pytest.mark.parametrize("outcomes", ["well", ["as_planned", "well"], []])
def test_what_is_no_outcome_is_refused(
    recommender: kc.Recommender, outcomes: str | list[str]
) -> None:
    with pytest.raises(InvalidInput, match="outcome"):
        recommender.simulate(PERSON, outcomes, 1, request=REQUEST, on=ON)


def test_a_preview_tells_each_outcome_on_each_side(recommender: kc.Recommender) -> None:
    outlooks = recommender.preview(
        PERSON, None, "single_leg_balance_supported", request=REQUEST, on=ON
    )
    assert {(one.outcome, one.side) for one in outlooks} == {
        (outcome, side) for outcome in Outcome for side in (kc.Side.LEFT, kc.Side.RIGHT)
    }
