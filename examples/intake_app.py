"""An intake as a web app: one FastAPI route, one HTML form without JavaScript, SQLite.

Run it with ``fastapi dev examples/intake_app.py``, after
``pip install kineticchain 'fastapi[standard]'``.
"""

import datetime
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from html import escape
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

import kineticchain as kc
from kineticchain.interop import json as kc_json
from kineticchain.recommendation import Intake, IntakeQuestion, QuestionKind, Screen

RECOMMENDER = kc.Recommender(kc.Knowledge.builtin())


class Store:
    """The people in a SQLite file: who they are, what happened, and an unfinished intake."""

    def __init__(self, path: str) -> None:
        """Open the file at a path, and make the table if it is new."""
        self.path = path
        with self.open() as database:
            database.execute(
                "CREATE TABLE IF NOT EXISTS people"
                " (name TEXT PRIMARY KEY, person TEXT, history TEXT, request TEXT, saved TEXT)"
            )

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        """Open a connection, commit what was changed, and close it."""
        with closing(sqlite3.connect(self.path)) as connection, connection:
            yield connection

    def intake(self, name: str, on: datetime.date) -> Intake:
        """Return the intake of a person where it was left, or a new one."""
        with self.open() as database:
            query = "SELECT person, history, request, saved FROM people WHERE name = ?"
            row = database.execute(query, (name,)).fetchone()
        if row is None:
            return RECOMMENDER.intake(kc.Person(), on=on)
        person, history, request, saved = row
        return RECOMMENDER.intake(
            kc_json.loads(person, kc.Person),
            kc_json.loads(history, kc.History),
            request=kc_json.loads(request, kc.Request) if request else None,
            on=on,
            saved=json.loads(saved) if saved else None,
        )

    def save(self, name: str, intake: Intake) -> None:
        """Store the answers: in the person at the end, else beside the person of the start."""
        done = intake.next is None
        person = intake.person if done else intake.started.person
        history = intake.history if done else intake.started.history
        row = (
            name,
            kc_json.dumps(person),
            kc_json.dumps(history),
            kc_json.dumps(intake.request) if done else None,
            None if done else json.dumps(intake.saved),
        )
        with self.open() as database:
            database.execute("REPLACE INTO people VALUES (?, ?, ?, ?, ?)", row)


def make_app(path: str, today: datetime.date | None = None) -> FastAPI:
    """Return the app.

    Args:
        path: The file of the database.
        today: The day of the intake; None for the day of the clock.
    """
    app, store = FastAPI(), Store(path)

    @app.api_route("/{name}", methods=["GET", "POST"], response_class=HTMLResponse)
    async def intake(name: str, http: Request) -> Response:
        on = today or datetime.date.today()  # noqa: DTZ011, TID251 - an app has the clock
        state = store.intake(name, on)
        faults: tuple[str, ...] = ()
        if http.method == "POST" and state.next is not None:
            try:
                state = state.answered(answers_in(await http.form(), state.next))
            except kc.InvalidInput as error:
                faults = tuple(str(fault) for fault in error.faults)
            else:
                store.save(name, state)
                return RedirectResponse(f"/{name}", status_code=303)
        return HTMLResponse(page(state, faults), status_code=422 if faults else 200)

    return app


def answers_in(form: FormData, screen: Screen) -> dict[str, object]:
    """Return the answers of a form.

    Browsers leave out what is not ticked: a checklist without a tick is an empty list.
    """
    return {question.id: answer_in(form, question) for question in screen.questions}


def answer_in(form: FormData, question: IntakeQuestion) -> object:
    """Return the answer to one question, as plain JSON."""
    if question.kind is QuestionKind.CHECKLIST:
        said = {option.id: form.get(f"{question.id}.{option.id}") for option in question.options}
        return {
            "ticked": [line for line, word in said.items() if word == "yes"],
            "unsure": [line for line, word in said.items() if word == "unsure"],
        }
    if question.kind is QuestionKind.CHOICES:
        return form.getlist(question.id)
    if question.sides:
        sides = {side.value: number(form.get(f"{question.id}.{side}")) for side in question.sides}
        return sides if any(value is not None for value in sides.values()) else left_open(question)
    value = form.get(question.id)
    if value in {None, ""}:
        return left_open(question)
    match question.kind:
        case QuestionKind.NUMBER:
            return number(value)
        case QuestionKind.YES_NO:
            return value == "yes"
        case _:
            return value


def left_open(question: IntakeQuestion) -> object:
    """Return the answer that says that there is none."""
    if question.optional:
        return "skip"
    return "unsure" if question.may_be_unsure else None


def number(value: object) -> object:
    """Return a number as typed; other text is refused by the intake, with the question named."""
    if not isinstance(value, str) or not value:
        return None
    try:
        typed = float(value.replace(",", "."))
    except ValueError:
        return value
    return int(typed) if typed.is_integer() else typed


def page(intake: Intake, faults: tuple[str, ...] = ()) -> str:
    """Return the next screen as a page, or the plan at the end."""
    screen = intake.next
    lines = ["<!doctype html><html lang='en'><meta charset='utf-8'>"]
    lines.append("<meta name='viewport' content='width=device-width'><title>Intake</title>")
    referral = intake.plan.referral
    if referral.level >= kc.ReferralLevel.SAME_DAY:
        whom = "".join(f"<p>{escape(message.text)}</p>" for message in referral.whom)
        lines.append(f"<div role='alert'>{whom}</div>")
    if screen is None:
        notes = "".join(f"<li>{escape(note)}</li>" for note in intake.notes)
        return "".join([*lines, f"<ul>{notes}</ul><pre>{escape(str(intake.plan))}</pre></html>"])
    lines.append(f"<h1>{escape(screen.title)}</h1><p>{intake.progress}. {escape(screen.intro)}</p>")
    lines += [f"<p role='alert'>{escape(fault)}</p>" for fault in faults]
    lines.append("<form method='post'>")
    for question in screen.questions:
        lines += [f"<fieldset><legend>{escape(question.text)}</legend>", *fields(question)]
        if question.help:
            lines.append(f"<p>{escape(question.help)}</p>")
        lines.append("</fieldset>")
    return "".join([*lines, "<button>Next</button></form></html>"])


def fields(question: IntakeQuestion) -> Iterator[str]:
    """Yield the fields of a question."""
    match question.kind:
        case QuestionKind.CHECKLIST:
            yield "<p>Tick what you have. Leave all empty for none of these.</p>"
            for option in question.options:
                name = f"{question.id}.{option.id}"
                yield f"<p>{escape(option.label)} {box('checkbox', name, 'yes', 'yes')}"
                yield f"{box('checkbox', name, 'unsure', 'not sure')}</p>"
        case QuestionKind.CHOICES:
            yield from (box("checkbox", question.id, one.id, one.label) for one in question.options)
        case QuestionKind.CHOICE:
            yield from (box("radio", question.id, one.id, one.label) for one in question.options)
        case QuestionKind.YES_NO:
            yield from (box("radio", question.id, word, word) for word in ("yes", "no"))
        case QuestionKind.NUMBER:
            names = [f"{question.id}.{side}" for side in question.sides] or [question.id]
            for name in names:
                bounds = f"min='{question.low:g}' max='{question.high:g}' step='any'"
                side = name.rpartition(".")[2] if question.sides else ""
                yield f"<label>{side} <input type='number' name='{name}' {bounds}></label>"
                yield f" {escape(question.unit)} "


def box(kind: str, name: str, value: str, label: str) -> str:
    """Return a box to tick, or a button to choose."""
    return (
        f"<label><input type='{kind}' name='{escape(name)}' value='{escape(value)}'>"
        f" {escape(label)}</label> "
    )


app = make_app(str(Path("people.sqlite3")))
