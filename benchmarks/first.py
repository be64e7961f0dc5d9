"""Import, build and one plan, measured in one run.

``python benchmarks/first.py`` prints CPU time in milliseconds: the median of interleaved
runs, so that a noisy machine slows all of them alike.
"""

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

import kineticchain as kc
from kineticchain.knowledge.builtin import builtin_contents

ROUNDS = 15
PERSON = kc.Person(
    age=34,
    complaints=[kc.Complaint("heel", side="right", pain=3, weeks=6)],
    equipment=["fixed_support", "towel"],
    facts={"tandem_stance_s": 30},
    screening="clear",
)


def process_ms(program: str) -> float:
    """CPU time of a Python that runs a program."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", program], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)


def call_ms(call: Callable[[], object], times: int) -> float:
    """CPU time of one call, over so many."""
    start = time.process_time()
    for _ in range(times):
        call()
    return 1000 * (time.process_time() - start) / times


def main() -> None:
    """Measure in turns and print medians."""
    recommender = kc.Recommender(kc.Knowledge.builtin())
    recommender.recommend(PERSON)
    measures: dict[str, Callable[[], float]] = {
        "python alone": lambda: process_ms("pass"),
        "import attrs": lambda: process_ms("import attrs"),
        "import kineticchain": lambda: process_ms("import kineticchain"),
        "build the knowledge": lambda: call_ms(builtin_contents, 1),
        "recommend(), warm": lambda: call_ms(lambda: recommender.recommend(PERSON), 20),
    }
    taken: dict[str, list[float]] = {name: [] for name in measures}
    for _ in range(ROUNDS):
        for name, measure in measures.items():
            taken[name].append(measure())
    median = {name: statistics.median(values) for name, values in taken.items()}
    for name, value in median.items():
        print(f"{name:24} {value:8.2f} ms  (least {min(taken[name]):.2f})")
    ours = median["import kineticchain"] - median["import attrs"]
    attrs = median["import attrs"] - median["python alone"]
    print(f"import kineticchain costs {ours:.1f} ms over import attrs: {ours / attrs:.1f} × attrs")


if __name__ == "__main__":
    main()
