"""What a trial with a pack for the hand found: mistakes that loaded, one change of a text each."""

import subprocess
import sys
from pathlib import Path

import pytest
from attrs import evolve

import kineticchain as kc
from kineticchain.cli.main import main
from kineticchain.knowledge.checks.exercise_checks import figure_faults
from kineticchain.knowledge.findings import analysed
from kineticchain.knowledge.pack_diff import pack_diff

PACK = """
schema = 1
id = "hand"
version = "1"

[messages]
"hand.see" = "Have it looked at."
"hand.call" = "Call us."

[translations.de]
"hand.call" = "Ruf uns an."

[[source]]
id = "Hand"
author = "Hand"
title = "Hand"
address = "example.org"
read = "page"

[[fact]]
id = "hand.hot"
kind = "boolean"
fact_class = "screening"
reassuring = false
caution = "high"
temporal = "expires"
section = "signs"
question = "Is it hot?"
line = "It is hot"
alarms = [{ level = "SAME_DAY", when = "age >= 18" }]

[[rule]]
id = "hand.hot_one"
when = "hand.hot"
refer = { level = "SAME_DAY", whom = "hand.see" }
advise = ["hand.call"]
because = "Heat is looked at."
sources = ["Hand"]

[[exercise]]
id = "hand_press"
title = "Press"
kind = "strength"
load = "L1"
position = "seated"
targets = { heel = 2 }
dose = { sets = [1, 3], reps = [5, 10], days_a_week = [2, 3], days_between = 1 }
steps = ["Press."]
cues = ["Slowly."]
sources = ["Hand"]

[[exercise]]
id = "hand_lift"
title = "Lift"
kind = "strength"
load = "L3"
position = "seated"
targets = { heel = 2 }
dose = { sets = [1, 3], reps = [5, 10], days_a_week = [2, 3] }
steps = ["Lift."]
cues = ["Slowly."]
sources = ["Hand"]

[[ladder]]
id = "hand_press"
title = "Press"

[[ladder.rungs]]
exercise = "hand_press"
axis = [{ sets = 1, reps = 5 }, { sets = 2, reps = 5 }]
needs = "age >= 3"

[[ladder]]
id = "hand_lift"
title = "Lift"

[[ladder.rungs]]
exercise = "hand_lift"
axis = [{ sets = 1, reps = 5 }, { sets = 2, reps = 5 }]
needs = "age >= 4"
"""
DRY = """
[[fact]]
id = "hand.dry"
kind = "boolean"
fact_class = "screening"
reassuring = false
caution = "high"
temporal = "expires"
section = "signs"
question = "Is it dry?"
line = "It is dry"
ask_when = "hand.hot"
"""
PRESS, LIFT = "'hand_press' in mastered", "'hand_lift' in mastered"


def loaded(tmp_path: Path, *changes: tuple[str, str]) -> kc.Knowledge:
    text = PACK
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "hand.toml"
    path.write_text(text, encoding="utf-8")
    return kc.Knowledge.builtin().with_packs(kc.load_pack(path))


def test_the_pack_without_a_mistake_loads(tmp_path: Path) -> None:
    assert "hand_lift" in loaded(tmp_path).exercises


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("Call us.", "Call {} us.", "nothing fills in {}"),
        ("Call us.", "Call {balance_minutes:>q} us.", "nothing fills in {balance_minutes:>q}"),
        ("Call us.", "Call {balance_minutes!z} us.", "nothing fills in"),
        ("Call us.", "Call {{us}}.", "without braces"),
        ("Call us.", "Call { us.", "nothing fills in {"),
        ("Ruf uns an.", "Ruf {} an.", "nothing fills in {}"),
        ("translations.de", "translations.dee", "`dee`"),
        ('advise = ["hand.call"]', 'advise = ["pain_ceiling_of"]', "which nothing fills in"),
        ('whom = "hand.see"', 'whom = "pain_ceiling_of"', "which nothing fills in"),
        ('refer = { level = "SAME_DAY"', 'refer = { level = "NONE"', "a referral to nobody"),
        ('[{ level = "SAME_DAY"', '[{ level = "NONE"', "an alarm that refers nobody"),
        ("age >= 18", "hand.hott", "hand.hott"),
        ("age >= 18", "here.region == 'heel'", "it needs each"),
        ("age >= 18", "age > 60 and age < 50", "can be met by nobody"),
        ("age >= 18", "goal == 'walk_on_the_moon'", "walk_on_the_moon"),
        (
            'line = "It is hot"',
            f'line = "It is hot"\nask_when = "hand.dry"\n{DRY}',
            ".ask_when: the questions `hand.",
        ),
        ("Is it hot?", "   ", ".question"),
        ("days_a_week = [2, 3], days_between = 1", "days_a_week = [2, 7], days_between = 1", "7"),
        ("days_a_week = [2, 3] }", "days_a_week = [7, 7] }", "heavy work on 7 days a week"),
        ('cues = ["Slowly."]', 'cues = ["Slowly."]\ntogether = ["hand_lift"]', "together with it"),
    ],
)
def test_a_mistake_is_told(tmp_path: Path, old: str, new: str, what: str) -> None:
    with pytest.raises(kc.KineticChainError) as caught:
        loaded(tmp_path, (old, new))
    assert what in str(caught.value)
    assert "hand.toml" in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (
            'level = "SAME_DAY", whom',
            'level = "SOON", whom',
            "hand.toml:30: $.fact[0] (hand.hot).alarms: the alarm of `hand.hot` does not lead to SAME_DAY",
        ),
        (
            'alarms = [{ level = "SAME_DAY", when = "age >= 18" }]\n',
            "",
            "hand.toml:20: $.fact[0] (hand.hot): `hand.hot` states neither an alarm nor why it is none",
        ),
    ],
)
def test_the_check_names_the_row_of_an_alarm(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, what: str
) -> None:
    path = tmp_path / "hand.toml"
    path.write_text(PACK.replace(old, new), encoding="utf-8")
    assert main(["check", str(path)]) == 2
    assert what in capsys.readouterr().err


@pytest.mark.parametrize("region", ["heel", "knee"])
def test_a_rule_is_about_an_exercise_where_it_holds(tmp_path: Path, region: str) -> None:
    rule = f"""
[[rule]]
id = "hand.sore"
each = "complaint"
when = "here.region == 'heel'"
about = "here.region == '{region}' and here.region in exercise.regions"
exclude = true
because = "It is sore."
sources = ["Hand"]
"""
    head = '[[exercise]]\nid = "hand_press"'
    if region == "heel":
        assert "hand.sore" in loaded(tmp_path, (head, rule + head)).rules_by_id
        return
    with pytest.raises(kc.KineticChainError, match=r"\(hand.sore\).about: matches no exercise"):
        loaded(tmp_path, (head, rule + head))


@pytest.mark.parametrize(
    ("press", "lift"),
    [
        (LIFT, PRESS),
        (f"{LIFT} or {LIFT}", PRESS),
        (f"{LIFT} or {PRESS}", f"{PRESS} or {LIFT}"),
        (f"not (not ({LIFT}))", PRESS),
        (f"at_least(1, {LIFT}, {PRESS})", PRESS),
        (f"({LIFT} or {PRESS}) and age >= 3", f"{PRESS} and age >= 4"),
    ],
)
def test_needs_that_wait_for_each_other_are_told(tmp_path: Path, press: str, lift: str) -> None:
    with pytest.raises(kc.KineticChainError) as caught:
        loaded(tmp_path, ("age >= 3", press), ("age >= 4", lift))
    assert "hand_press" in str(caught.value)


@pytest.mark.parametrize(
    ("press", "lift"),
    [
        (f"{LIFT} or age >= 3", PRESS),
        (f"not ({LIFT})", PRESS),
        ("age >= 3", f"{PRESS} and not ({LIFT})"),
        (f"at_least(1, {LIFT}, age >= 3)", PRESS),
    ],
)
def test_needs_with_a_way_in_are_accepted(tmp_path: Path, press: str, lift: str) -> None:
    knowledge = loaded(tmp_path, ("age >= 3", press), ("age >= 4", lift))
    assert "hand_lift" in knowledge.exercises


def test_a_lower_rung_without_mastery_is_mastered_at_its_top_dose(tmp_path: Path) -> None:
    second = """
[[ladder.rungs]]
exercise = "hand_lift"
harder = "load"
axis = [{ sets = 1, reps = 5 }, { sets = 2, reps = 5 }]
needs = "age >= 4"
"""
    head = '[[ladder]]\nid = "hand_lift"\ntitle = "Lift"\n'
    body = PACK[PACK.index(head) :]
    knowledge = loaded(tmp_path, (body, second))
    masteries = knowledge.ladder_index.masteries
    assert masteries["hand_press"] == knowledge.ladder_of("hand_press").rungs[0].axis[-1]
    assert "hand_lift" not in masteries


def test_a_rule_with_the_id_of_a_built_in_one_is_blamed(tmp_path: Path) -> None:
    with pytest.raises(kc.KineticChainError) as caught:
        loaded(tmp_path, ('id = "hand.hot_one"', 'id = "ottawa_ankle"'))
    first = str(caught.value).partition("\n")[0]
    assert "hand.toml" in first.partition("defined twice")[0]


def test_an_explanation_of_nothing_is_found(tmp_path: Path) -> None:
    row = '[[explained]]\nfinding = "never_holds"\nsubject = "hand.hot_one"\nbecause = "So."\n\n'
    knowledge = loaded(
        tmp_path, ('[[exercise]]\nid = "hand_press"', f'{row}[[exercise]]\nid = "hand_press"')
    )
    _, of_nothing = analysed(knowledge)
    assert [where for where in of_nothing if "hand.hot_one" in where]


def test_a_stored_value_of_another_type_is_unsure_after_a_renaming(tmp_path: Path) -> None:
    alias = '[[alias]]\nkind = "fact"\nold = "hand.grip"\nnew = "hand.hot"\n\n'
    source = '[[source]]\nid = "Hand"'
    recommender = kc.Recommender(loaded(tmp_path, (source, alias + source)))
    person = kc.Person(age=40, facts={"hand.grip": 30}, screening="clear")
    assert recommender.recommend(person).referral.level is kc.ReferralLevel.URGENT
    kept = kc.Person(age=40, facts={"hand.grip": True}, screening="clear")
    assert recommender.recommend(kept).referral.level is kc.ReferralLevel.SAME_DAY


def test_a_circle_at_no_point_of_the_body_is_a_fault(knowledge: kc.Knowledge) -> None:
    pack = next(pack for pack in knowledge.packs if pack.figures)
    figure = evolve(pack.figures[0], circle="own_tooo")
    [fault] = figure_faults(evolve(pack, figures=(figure,)), knowledge)
    assert "own_tooo" in str(fault)
    assert "circle" in str(fault)


def test_a_diff_tells_changes_of_texts_and_of_the_head(tmp_path: Path) -> None:
    path = tmp_path / "before.toml"
    path.write_text(PACK, encoding="utf-8")
    before = kc.load_pack(path)
    later = PACK.replace("Ruf uns an.", "Melde dich.").replace(
        'version = "1"\n', 'version = "1"\nvalid_until = 2027-01-01\n', 1
    )
    path.write_text(later.replace('"hand.call" = "Call us."\n', ""), encoding="utf-8")
    told = str(pack_diff(before, evolve(kc.load_pack(path), messages=before.messages)))
    assert "changed pack valid_until: none → 2027-01-01" in told
    assert "changed translation (de) hand.call: 'Ruf uns an.' → 'Melde dich.'" in told
    fewer = evolve(before, messages=before.messages[1:], translations=())
    rules = tuple(evolve(rule, effects=rule.effects[:1]) for rule in before.rules)  # type: ignore[arg-type,union-attr]
    told = str(pack_diff(before, evolve(fewer, rules=rules)))
    assert "removed message hand.call" in told
    assert "removed translation (de) hand.call" in told


OTHER = """
schema = 1
id = "other"
version = "1"
builds_on = ["wrist_clinic"]

[[source]]
id = "Other"
author = "Other"
title = "Other"
address = "example.org"
read = "page"

[[rule]]
id = "other.rest"
each = "complaint"
when = "here.region == 'made_wrist'"
about = "exercise.kind == 'balance'"
exclude = true
because = "A painful wrist rests."
sources = ["Other"]
"""
WRIST = """
schema = 1
id = "wrist_clinic"
version = "1"

[[region]]
id = "made_wrist"
part = "arm"
paired = true
position = [90, 300]
title = "wrist"
"""


@pytest.mark.parametrize("order", [("other", "wrist"), ("wrist", "other")])
def test_the_order_of_files_does_not_matter(tmp_path: Path, order: tuple[str, str]) -> None:
    """The first run is in a process that has never heard of the region."""
    for name, text in (("other", OTHER), ("wrist", WRIST)):
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    files = [str(tmp_path / f"{name}.toml") for name in order]
    command = [sys.executable, "-m", "kineticchain", "exercises", "--pack", files[0]]
    done = subprocess.run(
        [*command, "--pack", files[1]], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
