"""Plugins: found when asked for, isolated from one another, and unable to get past a safety rule."""

import os
import subprocess
import sys
import time
import venv
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given

import kineticchain as kc
from kineticchain.interop.plugins import API_VERSION, GROUP, IsolatedPack, Limits, discover
from kineticchain.rules import Exclude, Prefer, PythonRule, Require, Requirement, Rule
from kineticchain.testing import check_pack
from kineticchain.testing.strategies import persons

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
EXAMPLE = ROOT / "examples" / "plugin_clinic"
sys.path[:0] = [str(HERE / "plugins"), str(EXAMPLE / "src")]

import hostile  # noqa: E402 - found on the path above
import kineticchain_clinic  # noqa: E402 - likewise

KNOWLEDGE = kc.Knowledge.builtin()
PERSON = kc.Person(
    age=40, facts={"tandem_stance_s": 30}, equipment=["fixed_support"], screening="clear"
)
BALANCE = {one.id for one in KNOWLEDGE.exercises.values() if one.kind == "balance"}


def point(name: str, value: str) -> EntryPoint:
    return EntryPoint(name=name, value=value, group=GROUP)


@pytest.mark.parametrize("function", hostile.HOSTILE, ids=lambda one: one.__name__)
def test_a_hostile_rule_fails_safe_and_is_named_in_the_plan(function: object) -> None:
    rule = hostile.as_rule(function)
    pack = kc.RulePack(id="hostile", version="1", rules=(rule,))
    plan = kc.Recommender(KNOWLEDGE.with_packs(pack)).recommend(PERSON)
    assert [one.rule for one in plan.failures] == [rule.id]
    assert rule.id in str(plan)
    assert not BALANCE & {item.exercise for session in plan.sessions for item in session.items}
    assert plan.status == "ready"


@given(person=persons(KNOWLEDGE))
def test_hostile_rules_together_never_widen_what_is_feasible(person: kc.Person) -> None:
    rules = tuple(map(hostile.as_rule, hostile.HOSTILE))
    pack = kc.RulePack(id="hostile", version="1", rules=rules)
    before = kc.Recommender(KNOWLEDGE).assess(person)
    after = kc.Recommender(KNOWLEDGE.with_packs(pack)).assess(person)
    assert set(after.feasible.by_key) <= set(before.feasible.by_key)
    assert after.decision.level >= before.decision.level
    assert len(after.decision.failures) == len(rules)


def test_a_rule_cannot_reach_beyond_what_it_declared_itself_to_be_about() -> None:
    rule = PythonRule(
        id="x.wide",
        function=lambda _: [Exclude(), Prefer(5), Require(Requirement.SHOES_ON)],
        because="b",
        about="exercise.id == 'walking'",
        sources=("SEED0",),
    )
    knowledge = KNOWLEDGE.with_packs(kc.RulePack(id="x", version="1", rules=(rule,)))
    decision = kc.Recommender(knowledge).assess(PERSON).decision
    reached = {
        *((one.target.exercise, one.rule) for one in decision.exclusions),
        *((one.target.exercise, one.rule) for one in decision.preferences),
        *((one.target.exercise, one.rule) for one in decision.requirements),
    }
    assert {exercise for exercise, rule in reached if rule == "x.wide"} == {"walking"}


def test_a_rule_cannot_bear_the_name_of_a_built_in_one() -> None:
    taken = PythonRule(id="chest", function=lambda _: [], because="b", sources=("SEED0",))
    with pytest.raises(kc.InvalidInput, match="the rule `chest` is defined twice"):
        KNOWLEDGE.with_packs(kc.RulePack(id="x", version="1", rules=(taken,)))


def test_a_pack_cannot_conclude_a_screening_fact() -> None:
    rule = Rule(
        id="x.healthy",
        when="age > 3",
        effects=(kc.rules.Conclude("fever"),),
        because="b",
        sources=("SEED0",),
    )
    with pytest.raises(kc.InvalidInput, match="`fever` is screening and cannot be concluded"):
        KNOWLEDGE.with_packs(kc.RulePack(id="x", version="1", rules=(rule,)))


def test_a_pack_cannot_put_its_words_under_the_name_of_others() -> None:
    pack = kc.RulePack(id="x", version="1", messages=(("within_hours", "There is no hurry."),))
    with pytest.raises(kc.InvalidInput, match="`within_hours` does not bear the pack's id"):
        KNOWLEDGE.with_packs(pack)


def test_plugins_are_found_by_name_and_failures_are_kept_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modules = {
        "plugin_old": "api_version = 0\ndef pack(): ...",
        "plugin_none": "",
        "plugin_empty": "api_version = 1",
        "plugin_wrong": "api_version = 1\ndef pack(): return 3",
        "plugin_breaks": "raise SystemExit(3)",
    }
    for name, text in modules.items():
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    points = [point(name, name) for name in ("missing", *modules)]
    found = discover([point("z", "kineticchain_clinic"), *points])
    assert [pack.id for pack in found.packs] == ["clinic"]
    assert {one.rule: one.what for one in found.failures} == {
        "missing": "raised ModuleNotFoundError",
        "plugin_breaks": "raised SystemExit",
        "plugin_empty": "it has no function `pack`",
        "plugin_none": f"its api_version is `None`, not {API_VERSION}",
        "plugin_old": f"its api_version is `0`, not {API_VERSION}",
        "plugin_wrong": "its `pack()` returned a int, not a RulePack",
    }


def test_rules_that_loop_grow_die_or_print_are_stopped_in_their_own_process() -> None:
    with IsolatedPack("isolated_plugin", Limits(call_ms=3000, megabytes=600)) as isolated:
        knowledge = KNOWLEDGE.with_packs(isolated.pack)
        recommender = kc.Recommender(knowledge)
        plan = recommender.recommend(PERSON)
        exclusions = recommender.explain(plan).exclusions
    told = {one.rule: one.what for one in plan.failures}
    grown = told.pop("hostile.eats_memory")
    assert grown in {"raised MemoryError", "ran longer than 3000 ms"}
    assert told == {
        "hostile.loops": "ran longer than 3000 ms",
        "hostile.kills_its_process": "its process ended, or answered nonsense",
    }
    excluded = {one.exercise for one in exclusions if one.reason.rule == "hostile.prints"}
    assert excluded == BALANCE


def test_a_plugin_gives_the_same_plan_in_a_process_of_its_own() -> None:
    with IsolatedPack("kineticchain_clinic") as isolated:
        recommender = kc.Recommender(KNOWLEDGE.with_packs(isolated.pack))
        there = recommender.recommend(PERSON)
        exclusions = recommender.explain(there).exclusions
    in_process = kc.Recommender(KNOWLEDGE.with_packs(kineticchain_clinic.pack()))
    here = in_process.recommend(PERSON)
    assert exclusions == in_process.explain(here).exclusions
    assert there.questions == here.questions
    assert there.failures == here.failures == ()


@pytest.mark.parametrize(
    ("reference", "problem"),
    [
        ("no_such_module", "did not start: ModuleNotFoundError: No module named"),
        ("hostile", "did not start: UnfitPlugin: its api_version is `None`"),
        ("json:nothing", "did not start: AttributeError"),
    ],
)
def test_a_plugin_that_does_not_start_is_an_error_of_ours(reference: str, problem: str) -> None:
    with pytest.raises(kc.KineticChainError, match=problem), IsolatedPack(reference) as isolated:
        isolated.close()


def test_a_closed_process_is_not_started_again() -> None:
    with IsolatedPack("kineticchain_clinic") as isolated:
        knowledge = KNOWLEDGE.with_packs(isolated.pack)
    plan = kc.Recommender(knowledge).recommend(PERSON)
    assert [one.what for one in plan.failures] == ["its process was closed"]


def test_a_process_that_talks_out_of_turn_is_stopped() -> None:
    with IsolatedPack("talking_plugin", Limits(call_ms=3000)) as isolated:
        plan = kc.Recommender(KNOWLEDGE.with_packs(isolated.pack)).recommend(PERSON)
    assert [one.what for one in plan.failures] == ["its process answered out of turn"]


def test_the_example_plugin_keeps_to_all_that_a_pack_must() -> None:
    check_pack(kineticchain_clinic.pack(), people=30)


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        (hostile.as_rule(hostile.raises), "the rule hostile.raises failed: raised KeyError"),
        (
            Rule(
                id="hostile.shadow",
                when="age > 70 and age > 60",
                effects=(Exclude(),),
                about="exercise.id == 'walking'",
                because="b",
                sources=("SEED0",),
            ),
            None,
        ),
        (
            Rule(
                id="hostile.always",
                when="age < 60 or age >= 60",
                about="exercise.id == 'ankle_pump'",
                effects=(Exclude(),),
                because="b",
                sources=("SEED0",),
            ),
            "hostile.always: always holds, proven; mend it, or say in",
        ),
    ],
    ids=["fails", "fine", "always"],
)
def test_the_conformance_kit_says_what_is_wrong(
    rule: Rule | PythonRule, problem: str | None
) -> None:
    pack = kc.RulePack(id="hostile", version="1", rules=(rule,))
    if problem is None:
        check_pack(pack, people=5)
        return
    with pytest.raises(AssertionError) as caught:
        check_pack(pack, people=5)
    assert problem in str(caught.value)


def test_the_example_plugin_works_when_installed_in_a_fresh_environment(tmp_path: Path) -> None:
    place = tmp_path / "venv"
    venv.create(place, with_pip=True)
    python = place / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, str(ROOT), str(EXAMPLE)], check=True)
    program = (
        "import kineticchain as kc\n"
        "from kineticchain.interop.plugins import discover\n"
        "found = discover()\n"
        "assert not found.failures, found.failures\n"
        "recommender = kc.Recommender(kc.Knowledge.builtin().with_packs(*found.packs))\n"
        "plan = recommender.recommend(kc.Person(age=40, screening='clear'))\n"
        "print([pack.id for pack in found.packs], [one.id for one in plan.questions])\n"
    )
    shown = subprocess.run(
        [str(python), "-c", program], check=True, capture_output=True, text=True, cwd=tmp_path
    )
    assert shown.stdout == "['clinic'] ['clinic.new_insoles']\n"


@pytest.fixture
def probed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[list[list[str]], list[float]]:
    """The failures and the seconds of two plans with `probing_plugin`."""
    monkeypatch.setenv("KINETICCHAIN_SECRET", "of the app")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    failures, seconds = [], []
    with IsolatedPack("probing_plugin", Limits(call_ms=700)) as isolated:
        recommender = kc.Recommender(KNOWLEDGE.with_packs(isolated.pack))
        for age in (40, 41):
            start = time.monotonic()
            plan = recommender.recommend(evolve(PERSON, age=age))
            seconds.append(time.monotonic() - start)
            failures.append([f"{failure.rule}: {failure.what}" for failure in plan.failures])
    return failures, seconds


def test_an_isolated_plugin_does_not_see_the_environment_of_the_app(
    probed: tuple[list[list[str]], list[float]],
) -> None:
    assert not [failure for failure in probed[0][0] if "sees_the_secret" in failure]


def test_a_rule_that_hung_once_is_not_called_again(
    probed: tuple[list[list[str]], list[float]],
) -> None:
    failures, _ = probed
    assert any("hangs: ran longer than 700 ms" in failure for failure in failures[0])
    assert any("is not called again" in failure for failure in failures[1])


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="process groups are of POSIX")
def test_processes_of_an_isolated_plugin_end_with_it(
    probed: tuple[list[list[str]], list[float]], tmp_path: Path
) -> None:
    assert probed
    child = int((tmp_path / "child").read_text(encoding="utf-8"))
    deadline = time.monotonic() + 10
    while is_alive(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_alive(child)


def is_alive(process: int) -> bool:
    """Whether a process runs; one that ended and was not waited for does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    return state.rpartition(")")[2].split()[0] != "Z"
