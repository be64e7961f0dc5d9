"""The playground: what its lines mean, and what each wrong turn is told."""

import datetime
import io
from pathlib import Path

import pytest

import kineticchain as kc
from kineticchain.cli import main
from kineticchain.errors import InvalidInput
from kineticchain.progression.verify.exploration import dose_word
from kineticchain.testing.cases.simulated_history import with_lines
from kineticchain.testing.playground import Game, play, played
from kineticchain.testing.playground.language import dose

FIRST = datetime.date(2026, 1, 1)
PERSON = kc.Person(
    age=40,
    equipment=["fixed_support", "chair"],
    facts={"tandem_stance_s": 30, "heel_rise_reps": 12},
    screening="clear",
)


@pytest.fixture
def game(recommender: kc.Recommender) -> Game:
    return Game(recommender=recommender, person=PERSON, on=FIRST)


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("sesion heel_raise_double", "did you mean `session`"),
        ("session", "a session of no exercise"),
        ("session heel_raise", "no exercise has the id `heel_raise`"),
        ("session heel_raise_double pian=2", "`pian=` means nothing here"),
        ("session heel_raise_double pain=two", "`two` is no whole number"),
        ("session heel_raise_double pain=12", "is not a whole number from 0 to 10"),
        ("session heel_raise_double pain=1 pain=2", "given twice"),
        ("session heel_raise_double done=lots", "`lots` is no dose"),
        ("session heel_raise_double up", "`up` is no side"),
        ("session 2026-02-30 heel_raise_double", "is no date"),
        ("morning", "write pain=+1"),
        ("morning pain=+1 heal", "`heal` is no region"),
        ("gap ten", "is no span of time"),
        ("train 3w", "write train 3w EXERCISE"),
        ("pain heel", "write pain heel right 3"),
        ("finding tandem_stance=10", "tandem_stance_s"),
        ("finding screening=maybe", "a screening can be `clear` here"),
        ("request minutes=2.5", "is no whole number"),
        ("request days=each", "`each` is no whole number"),
        ("request goal=fame", "goal"),
        ("start nothing", "no exercise has the id `nothing`"),
        ("preview heel_raise_step", "no exercise that the person stands on"),
        ("why walking_on_hands", "no item of this plan"),
        ('person {"age": "forty"}', "age"),
        ("on yesterday", "is no date"),
        ("fall 2026-01-05", "takes 0 words, not 1"),
        ("issue 2026-05-05", "takes 0 words, not 1"),
        ("finding", "write finding NAME=VALUE"),
        ("finding nonsense", "takes 0 words, not 1"),
        ("plan wohle", "write `plan whole`"),
        ("request 20", "takes 0 words, not 1"),
        ("start", "takes 1 to 20 words, not 0"),
        ("session single_leg_balance done=2x3x4", "say each dimension once"),
        ("session 2026-1-3 heel_raise_double", "is no date"),
        ("session walking instead=wlaking", "did you mean `walking`"),
        ("gap 3d now=yes", "takes no `now=`"),
        ("x" * 5000, "4,096"),
    ],
)
def test_a_wrong_turn_is_told(game: Game, line: str, part: str) -> None:
    told = "\n".join(played(game, [line, "plan"]))
    assert f"! {part}" in told or part in told
    assert "  ! " in told


def test_days_do_not_run_backwards(game: Game) -> None:
    later, _ = play(game, "session single_leg_balance_supported pain=1")
    later, _ = play(later, "on 2026-02-01")
    with pytest.raises(InvalidInput, match="do not run backwards"):
        play(later, "on 2026-01-01")


def test_a_line_says_what_was_done_and_what_was_not_noted(game: Game) -> None:
    after, _ = play(
        game, "session heel_raise_double left done=3x12 pain=2 effort=4 form=lost hold=9"
    )
    line = after.history.sessions[0].lines[0]
    assert (line.done, line.pain, line.effort, line.form_ok) == (
        kc.Dose(sets=3, reps=12), 2, 4, False,
    )  # fmt: skip
    assert (line.side, line.best_hold_s, line.touches) == (kc.Side.LEFT, 9, None)


def test_without_a_dose_what_was_asked_was_done(game: Game) -> None:
    after, _ = play(game, "session single_leg_balance_supported pain=1")
    assert after.history.sessions[0].lines[0].done == kc.Dose(sets=2, hold_s=10)


def test_two_sessions_of_a_day_are_two(game: Game) -> None:
    after, _ = play(game, "session walking pain=1")
    after, _ = play(after, "session walking pain=1")
    assert [one.slot for one in after.history.sessions] == [1, 2]


def test_a_morning_without_a_day_is_the_one_after_the_last_session(game: Game) -> None:
    after, _ = play(game, "session walking pain=1")
    after, _ = play(after, "morning pain=+1")
    assert after.history.events[-1].on == datetime.date(2026, 1, 2)


def test_doses_are_read_as_they_are_written(knowledge: kc.Knowledge) -> None:
    for ladder in knowledge.ladders:
        for rung in ladder.rungs:
            for one in rung.axis:
                assert dose(dose_word(one), rung.axis[0]) == one


def test_remarks_and_blank_lines_say_nothing(game: Game) -> None:
    assert play(game, "# a remark") == (game, ())
    assert play(game, "   ") == (game, ())


def test_help_names_every_command(game: Game) -> None:
    _, told = play(game, "help")
    assert any(line.startswith("`session") for line in told)
    assert any(line.startswith("`why_not") for line in told)


def test_the_command_plays_a_script_and_records_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = tmp_path / "life.txt"
    script.write_text("session walking pain=1\nnonsense\n", encoding="utf-8")
    person = Path(__file__).parents[2] / "examples" / "person.json"
    assert main(["play", str(person), str(script), "--record"]) == 0
    told = capsys.readouterr().out
    assert "! no command is called `nonsense`" in told
    assert script.read_text(encoding="utf-8") == told
    assert main(["play", str(person), str(script)]) == 0
    assert capsys.readouterr().out == told


def test_the_command_listens(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("session walking pain=1\nfal\n"))
    assert main(["play"]) == 0
    told = capsys.readouterr().out
    assert "walking" in told
    assert "! no command is called `fal`; did you mean `fall`?" in told


def test_the_command_ends_when_asked_to(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("quit\nsession walking pain=1\n"))
    assert main(["play"]) == 0
    assert "walking" not in capsys.readouterr().out


def test_days_can_be_every_second_one_and_again_a_number_a_week(game: Game) -> None:
    often = with_lines(game, ["request days=every_other"]).request
    assert (often.every_other_day, often.days_per_week) == (True, 7)
    weekly = with_lines(game, ["request days=every_other", "request days=3"]).request
    assert (weekly.every_other_day, weekly.days_per_week) == (False, 3)


def test_micro_sessions_can_be_asked_for(game: Game) -> None:
    assert with_lines(game, ["request micro=2"]).request.micro_sessions_per_day == 2


def test_the_last_day_of_all_calendars_is_told_as_such(game: Game) -> None:
    told = list(played(game, ["on 9999-12-31", "session toe_spread pain=1", "gap 9d"]))
    assert any("outside of all calendars" in line for line in told)


def test_a_substitute_tells_where_it_stands(game: Game) -> None:
    told = list(played(game, ["session walking instead=single_leg_balance_supported pain=1"]))
    assert any("single_leg_balance_supported" in line for line in told[1:])
