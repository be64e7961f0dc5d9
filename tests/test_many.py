"""Plans for many people: in order, whoever works on them, and nobody stops the others."""

import datetime
import json as plain_json
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any

import pytest

import kineticchain as kc
from kineticchain.interop import json
from kineticchain.interop.jsonl import recommend_jsonl
from kineticchain.recommendation import Asked, Failed
from kineticchain.recommendation.many import MOST_WAITING

ON = datetime.date(2026, 11, 21)


def people(count: int) -> list[kc.Person]:
    return [
        kc.Person(
            age=20 + at,
            equipment=["fixed_support"],
            facts={"tandem_stance_s": at % 31},
            screening="clear",
        )
        for at in range(count)
    ]


@pytest.fixture(scope="module")
def two_processes() -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(2) as executor:
        yield executor


def test_in_process_each_plan_is_that_of_recommend(recommender: kc.Recommender) -> None:
    some = people(5)
    assert list(recommender.recommend_many(some)) == [recommender.recommend(one) for one in some]


def test_in_process_nobody_is_planned_for_before_the_iterator_asks(
    recommender: kc.Recommender,
) -> None:
    def endless() -> Iterator[kc.Person]:
        while True:
            yield from people(1)

    assert isinstance(next(recommender.recommend_many(endless())), kc.Plan)


@pytest.mark.parametrize("chunk", [1, 3, 64])
def test_two_processes_give_the_same_plans_in_the_same_order(
    chunk: int, recommender: kc.Recommender, two_processes: ProcessPoolExecutor
) -> None:
    some = people(10)
    found = list(recommender.recommend_many(some, two_processes, chunk))
    assert found == [recommender.recommend(one) for one in some]


def test_one_bad_person_never_stops_the_rest(
    recommender: kc.Recommender, two_processes: ProcessPoolExecutor
) -> None:
    bad = kc.Person(equipment=["towle"])
    some = [*people(2), bad, *people(1)]
    for executor in (None, two_processes):
        found = list(recommender.recommend_many(some, executor, chunk=3))
        assert [type(one) for one in found] == [kc.Plan, kc.Plan, Failed, kc.Plan]
        failed = found[2]
        assert isinstance(failed, Failed)
        assert failed.at == 2
        assert "did you mean `towel`?" in failed.error


def test_what_is_no_person_fails_alone(recommender: kc.Recommender) -> None:
    some: list[Any] = ["somebody", *people(1)]
    first, second = recommender.recommend_many(some)
    assert isinstance(first, Failed)
    assert isinstance(second, kc.Plan)


def test_history_request_and_day_come_with_asked(recommender: kc.Recommender) -> None:
    [person] = people(1)
    asked = Asked(person, kc.History(), kc.Request(minutes=2), ON)
    [plan] = recommender.recommend_many([asked])
    assert plan == recommender.recommend(person, request=kc.Request(minutes=2), on=ON)


def test_a_knowledge_of_ones_own_is_made_anew_in_the_worker(
    knowledge: kc.Knowledge, two_processes: ProcessPoolExecutor
) -> None:
    own = knowledge.with_policy(kc.Policy(sessions_before_step=5)).without_rules("pregnancy")
    engine = kc.Recommender(own)
    some = people(3)
    assert list(engine.recommend_many(some, two_processes)) == [
        engine.recommend(one) for one in some
    ]


class _Counting(ThreadPoolExecutor):
    """Counts what is submitted."""

    submitted = 0

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.submitted += 1
        return super().submit(fn, *args, **kwargs)


def test_the_number_of_chunks_on_their_way_is_bounded(recommender: kc.Recommender) -> None:
    with _Counting(1) as executor:
        found = recommender.recommend_many(people(MOST_WAITING * 3), executor, chunk=1)
        next(found)
        assert executor.submitted <= MOST_WAITING
        list(found)
        assert executor.submitted == MOST_WAITING * 3


class _Broken(Executor):
    """An executor whose workers die."""

    def submit(self, _fn: Any, /, *_args: Any, **_kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_exception(MemoryError())
        return future


def test_a_worker_that_fails_is_told_for_everybody_of_its_chunk(
    recommender: kc.Recommender,
) -> None:
    found = list(recommender.recommend_many(people(3), _Broken(), chunk=2))
    told = "the worker failed: MemoryError"
    assert found == [Failed(at=at, error=told) for at in range(3)]


@pytest.mark.parametrize("chunk", [0, -1, 2.5, True])
def test_a_chunk_of_no_size_is_refused(chunk: Any, recommender: kc.Recommender) -> None:
    with pytest.raises(kc.InvalidInput, match="chunk"):
        list(recommender.recommend_many(people(1), None, chunk))


def test_lines_of_json_in_lines_of_json_out(recommender: kc.Recommender) -> None:
    [person] = people(1)
    good = f'{{"person": {json.dumps(person)}, "request": {{"minutes": 2}}, "on": "2026-11-21"}}'
    lines: list[str | bytes] = [good, '{"person": {"age": "old"}}', "nonsense", good.encode()]
    found = list(recommend_jsonl(recommender, lines))
    plan = recommender.recommend(person, request=kc.Request(minutes=2), on=ON)
    assert json.loads(found[0], kc.Plan) == plan
    assert ["error" in plain_json.loads(one) for one in found] == [False, True, True, False]
    assert found[3] == found[0]
