"""One table of messages: every code used is in it, every one in it is used; and another language."""

import re
from pathlib import Path

import pytest

import kineticchain as kc
from kineticchain.domain.messages import ENGLISH, LANGUAGES, MessageCatalog, catalog_in
from kineticchain.domain.messages.languages import MODULES
from kineticchain.errors import InvalidInput
from kineticchain.interop import json

SOURCE = Path(kc.__file__).parent
TABLES = {f"{module}.py" for module in MODULES.values()}
TEXTS = {
    path: path.read_text(encoding="utf-8")
    for path in sorted(SOURCE.rglob("*"))
    if path.suffix in {".py", ".toml"} and path.name not in TABLES
}
COMPOSED = ("region_", "side_", "of_side_", "level_", "title_", "grade_", "weekday_")
"""How ids begin that the code puts together: ``f"region_{region}"``."""

FORBIDDEN = ("will relieve", "cures", "cure ", "secret", "break up adhesions", "guarantee", "heilt")
HEEL = kc.Person(
    age=34,
    complaints=[kc.Complaint("heel", side="right", pain=3, weeks=6)],
    equipment=["fixed_support"],
    facts={"tandem_stance_s": 30},
    screening="clear",
)


def templates(catalog: MessageCatalog) -> dict[str, str]:
    """Every text, its arguments in braces."""
    return {
        name: catalog.text(name, **{one: f"{{{one}}}" for one in catalog.arguments(name)})
        for name in catalog.ids
    }


@pytest.mark.parametrize("name", sorted(ENGLISH.ids))
def test_every_message_of_the_table_is_used(name: str) -> None:
    literal = re.compile(f"[\"']{re.escape(name)}[\"']")
    composed = name.startswith(COMPOSED)
    assert composed or any(literal.search(text) for text in TEXTS.values())


def test_every_message_that_the_code_names_is_in_the_table() -> None:
    named = {
        name
        for path, text in TEXTS.items()
        if path.suffix == ".py"
        for name in re.findall(r"\b(?:say|plain|text)\(\s*\"([a-z_]+)\"", text)
    }
    assert named
    assert named <= ENGLISH.ids


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_promises_anything(language: str) -> None:
    whole = "\n".join(templates(catalog_in(language)).values()).lower()
    assert [phrase for phrase in FORBIDDEN if phrase in whole] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_message_with_its_arguments(
    language: str, knowledge: kc.Knowledge
) -> None:
    assert knowledge.speaking(language).catalog.language == language


def test_a_plan_in_german_is_german_to_the_frame(knowledge: kc.Knowledge) -> None:
    plan = kc.Recommender(knowledge.speaking("de")).recommend(HEEL, request=kc.Request(minutes=2))
    text = str(plan)
    assert text.startswith("Dein Plan")
    assert "Vor dem ersten Schritt am Morgen" in text.replace("\n", " ")
    assert "Dehnung der Plantarfaszie" in text
    assert not any(frame in text for frame in ("Your plan", "Take care", "Why:", "every day"))
    assert max(map(len, text.splitlines())) <= 60


def test_the_language_changes_nothing_but_words(knowledge: kc.Knowledge) -> None:
    english = kc.Recommender(knowledge).recommend(HEEL)
    german = kc.Recommender(knowledge.speaking("de")).recommend(HEEL)
    assert [(item.exercise, item.dose, item.days) for item in english.items] == [
        (item.exercise, item.dose, item.days) for item in german.items
    ]
    assert english.fingerprint == german.fingerprint


def test_a_stored_plan_is_still_printed_in_its_language(knowledge: kc.Knowledge) -> None:
    plan = kc.Recommender(knowledge.speaking("de")).recommend(HEEL)
    assert str(json.loads(json.dumps(plan), kc.Plan)) == str(plan)


def test_why_not_answers_in_the_language_too(knowledge: kc.Knowledge) -> None:
    recommender = kc.Recommender(knowledge.speaking("de"))
    plan = recommender.recommend(HEEL)
    told = str(recommender.why_not(plan, "ball_roll_soft"))
    assert "Es fehlt: ein weicher Ball." in told
    assert "Sie käme hinein mit: ein weicher Ball vorhanden" in told


def test_a_language_without_a_table_names_the_likely_one(knowledge: kc.Knowledge) -> None:
    with pytest.raises(kc.UnknownName, match=f"known are {' and '.join(LANGUAGES)}"):
        knowledge.speaking("tlh")


def test_a_table_that_lacks_a_message_is_refused(knowledge: kc.Knowledge) -> None:
    texts = templates(ENGLISH)
    del texts["yes"]
    texts["works_on"] = "Travaille {quoi}."
    with pytest.raises(kc.InvalidInput) as refused:
        knowledge.speaking(MessageCatalog(texts, "fr"))
    assert {fault.what for fault in refused.value.faults} == {
        "no text for `yes`",
        "`works_on` takes other arguments",
    }


def test_a_table_of_ones_own_is_spoken(knowledge: kc.Knowledge) -> None:
    own = MessageCatalog({**templates(ENGLISH), "title_ready": "Ton plan"}, "fr")
    plan = kc.Recommender(knowledge.speaking(own)).recommend(HEEL)
    assert plan.text(own).startswith("Ton plan")


def test_a_missing_argument_is_one_of_our_errors() -> None:
    with pytest.raises(
        InvalidInput, match=r"no value for 'days' of the message `asked_days_again`"
    ):
        ENGLISH.say("asked_days_again", day=3)
