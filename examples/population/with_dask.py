"""Plans for many on Dask's workers: `pip install 'kineticchain[dask]'`, then run this file."""

import sys
import time

from distributed import Client
from people import made_up

import kineticchain as kc


def main(count: int) -> None:
    """Plan for so many people in process and on two workers, and tell the times."""
    people = made_up(count)
    recommender = kc.Recommender(kc.Knowledge.builtin())
    next(recommender.recommend_many(people))
    begun = time.perf_counter()
    here = list(recommender.recommend_many(people))
    alone = time.perf_counter() - begun
    with Client(n_workers=2, threads_per_worker=1, dashboard_address=None) as client:
        executor = client.get_executor()
        list(recommender.recommend_many(people[::-7][:128], executor, chunk=16))  # wake them up
        begun = time.perf_counter()
        there = list(recommender.recommend_many(people, executor))
        shared = time.perf_counter() - begun
    print(f"{count} people: {alone:.2f} s in process, {shared:.2f} s on two workers of Dask")
    print("the same plans" if here == there else "OTHER PLANS")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
