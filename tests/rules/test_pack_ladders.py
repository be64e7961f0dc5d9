"""What ladders of packs can do: constants of their own, rungs on other ladders, taking their place."""

import datetime
from collections.abc import Mapping
from itertools import pairwise

import pytest

import kineticchain as kc
from kineticchain.domain.facts import condition_text
from kineticchain.errors import InvalidDocument, InvalidKnowledge
from kineticchain.interop import json, toml
from kineticchain.knowledge.pack import RulePack
from kineticchain.progression import Policy
from kineticchain.progression.verify import verify

DAY = datetime.date(2026, 11, 30)
PERSON = kc.Person(age=40, equipment=["fixed_support"], screening="clear")
HEAD = """
schema = 1
id = "clinic"
version = "1"

[[source]]
id = "clinic.notes"
title = "Notes"

[[evidence]]
id = "clinic.E1"
grade = "expert"
sources = ["clinic.notes"]
statement = "The clinic does it so."
"""


ON_A_STEP = {
    "load": '"L4"',
    "position": '"standing"',
    "base": '"one_leg"',
    "support": '"hand"',
    "forefoot": "true",
    "needs": '[["fixed_support"]]',
}
"""As the heel raise on a step, but for the task."""


def exercise(name: str, **changes: str) -> str:
    """Return the row of an exercise for the calf."""
    keys: Mapping[str, str] = {
        "id": f'"clinic.{name}"',
        "title": f'"{name}"',
        "kind": '"strength"',
        "load": '"L3"',
        "position": '"seated"',
        "unilateral": "true",
        "targets": "{ calf_achilles = 5 }",
        "dose": "{ sets = [1, 3], reps = [5, 15], rest_s = 30, days_a_week = [2, 7] }",
        "steps": '["Do it."]',
        "cues": '["Slowly."]',
        "evidence": '["clinic.E1"]',
        **changes,
    }
    return "\n[[exercise]]\n" + "\n".join(f"{key} = {value}" for key, value in keys.items())


def ladder(name: str, *exercises: str, head: str = "", harder: str = "task") -> str:
    """Return the rows of a ladder; the lowest rung is harder only where `head` extends another."""
    rows = f'\n[[ladder]]\nid = "clinic.{name}"\ntitle = "{name}"\n{head}\n'
    for index, rung in enumerate(exercises):
        rows += (
            f'\n[[ladder.rungs]]\nexercise = "{rung}"\naxis = [{{ reps = 5 }}, {{ reps = 10 }}]\n'
        )
        if index or "extends" in head:
            rows += f'harder = "{harder}"\n'
    return rows


def pack(*rows: str) -> RulePack:
    return toml.loads(HEAD + "\n".join(rows))


def knowledge(*rows: str) -> kc.Knowledge:
    return kc.Knowledge.builtin().with_packs(pack(*rows))


def limited(constants: str, evidence: str = '["clinic.E1"]') -> str:
    head = f"policy = {constants}\npolicy_evidence = {evidence}"
    return ladder("calves", "clinic.raise", head=head)


def test_a_ladder_has_its_own_constants() -> None:
    index = knowledge(
        exercise("raise"), limited("{ pain_ceiling = 3, stop_days = 40 }")
    ).ladder_index
    own, general = index.policy_of("clinic.calves"), index.policy_of("heel_raise")
    assert (own.pain_ceiling, own.stop_days) == (3, 40)
    assert (general.pain_ceiling, general.stop_days) == (5, 28)


@pytest.mark.parametrize(
    ("constants", "fault"),
    [
        ("{ pain_celing = 3 }", "did you mean `pain_ceiling`"),
        ("{ pain_ceiling = 6 }", "above the general limit of 5; a ladder can only lower it"),
        ("{ effort_safe = 9 }", "above the general limit of 6"),
        ("{ pain_ceiling = 1 }", "`pain_safe` is above `pain_ceiling`"),
        ("{ stop_days = 0 }", "is not a whole number from 1 to 365"),
        ("{ stop_days = 10 }", "below the general 28; a ladder can only raise it"),
        ("{ bad_mornings_before_regress = 9 }", "above the general limit of 2"),
        ("{ flares_before_lasting_cap = 9 }", "above the general limit of 3"),
        ("{ least_attendance = 0 }", "below the general 50"),
    ],
)
def test_wrong_constants_are_refused_with_their_place(constants: str, fault: str) -> None:
    with pytest.raises(InvalidKnowledge, match=fault) as raised:
        knowledge(exercise("raise"), limited(constants))
    assert "ladder[0] (clinic.calves).policy" in raised.value.faults[0].where


def test_constants_need_evidence() -> None:
    with pytest.raises(InvalidDocument, match="constants without evidence"):
        pack(exercise("raise"), limited("{ pain_ceiling = 3 }", "[]"))


def test_more_pain_than_the_ladders_ceiling_leads_down() -> None:
    rows = (exercise("raise"), limited("{ pain_ceiling = 3 }"))
    lines = [kc.ExerciseLog("clinic.raise", done=kc.Dose(reps=5), pain=4, effort=3, form_ok=True)]
    history = kc.History([kc.SessionLog(on=DAY, lines=lines)])
    for own, action in ((rows, kc.Action.REDUCE_DOSE), (_without_policy(rows), kc.Action.HOLD)):
        standings = kc.Recommender(knowledge(*own)).replay(PERSON, history, on=DAY)
        assert {s.action for s in standings if s.ladder == "clinic.calves"} == {action}


def test_a_plan_tells_the_ladders_ceiling() -> None:
    recommender = kc.Recommender(knowledge(exercise("raise"), limited("{ pain_ceiling = 3 }")))
    request = kc.Request(minutes=20, pinned=["clinic.raise"])
    plan = recommender.recommend(PERSON, request=request)
    assert "raise: pain at most 3 of 10." in {each.message.text for each in plan.precautions}


def test_the_laws_of_progression_hold_with_own_constants() -> None:
    index = knowledge(
        exercise("raise"),
        limited("{ pain_safe = 0, pain_ceiling = 3, days_before_step_loaded = 3 }"),
    ).ladder_index
    assert verify(index, "clinic.calves").violations == ()


def test_a_ladder_of_a_pack_extends_another() -> None:
    on_top = ladder("more", "clinic.raise", head='extends = "heel_raise_step"')
    extended = knowledge(exercise("raise", **ON_A_STEP), on_top)
    assert extended.ladder_of("clinic.raise").id == "heel_raise_step"
    assert [rung.exercise for rung in extended.ladder_of("clinic.raise").rungs] == [
        "heel_raise_step",
        "clinic.raise",
    ]


@pytest.mark.parametrize(
    ("head", "fault"),
    [
        ('extends = "heel_raize"', "did you mean `heel_raise`"),
        ('extends = "heel_raise_step"\nper_side = false', "has sides, and"),
        (
            'replaces = ["heel_raise_step"]',
            "whose exercise `heel_raise_step` stands on no ladder then",
        ),
        ('replaces = ["hel_raise"]', "did you mean `heel_raise`"),
    ],
)
def test_a_wrong_foundation_is_refused(head: str, fault: str) -> None:
    with pytest.raises(InvalidKnowledge, match=fault):
        knowledge(exercise("raise"), ladder("more", "clinic.raise", head=head))


def test_a_ladder_is_extended_once() -> None:
    rows = (exercise("one"), exercise("two"))
    head = 'extends = "heel_raise_step"'
    both = (ladder("more", "clinic.one", head=head), ladder("most", "clinic.two", head=head))
    with pytest.raises(InvalidKnowledge, match="all extend `heel_raise_step`"):
        knowledge(*rows, *both)


_NEEDS = kc.Knowledge.builtin().ladder_of("heel_raise_step").rungs[0].needs
assert _NEEDS is not None
STEP_NEEDS = condition_text(_NEEDS)


def replacement(needs: str = f'needs = "{STEP_NEEDS}"') -> str:
    """Return a ladder that replaces `heel_raise_step`, whose exercise has an entry criterion."""
    new = ladder("own", "heel_raise_step", "clinic.raise", head='replaces = ["heel_raise_step"]')
    axis = f"axis = [{{ sets = 2, reps = 8 }}]\n{needs}"
    return new.replace("axis = [{ reps = 5 }, { reps = 10 }]", axis, 1)


def test_a_ladder_takes_built_in_exercises_from_the_one_that_it_replaces() -> None:
    replaced = knowledge(exercise("raise", **ON_A_STEP), replacement())
    assert replaced.ladder_of("heel_raise_step").id == "clinic.own"
    assert "heel_raise_step" not in {each.id for each in replaced.ladders}


@pytest.mark.parametrize("needs", ["", 'needs = "age < 70"'])
def test_an_exercise_keeps_its_needs_on_the_ladder_of_a_pack(needs: str) -> None:
    with pytest.raises(InvalidKnowledge, match="`heel_raise_step` needs less than on"):
        knowledge(exercise("raise", **ON_A_STEP), replacement(needs))


def test_an_exercise_can_need_more_on_the_ladder_of_a_pack() -> None:
    more = replacement(f'needs = "{STEP_NEEDS} and age < 70"')
    changed = knowledge(exercise("raise", **ON_A_STEP), more)
    assert changed.ladder_of("heel_raise_step").id == "clinic.own"


@pytest.mark.parametrize("later", ["more", "own"])
def test_a_pack_cannot_replace_what_an_earlier_one_extends(later: str) -> None:
    on_top = ladder("more", "other.top", head='extends = "heel_raise_step"').replace(
        "clinic.more", "other.more"
    )
    top = exercise("top", **ON_A_STEP).replace("clinic.top", "other.top")
    document = HEAD.replace("clinic", "other") + top.replace("clinic.E1", "other.E1") + on_top
    extending = toml.loads(document)
    replacing = pack(exercise("raise", **ON_A_STEP), replacement())
    first, second = (replacing, extending) if later == "more" else (extending, replacing)
    with pytest.raises(InvalidKnowledge, match=r"`heel_raise_step` is replaced by `clinic\.own`"):
        kc.Knowledge.builtin().with_packs(first).with_packs(second)


def test_a_replaced_ladder_keeps_the_doses_of_programmes() -> None:
    rows = [
        f'\n[[ladder.rungs]]\nexercise = "{rung.exercise}"\naxis = [{{ hold_s = 7 }}]\n'
        + (f'harder = "{rung.harder}"\n' if rung.harder else "")
        for rung in kc.Knowledge.builtin().ladder_of("single_leg_balance").rungs
    ]
    head = '[[ladder]]\nid = "clinic.own"\ntitle = "own"\nreplaces = ["single_leg_balance"]\n'
    with pytest.raises(InvalidKnowledge, match="not a named dose of its rung"):
        knowledge(head + "".join(rows))


@pytest.mark.parametrize(
    ("policy", "own"),
    [
        (Policy(pain_ceiling=3, pain_safe=1), (1, 3)),
        (Policy(pain_ceiling=3, pain_safe=1, pain_stop=3), (1, 3)),
        (Policy(pain_ceiling=6), (2, 4)),
    ],
)
def test_a_stricter_policy_holds_for_ladders_with_constants_too(
    policy: Policy, own: tuple[int, int]
) -> None:
    limits = limited("{ pain_ceiling = 4, pain_safe = 2 }")
    index = knowledge(exercise("raise"), limits).with_policy(policy).ladder_index
    of_ladder = index.policy_of("clinic.calves")
    assert (of_ladder.pain_safe, of_ladder.pain_ceiling) == own


def test_a_policy_that_does_not_go_with_a_ladder_is_refused() -> None:
    limits = limited("{ pain_ceiling = 2 }")
    with pytest.raises(InvalidKnowledge, match=r"\(clinic.calves\).policy.*`pain_safe` is above"):
        knowledge(exercise("raise"), limits).with_policy(Policy(pain_safe=3))


def test_a_built_in_exercise_needs_its_ladder_replaced() -> None:
    with pytest.raises(InvalidKnowledge, match="stands on more than one ladder"):
        knowledge(exercise("raise"), ladder("own", "heel_raise_step", "clinic.raise"))


@pytest.mark.parametrize(("changes", "rest"), [({}, 1), ({"daily": '"clinic.E1"'}, 0)])
def test_heavy_work_leaves_a_day_unless_evidence_says_otherwise(
    changes: dict[str, str], rest: int
) -> None:
    request = kc.Request(minutes=20, days_per_week=7, pinned=["clinic.raise"])
    dose = "{ sets = [1, 3], reps = [5, 15], rest_s = 30, days_a_week = [4, 7] }"
    rows = (exercise("raise", dose=dose, **changes), ladder("calves", "clinic.raise"))
    plan = kc.Recommender(knowledge(*rows)).recommend(PERSON, request=request)
    [days] = {item.days for item in plan.items if item.exercise == "clinic.raise"}
    gaps = {later - day for day, later in pairwise((*days, days[0] + 7))}
    assert min(gaps) == rest + 1


def test_exercises_that_belong_together_share_a_session() -> None:
    request = kc.Request(minutes=30, days_per_week=7, pinned=["clinic.one", "clinic.two"])
    pairs = ({"together": '["clinic.two"]'}, {"together": '["clinic.one"]'})
    for first, second, count in (({}, {}, 1), (*pairs, 2)):
        rows = (
            exercise("one", daily='"clinic.E1"', **first),
            exercise("two", daily='"clinic.E1"', **second),
            ladder("ones", "clinic.one"),
            ladder("twos", "clinic.two"),
        )
        plan = kc.Recommender(knowledge(*rows)).recommend(PERSON, request=request)
        pinned = {item.exercise for item in plan.items} & {"clinic.one", "clinic.two"}
        assert len(pinned) == count


def test_partners_rest_after_the_day_of_each_other() -> None:
    rows = (
        exercise("one", together='["clinic.two"]'),
        exercise("two", together='["clinic.one"]'),
        ladder("ones", "clinic.one"),
        ladder("twos", "clinic.two"),
    )
    lines = [kc.ExerciseLog("clinic.one", done=kc.Dose(reps=5), pain=0, effort=3, form_ok=True)]
    yesterday = DAY - datetime.timedelta(days=1)
    history = kc.History([kc.SessionLog(on=yesterday, lines=lines)])
    request = kc.Request(minutes=30, days_per_week=7, pinned=["clinic.two"])
    plan = kc.Recommender(knowledge(*rows)).recommend(PERSON, history, request=request, on=DAY)
    [starts] = {item.starts for item in plan.items if item.exercise == "clinic.two"}
    assert starts == 2


def test_two_pairs_on_one_tissue_do_not_part_each_other() -> None:
    pairs = {"one": "two", "two": "one", "three": "four", "four": "three"}
    rows = [
        row
        for name, partner in pairs.items()
        for row in (
            exercise(name, daily='"clinic.E1"', together=f'["clinic.{partner}"]'),
            ladder(f"l_{name}", f"clinic.{name}"),
        )
    ]
    request = kc.Request(minutes=60, days_per_week=7, prefer=["clinic.one", "clinic.two"])
    plan = kc.Recommender(knowledge(*rows)).recommend(PERSON, request=request)
    own = {item.exercise for item in plan.items if item.exercise.startswith("clinic.")}
    assert own == {"clinic.one", "clinic.two"}


def test_a_third_heavy_exercise_stays_out_beside_a_pair() -> None:
    names = ["clinic.one", "clinic.two", "clinic.three"]
    request = kc.Request(minutes=60, days_per_week=7, pinned=names)
    rows = (
        exercise("one", daily='"clinic.E1"', together='["clinic.two"]'),
        exercise("two", daily='"clinic.E1"', together='["clinic.one"]'),
        exercise("three", daily='"clinic.E1"'),
        *(ladder(f"l_{name[7:]}", name) for name in names),
    )
    plan = kc.Recommender(knowledge(*rows)).recommend(PERSON, request=request)
    assert {item.exercise for item in plan.items} & set(names) == {"clinic.one", "clinic.two"}


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"daily": '"clinic.E2"'}, "did you mean `clinic.E1`"),
        ({"together": '["walkin"]'}, "did you mean `walking`"),
        ({"together": '["walking"]'}, "`walking` does not name `clinic.raise` in turn"),
    ],
)
def test_wrong_references_of_an_exercise_are_refused(changes: dict[str, str], fault: str) -> None:
    with pytest.raises(InvalidKnowledge, match=fault):
        knowledge(exercise("raise", **changes), ladder("calves", "clinic.raise"))


def test_too_few_days_are_told() -> None:
    dose = "{ sets = [1, 3], reps = [5, 15], rest_s = 30, days_a_week = [5, 7] }"
    rows = (exercise("raise", load='"L1"', dose=dose), ladder("calves", "clinic.raise"))
    recommender = kc.Recommender(knowledge(*rows))
    for days, is_told in ((2, True), (5, False)):
        request = kc.Request(minutes=20, days_per_week=days, pinned=["clinic.raise"])
        texts = [
            each.message.text for each in recommender.recommend(PERSON, request=request).advice
        ]
        assert any("raise (5)" in text for text in texts) is is_told


def test_all_of_it_survives_json() -> None:
    whole = pack(
        exercise("raise", daily='"clinic.E1"', together='["walking"]'),
        limited("{ pain_ceiling = 3 }"),
        ladder("more", "clinic.other", head='extends = "heel_raise_step"'),
        ladder("own", "clinic.last", head='replaces = ["walking"]'),
    )
    assert json.loads(json.dumps(whole), RulePack) == whole


def _without_policy(rows: tuple[str, ...]) -> tuple[str, ...]:
    start, end = "policy = { pain_ceiling = 3 }\n", 'policy_evidence = ["clinic.E1"]'
    return tuple(row.replace(start, "").replace(end, "") for row in rows)
