"""Measure the way from the start of Python to the first plan, and one more plan, in one run.

``python benchmarks/first.py`` prints CPU times in milliseconds. Each is the median of interleaved
runs, so that noise on the machine slows all of them alike. The processes read bytecode, as an
installed package does. Only a wheel holds the knowledge compiled: run this with a Python that has
the wheel installed to measure what users see.
"""

import os
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
FIRST_PLAN = """
import kineticchain as kc
kc.recommend(kc.Person(
    age=34,
    complaints=[kc.Complaint("heel", side="right", pain=3, weeks=6)],
    equipment=["fixed_support", "towel"],
    facts={"tandem_stance_s": 30},
    screening="clear",
))
"""
ENVIRONMENT = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
"""Without the variable, Python compiles every module anew in every process."""


def process_ms(program: str) -> float:
    """Return the CPU time in milliseconds of a Python process that runs a program."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", program], check=True, env=ENVIRONMENT)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)


def call_ms(call: Callable[[], object], times: int) -> float:
    """Return the mean CPU time in milliseconds of one call, over `times` calls."""
    start = time.process_time()
    for _ in range(times):
        call()
    return 1000 * (time.process_time() - start) / times


def main() -> None:
    """Measure in turn and print medians."""
    recommender = kc.Recommender(kc.Knowledge.builtin())
    recommender.recommend(PERSON)
    measures: dict[str, Callable[[], float]] = {
        "python alone": lambda: process_ms("pass"),
        "import attrs": lambda: process_ms("import attrs"),
        "import kineticchain": lambda: process_ms("import kineticchain"),
        "first plan, from the start": lambda: process_ms(FIRST_PLAN),
        "read the knowledge from TOML": lambda: call_ms(builtin_contents, 1),
        "recommend(), warm": lambda: call_ms(lambda: recommender.recommend(PERSON), 20),
    }
    samples: dict[str, list[float]] = {name: [] for name in measures}
    for _ in range(ROUNDS):
        for name, measure in measures.items():
            samples[name].append(measure())
    median = {name: statistics.median(values) for name, values in samples.items()}
    for name, value in median.items():
        print(f"{name:30} {value:8.2f} ms  (least {min(samples[name]):.2f})")
    first = median["first plan, from the start"] / median["python alone"]
    print(f"the first plan costs {first:.1f} × the start of Python")
    ours = median["import kineticchain"] - median["import attrs"]
    attrs = median["import attrs"] - median["python alone"]
    print(f"import kineticchain costs {ours:.1f} ms over import attrs: {ours / attrs:.1f} × attrs")


if __name__ == "__main__":
    main()
