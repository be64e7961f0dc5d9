"""Law 9: same input, same plan, to the byte: across processes, hash seeds and threads."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from builtin_knowledge import KNOWLEDGE, LAST_DAY, RECOMMENDER
from hypothesis import given

import kineticchain as kc
from kineticchain.interop import json
from kineticchain.testing.strategies import histories, persons, requests

PROGRAM = """
import kineticchain as kc
from datetime import date
from kineticchain.interop import json
person = kc.Person(
    age=67, sex="f", complaints=[kc.Complaint("heel", side="right", pain=3), kc.Complaint("lumbar", pain=2)],
    equipment=["fixed_support", "chair", "towel"], facts={"tandem_stance_s": 12}, screening="clear",
)
history = kc.History([
    kc.SessionLog(on=date(2026, 1, 1), lines=[kc.ExerciseLog("heel_raise_double", done=kc.Dose(reps=10), pain=1)]),
    kc.MorningAfter(on=date(2026, 1, 2), change=0),
])
plan = kc.recommend(person, history, request=kc.Request(minutes=12, goal="balance"), on=date(2026, 1, 5))
print(json.dumps(plan), plan)
"""


def run(seed: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, check=True
    )
    return done.stdout.decode()


def test_processes_with_different_hash_seeds_give_the_same_bytes() -> None:
    assert len({run(seed) for seed in ("0", "1", "4242")}) == 1


@given(person=persons(KNOWLEDGE), history=histories(KNOWLEDGE, most=8), request=requests(KNOWLEDGE))
def test_the_same_call_gives_the_same_bytes(
    person: kc.Person, history: kc.History, request: kc.Request
) -> None:
    first = RECOMMENDER.recommend(person, history, request=request, on=LAST_DAY)
    second = kc.Recommender(KNOWLEDGE).recommend(person, history, request=request, on=LAST_DAY)
    assert json.dumps(first) == json.dumps(second)


def test_threads_give_the_same_bytes() -> None:
    person = kc.Person(age=40, facts={"tandem_stance_s": 30}, screening="clear")

    def one_plan(_: int) -> str:
        return json.dumps(RECOMMENDER.recommend(person))

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(one_plan, range(16)))) == 1
