"""One table of messages: every code used is in it, every one in it is used; and another language."""

import re
from pathlib import Path

import pytest
from hypothesis import given

import kineticchain as kc
from kineticchain.domain.messages import ENGLISH, LANGUAGES, MessageCatalog, catalog_in
from kineticchain.domain.messages.languages import MODULES
from kineticchain.errors import InvalidInput
from kineticchain.interop import json
from kineticchain.knowledge.documents.data_texts import data_texts, texts_of
from kineticchain.testing.strategies import persons, requests

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


KNOWLEDGE = kc.Knowledge.builtin()
TRANSLATED = tuple(code for code in LANGUAGES if code != "en")
SPEAKING = {code: KNOWLEDGE.speaking(code) for code in TRANSLATED}
TITLES = [exercise.title for exercise in KNOWLEDGE.exercises.values()]
SAME = {"de": {"Diabetes"}, "es": {"Diabetes", "No"}}
SENTENCES = [text for text in dict.fromkeys(texts_of(KNOWLEDGE.packs)) if len(text) > 30]
"""Texts of the data that are long enough to stand in no text by chance."""

FORMAL = re.compile(
    r"\b(?:Ihnen|haben Sie|sind Sie|können Sie|fragen Sie|usted|[Tt]iene usted|[Ss]u médico)\b"
)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_of_the_data_is_translated(language: str) -> None:
    translated = data_texts(language)
    assert [text for text in texts_of(KNOWLEDGE.packs) if text not in translated] == []
    assert {text for text, other in translated.items() if text == other} <= SAME[language]


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_of_a_text_that_the_data_no_longer_has(language: str) -> None:
    questions = {fact.question for fact in KNOWLEDGE.vocabulary.types}
    assert set(data_texts(language)) <= {*texts_of(KNOWLEDGE.packs), *TITLES, *questions}


def test_no_text_of_the_data_has_the_id_of_a_message() -> None:
    """Since a text of the data is the id of its own translation."""
    assert {*texts_of(KNOWLEDGE.packs), *TITLES}.isdisjoint(ENGLISH.ids)


def test_a_language_without_files_has_no_translations_of_the_data() -> None:
    assert data_texts("xx") == {}


@pytest.mark.parametrize("language", TRANSLATED)
def test_titles_equipment_and_goals_are_translated(language: str) -> None:
    knowledge = SPEAKING[language]
    for exercise in KNOWLEDGE.exercises.values():
        assert knowledge.title(exercise.id) != exercise.title
    for piece in KNOWLEDGE.equipment:
        assert knowledge.equipment_title(piece.id) != piece.title
    assert {f"goal_{goal.id}" for goal in KNOWLEDGE.goals} <= knowledge.catalog.ids


@pytest.mark.parametrize("language", TRANSLATED)
@given(person=persons(KNOWLEDGE), request=requests(KNOWLEDGE))
def test_no_english_stands_in_a_plan_of_another_language(
    language: str, person: kc.Person, request: kc.Request
) -> None:
    recommender = kc.Recommender(SPEAKING[language])
    plan = recommender.recommend(person, request=request)
    clinician = str(recommender.explain(plan))
    patient = plan.text(SPEAKING[language].catalog, steps=True)
    whole = " ".join(f"{patient} {clinician}".split())
    assert [text for text in SENTENCES if text in whole] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_language_addresses_everybody_in_one_way(language: str) -> None:
    texts = [*templates(SPEAKING[language].catalog).values(), *data_texts(language).values()]
    assert [text for text in texts if FORMAL.search(text)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_an_intake_in_another_language_has_no_english_text(language: str) -> None:
    asked: list[str] = []
    intake = kc.Recommender(SPEAKING[language]).intake(kc.Person())
    while intake.next is not None:
        screen = intake.next
        asked += [screen.title, screen.intro]
        for question in screen.questions:
            asked += [question.text, question.help]
            asked += [option.label for option in question.options]
        if any(not one.optional and not one.may_be_unsure for one in screen.questions):
            break
        intake = intake.answered(
            {one.id: "unsure" if one.may_be_unsure else "skip" for one in screen.questions}
        )
    assert len(asked) > 5
    assert [text for text in asked if text in SENTENCES or " the " in f" {text} "] == []
