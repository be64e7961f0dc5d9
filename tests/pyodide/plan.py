"""The plan that Pyodide and CPython both make; run as a program it prints the plan as JSON."""

import datetime
import sys

import kineticchain as kc
from kineticchain.interop import json


def plan_json() -> str:
    """Return the plan of a painful heel as JSON."""
    person = kc.Person(
        age=34,
        complaints=[kc.Complaint("heel", side="right", pain=3, weeks=6)],
        equipment=["fixed_support", "towel"],
        facts={"tandem_stance_s": 30},
        screening="clear",
    )
    plan = kc.recommend(person, on=datetime.date(2026, 11, 21))
    return json.dumps(plan)


if __name__ == "__main__":
    sys.stdout.write(plan_json() + "\n")
