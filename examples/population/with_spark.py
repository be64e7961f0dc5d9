"""Plans for a column of JSON on Spark: `pip install 'kineticchain[spark]'`, and Java 17 or more."""

import os
import sys
import time
from collections.abc import Iterator

import pyarrow as pa
from people import lines
from pyspark.sql import SparkSession

import kineticchain as kc
from kineticchain.interop.jsonl import recommend_jsonl


def plans(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """What each worker runs: one engine for all of its batches."""
    recommender = kc.Recommender(kc.Knowledge.builtin())
    for batch in batches:
        column = batch.column("person").to_pylist()
        found = list(recommend_jsonl(recommender, column))
        yield pa.RecordBatch.from_arrays([pa.array(found)], names=["plan"])


def main(count: int) -> None:
    """Plan for so many people in process and on two cores of Spark, and tell the times."""
    column = lines(count)
    recommender = kc.Recommender(kc.Knowledge.builtin())
    next(recommend_jsonl(recommender, column))
    begun = time.perf_counter()
    here = list(recommend_jsonl(recommender, column))
    alone = time.perf_counter() - begun
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "256")
        .getOrCreate()
    )
    frame = spark.createDataFrame([(one,) for one in column], "person string").repartition(2)
    frame.limit(2).mapInArrow(plans, "plan string").collect()
    begun = time.perf_counter()
    there = [row.plan for row in frame.mapInArrow(plans, "plan string").collect()]
    shared = time.perf_counter() - begun
    spark.stop()
    print(f"{count} people: {alone:.2f} s in process, {shared:.2f} s on two cores of Spark")
    print("the same plans" if sorted(here) == sorted(there) else "OTHER PLANS")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
