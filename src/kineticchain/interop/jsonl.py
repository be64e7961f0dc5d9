"""Plans for JSON Lines: a person in each input line, a plan in each output line."""

import json as plain_json
from collections.abc import Iterable, Iterator

from kineticchain.errors import Fault, InvalidInput, KineticChainError
from kineticchain.interop import json
from kineticchain.recommendation import PlanInput, Recommender
from kineticchain.recommendation.planning.planner import planned


def recommend_jsonl(recommender: Recommender, lines: Iterable[str | bytes]) -> Iterator[str]:
    """Yield one line of JSON for each input line: a plan, or ``{"error": …}``.

    A line with faults does not stop the lines after it.

    Args:
        recommender: Makes the plans.
        lines: JSON objects with `person` and optionally `history`, `request` and `on`, each in
            the form of its own document.

    Raises:
        InvalidInput: On the first step, if `lines` is text or cannot be iterated over.
    """
    if isinstance(lines, (str, bytes)) or not isinstance(lines, Iterable):
        raise InvalidInput(Fault("no lines", "lines", "give a list of lines"))
    for line in lines:
        try:
            plan = planned(recommender, json.loads(line, PlanInput))
        except KineticChainError as error:
            yield plain_json.dumps({"error": str(error)}, ensure_ascii=False)
        except Exception as error:  # noqa: BLE001 - one bad line never stops the rest
            message = f"{type(error).__name__} while planning"
            yield plain_json.dumps({"error": message})
        else:
            yield json.dumps(plan)
