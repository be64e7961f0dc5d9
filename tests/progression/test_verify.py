"""Model checking: the laws hold over all states, and planted mistakes are found, with a trace."""

import pytest
from attrs import evolve

import kineticchain as kc
from kineticchain.cli import main
from kineticchain.domain.exercises import Dose
from kineticchain.domain.facts import parse_condition
from kineticchain.errors import UnknownName
from kineticchain.progression import Action, LadderIndex, Transition
from kineticchain.progression.verify import LadderModel, Verification, check_pairs, verify
from kineticchain.progression.verify.world import TODAY
from kineticchain.testing.playground import Game, play


@pytest.fixture(scope="module")
def book(knowledge: kc.Knowledge) -> LadderIndex:
    """The built-in ladders, one of them cut short so that its states are soon explored."""
    ladder = knowledge.ladder_index.by_id["single_leg_balance"]
    rungs = tuple(evolve(rung, axis=rung.axis[:1], first_doses=()) for rung in ladder.rungs[:2])
    easy = Dose(sets=1, hold_s=5)
    short = evolve(ladder, id="short", rungs=tuple(evolve(rung, mastery=easy) for rung in rungs))
    return evolve(knowledge.ladder_index, ladders=(short,))


def without(book: LadderIndex, *ids: str) -> LadderIndex:
    return evolve(book, transitions=tuple(row for row in book.transitions if row.id not in ids))


def with_row(book: LadderIndex, row: Transition) -> LadderIndex:
    return evolve(book, transitions=(*book.transitions, row))


def test_no_law_is_broken_on_a_short_ladder(book: LadderIndex) -> None:
    found = verify(book, "short")
    assert found.violations == ()
    assert found.states > 300
    assert found.transitions == 17 * found.states
    assert found.loops == 2 * 1


def test_who_hurts_more_never_stands_higher_over_all_pairs_of_lives(book: LadderIndex) -> None:
    [ladder] = book.ladders
    tiny = evolve(
        ladder,
        rungs=tuple(evolve(rung, axis=rung.axis[:1], first_doses=()) for rung in ladder.rungs[:2]),
    )
    easy = evolve(tiny, rungs=tuple(evolve(r, mastery=Dose(sets=1, hold_s=5)) for r in tiny.rungs))
    found = check_pairs(LadderModel(evolve(book, ladders=(easy,)), "short"), most=800)
    assert found.violations == ()
    assert found.pairs > 300


@pytest.fixture(scope="module")
def after_pain(book: LadderIndex) -> Verification:
    """What is found without the rows that pain calls for: good doses lead on, however they hurt."""
    planted = without(
        book,
        "pain_above_stop", "pain_above_ceiling", "pain_above_ceiling_at_the_lowest",
        "nothing_easier_left", "pain_acceptable", "not_calm_long_enough",
    )  # fmt: skip
    return verify(planted, "short")


def test_an_advance_on_high_pain_is_caught_with_a_trace(after_pain: Verification) -> None:
    broken = [one for one in after_pain.violations if one.law == "law 14"]
    assert broken
    assert "a step up after pain above" in broken[0].what
    assert broken[0].trace[0].startswith("start ")
    assert any("pain=6" in line or "pain=8" in line for line in broken[0].trace)


def test_an_oscillation_is_caught_with_a_trace(book: LadderIndex) -> None:
    """At its top dose the ladder throws good sessions back, and then leads on again."""
    planted = with_row(
        book,
        Transition(
            id="balance_lost",
            action=Action.REGRESS_VARIANT,
            when=parse_condition("at_top and calm_days >= 2 and not lowest"),
        ),
    )
    found = verify(planted, "short")
    broken = [one for one in found.violations if "oscillates" in one.what]
    assert broken
    assert len(broken[0].trace) > 4


def test_an_unreachable_rung_is_caught_with_a_trace(book: LadderIndex) -> None:
    """Without the row that leads on, nobody comes to the next rung."""
    planted = without(book, "ready_for_next_rung")
    found = verify(planted, "short")
    broken = [one for one in found.violations if "do not lead to the top" in one.what]
    assert broken
    assert broken[0].trace == ("start single_leg_balance_supported",)


def test_a_missing_cap_on_returns_is_caught_in_a_closed_loop(book: LadderIndex) -> None:
    """Without caps a person who flares at a level is led back to it for ever."""
    planted = evolve(
        book, policy=evolve(book.policy, flares_before_cap=1000, flares_before_lasting_cap=1000)
    )
    found = verify(planted, "short")
    assert any("led back there for ever" in one.what for one in found.violations)


def test_a_trace_is_read_by_the_playground(
    after_pain: Verification, recommender: kc.Recommender
) -> None:
    trace = next(one.trace for one in after_pain.violations if len(one.trace) > 4)
    person = kc.Person(
        age=40, equipment=["fixed_support"], facts={"tandem_stance_s": 30}, screening="clear"
    )
    game = Game(recommender=recommender, person=person, on=TODAY)
    for line in trace:
        game, _ = play(game, line)
    assert len(game.history.sessions) > 2


def test_an_unknown_ladder_is_named(book: LadderIndex) -> None:
    with pytest.raises(UnknownName, match="did you mean `short`"):
        verify(book, "shor")


def test_the_command_prints_its_figures(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "plantar_fascia_stretch"]) == 0
    assert "no law broken" in capsys.readouterr().out
