"""What a trial with a clinic's pack found: mistakes that loaded, and broke plans afterwards."""

from pathlib import Path

import pytest

import kineticchain as kc

PACK = """
schema = 1
id = "trial"
version = "1"

[messages]
"trial.see" = "{message}"

{rows}

[[source]]
id = "Trial"
author = "Trial"
title = "Trial"
address = "example.org"
read = "page"

[[fact]]
id = "trial.hot"
kind = "boolean"
fact_class = "screening"
reassuring = false
caution = "high"
temporal = "expires"
section = "signs"
question = "Is it hot?"
line = "It is hot"
alarms = [{{ level = "SAME_DAY" }}]
{fact}

[[rule]]
id = "trial.hot_one"
when = "trial.hot"
refer = {{ level = "SAME_DAY", whom = "trial.see" }}
because = "Heat is looked at."
sources = ["Trial"]

[[exercise]]
id = "trial_press"
title = "Press"
kind = "strength"
load = "L1"
position = "seated"
targets = {{ heel = 2 }}
dose = {{ sets = [1, 3], reps = [5, 10], {dose} }}
steps = ["Press."]
cues = ["Slowly."]
sources = ["Trial"]
{exercise}

[[ladder]]
id = "trial_press"
title = "Press"

[[ladder.rungs]]
exercise = "trial_press"
axis = [{{ sets = 1, reps = 5 }}, {{ sets = 2, reps = 5 }}]

[[programme]]
id = "trial_programme"
title = "Trial"
minutes = 10
suits = "{suits}"
for_whom = "For a trial."
sources = ["Trial"]
items = [{{ exercise = "trial_press", stated = "twice eight"{item} }}]
{programme}
"""
SOUND = {
    "message": "Have it looked at.",
    "rows": "",
    "fact": "",
    "dose": "rest_s = 30",
    "exercise": "",
    "suits": "True",
    "item": "",
    "programme": "",
}


def loaded(tmp_path: Path, **changes: str) -> kc.Knowledge:
    path = tmp_path / "pack.toml"
    path.write_text(PACK.format(**{**SOUND, **changes}), encoding="utf-8")
    return kc.Knowledge.builtin().with_packs(kc.load_pack(path))


def test_the_pack_without_a_mistake_plans(tmp_path: Path) -> None:
    knowledge = loaded(tmp_path)
    person = kc.Person(age=40, screening="clear", facts={"trial.hot": False})
    assert kc.Recommender(knowledge).recommend(person).items


@pytest.mark.parametrize(
    ("changes", "place", "what"),
    [
        ({"fact": 'ask_when = "not trial.hot"'}, "ask_when", "its own answer"),
        ({"fact": 'ask_when = "age > 90 and age < 80"'}, "ask_when", "by nobody"),
        ({"fact": 'sexes = ["w"]'}, "sexes", "f, m, x"),
        ({"dose": "tempo_s = [3, -10, 3]"}, "tempo_s", "-10"),
        ({"dose": "tempo_s = [0, 0, 0]"}, "tempo_s", "without a second"),
        ({"exercise": 'traits = ["heavy_eccentricc"]'}, "traits", "heavy_eccentric"),
        ({"exercise": "needs = [[]]"}, "needs", "without equipment"),
        ({"exercise": "secondary = { heel = 1 }"}, "secondary", "target as well"),
        ({"suits": "age < 70 and age > 80"}, "suits", "by nobody"),
        ({"item": ', when = "age < 70 and age > 80"'}, "when", "by nobody"),
        (
            {"programme": "every_other_day = true\ndays_per_week = 3"},
            "every_other_day",
            "one of the two",
        ),
        (
            {"rows": '[[diagnosis]]\nid = "trial_d"\ntitle = "D"\nrow = "nope"'},
            "diagnosis",
            "nope",
        ),
        (
            {
                "rows": '[[link]]\norigin = "toes"\ntarget = "neck"\nmechanics = "strong"\n'
                'pain_association = "none"\ntreatment_effect = "none"'
            },
            "mechanics",
            "none of its claims",
        ),
        ({"rows": '[[goal]]\nid = "trial_g"\nregions = {}'}, "regions", "no region"),
        ({"message": "Have the {where} looked at."}, "messages", "{where}"),
        ({"message": "Have the { looked at."}, "messages", "without braces"),
    ],
)
def test_a_mistake_is_told_with_its_place(
    tmp_path: Path, changes: dict[str, str], place: str, what: str
) -> None:
    with pytest.raises(kc.KineticChainError) as caught:
        loaded(tmp_path, **changes)
    assert place in str(caught.value)
    assert what in str(caught.value)


@pytest.mark.parametrize("programme", sorted(kc.Knowledge.builtin().programmes))
def test_every_other_day_can_be_asked_of_each_programme(programme: str) -> None:
    request = kc.Request(programme=programme, every_other_day=True)
    plan = kc.recommend(kc.Person(age=40, screening="clear"), request=request)
    assert plan.trace.request.every_other_day
