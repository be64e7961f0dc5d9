"""What the page *Try it* asks Python for: the choices of its form, and the page of a plan.

The page loads Pyodide, the wheels beside it, and this file. Nothing leaves the browser.
"""

import datetime
import html
import json
from typing import Any

import kineticchain as kc
from kineticchain.report import handout

KNOWLEDGE = kc.Knowledge.builtin()
RECOMMENDER = kc.Recommender(KNOWLEDGE)


def choices() -> str:
    """Return what the form offers, as JSON: pairs of an id and its title for each list."""
    text = KNOWLEDGE.catalog.text
    return json.dumps(
        {
            "region": [(region, text(f"region_{region}")) for region in KNOWLEDGE.regions],
            "goal": [(goal.id, goal.id.replace("_", " ")) for goal in KNOWLEDGE.goals],
            "equipment": [(piece.id, piece.title) for piece in KNOWLEDGE.equipment],
        }
    )


def plan_page(form: str, on: str) -> str:
    """Return the page of a plan, or a page that says what is wrong with the form.

    Args:
        form: The fields of the form as JSON; a field that is left out was not filled in.
        on: The day of the plan, as in 2026-11-21.
    """
    fields = json.loads(form)
    try:
        plan = RECOMMENDER.recommend(
            _person(fields), request=_request(fields), on=datetime.date.fromisoformat(on)
        )
    except kc.KineticChainError as error:
        return f"<!doctype html><title>Form</title><p>{html.escape(str(error))}</p>"
    return handout(plan, KNOWLEDGE)


def _person(fields: dict[str, Any]) -> kc.Person:
    complaints = []
    if fields.get("region"):
        complaint = {"side": fields.get("side") or None, "pain": fields.get("pain")}
        complaints = [kc.Complaint(fields["region"], weeks=fields.get("weeks"), **complaint)]
    return kc.Person(
        age=fields.get("age"),
        complaints=complaints,
        equipment=fields.get("equipment", []),
        facts={"tandem_stance_s": fields["tandem_stance_s"]} if "tandem_stance_s" in fields else {},
        screening="clear" if fields.get("screened") else kc.Screening(),
    )


def _request(fields: dict[str, Any]) -> kc.Request:
    stated = {name: fields[name] for name in ("minutes", "days_per_week", "goal") if name in fields}
    return kc.Request(**stated)
