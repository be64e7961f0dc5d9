"""Made-up people for the examples and the measurements of this folder."""

import kineticchain as kc
from kineticchain.interop import json


def made_up(count: int) -> list[kc.Person]:
    """So many people, no two of whom are alike in all respects."""
    return [
        kc.Person(
            age=20 + at % 60,
            complaints=[kc.Complaint("heel", side="right", pain=at % 5, weeks=at % 40)],
            equipment=["fixed_support", "towel", "chair"][: at % 4],
            facts={"tandem_stance_s": at % 31},
            screening="clear",
        )
        for at in range(count)
    ]


def lines(count: int) -> list[str]:
    """The same people as a column of JSON."""
    return [f'{{"person": {json.dumps(person)}}}' for person in made_up(count)]
