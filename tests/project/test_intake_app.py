"""The example app holds an intake over HTTP: a form without JavaScript, and SQLite."""

import datetime
import re
import sqlite3
import sys
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import kineticchain as kc
from kineticchain.interop import json

EXAMPLES = Path(__file__).parents[2] / "examples"
ON = datetime.date(2026, 11, 29)


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.chdir(tmp_path)  # the app of the module opens a file where it is started
    monkeypatch.syspath_prepend(str(EXAMPLES))
    sys.modules.pop("intake_app", None)
    import intake_app  # noqa: PLC0415 - found after the path is set

    return TestClient(intake_app.make_app(str(tmp_path / "people.sqlite3"), today=ON))


class Names(HTMLParser):
    """The names of the fields of a form."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "input":
            self.names.add(dict(attrs)["name"] or "")


def test_a_person_comes_to_a_plan_screen_by_screen(client: TestClient) -> None:
    answers = {
        "age": "45", "sex": "f", "complaints": "heel", "complaint.heel.pain": "3",
        "complaint.heel.weeks": "20", "complaint.heel.side": "left", "pregnant_weeks": "0",
        "tandem_stance_s": "20", "single_leg_s.left": "12", "minutes": "10", "equipment": "towel",
    }  # fmt: skip
    page = client.get("/anna").text
    for _ in range(9):
        if "<form" not in page:
            break
        names = Names(page).names
        page = client.post("/anna", data={one: answers[one] for one in names & set(answers)}).text
    assert "<form" not in page
    assert "Plantar-fascia stretch" in page


def test_a_wrong_number_is_told_beside_the_form(client: TestClient) -> None:
    client.post("/ben", data={})
    response = client.post("/ben", data={"age": "300"})
    assert response.status_code == 422
    assert "answers.age" in response.text
    assert "<form" in response.text


def test_an_emergency_is_shown_at_once(client: TestClient) -> None:
    page = client.post("/cora", data={"emergency.chest_signs": "yes"}).text
    assert re.search(r"role='alert'.*Call the emergency services", page)


def test_two_people_do_not_mix(client: TestClient) -> None:
    client.post("/dora", data={})
    assert "1 of about" in client.get("/emil").text
    assert "2 of about" in client.get("/dora").text


def test_a_finished_person_is_stored(client: TestClient, tmp_path: Path) -> None:
    page = client.get("/fritz").text
    for _ in range(9):
        if "<form" not in page:
            break
        page = client.post("/fritz", data={"age": "40", "sex": "m", "minutes": "5"}).text
    with closing(sqlite3.connect(tmp_path / "people.sqlite3")) as database:
        query = "SELECT person, saved FROM people WHERE name = 'fritz'"
        [[stored, saved]] = database.execute(query).fetchall()
    assert json.loads(stored, kc.Person).age == 40
    assert saved is None
