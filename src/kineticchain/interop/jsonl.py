"""Lines of JSON: a column of people in, a column of plans out."""

import json as plain_json
from collections.abc import Iterable, Iterator

from kineticchain.errors import Fault, InvalidInput, KineticChainError
from kineticchain.interop import json
from kineticchain.recommendation import PlanInput, Recommender
from kineticchain.recommendation.planning.planner import planned


def recommend_jsonl(recommender: Recommender, lines: Iterable[str | bytes]) -> Iterator[str]:
    """For each line a line: the plan as JSON, or ``{"error": …}`` where there is none.

    A line is an object with `person` and, as wanted, `history`, `request` and `on`, each as
    in its own JSON. One line with faults never stops the others.
    """
    if isinstance(lines, (str, bytes)) or not isinstance(lines, Iterable):
        raise InvalidInput(Fault("no lines", "lines", "give a list of lines"))
    for line in lines:
        try:
            plan = planned(recommender, json.loads(line, PlanInput))
        except KineticChainError as error:
            yield plain_json.dumps({"error": str(error)}, ensure_ascii=False)
        except Exception as error:  # noqa: BLE001 - one bad line never stops the rest
            told = f"{type(error).__name__} while planning"
            yield plain_json.dumps({"error": told})
        else:
            yield json.dumps(plan)
