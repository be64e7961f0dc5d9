"""Plans for many people: in order, whoever works on them, and nobody stops the others."""

import copy
import datetime
import json as plain_json
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any

import pytest

import kineticchain as kc
from kineticchain.domain.messages import MessageCatalog
from kineticchain.interop import json
from kineticchain.interop.jsonl import recommend_jsonl
from kineticchain.recommendation import Failed, PlanInput
from kineticchain.recommendation.batch import MAX_WAITING
from kineticchain.rules import Exclude, rule

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
    asked = PlanInput(person, kc.History(), kc.Request(minutes=2), ON)
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
        found = recommender.recommend_many(people(MAX_WAITING * 3), executor, chunk=1)
        next(found)
        assert executor.submitted <= MAX_WAITING
        list(found)
        assert executor.submitted == MAX_WAITING * 3


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


def test_what_cannot_travel_fails_alone(
    recommender: kc.Recommender, two_processes: ProcessPoolExecutor
) -> None:
    one = people(1)[0]
    odd: Any = [one, lambda: None, one]
    found = list(recommender.recommend_many(odd, two_processes))
    assert [isinstance(each, Failed) for each in found] == [False, True, False]


class Closing(Executor):
    """An executor that breaks after its first chunk."""

    def __init__(self) -> None:
        self.taken = 0

    def submit(self, fn: Any, /, *args: Any, **more: Any) -> Future[Any]:
        self.taken += 1
        if self.taken > 1:
            raise RuntimeError
        future: Future[Any] = Future()
        future.set_result(fn(*args, **more))
        return future


def test_a_pool_that_breaks_fails_those_who_come_after_and_raises_nothing(
    recommender: kc.Recommender,
) -> None:
    found = list(recommender.recommend_many(people(4), Closing(), chunk=1))
    assert [isinstance(each, Failed) for each in found] == [False, True, True, True]


def test_a_plan_that_is_ready_does_not_wait_for_more_people(recommender: kc.Recommender) -> None:
    asked = []

    def coming() -> Iterator[kc.Person]:
        for one in people(40):
            asked.append(one)
            yield one

    with ThreadPoolExecutor(1) as executor:
        plans = recommender.recommend_many(coming(), executor, chunk=1)
        next(plans)
        next(plans)
        plans.close()  # type: ignore[attr-defined]  # a generator
    assert len(asked) <= MAX_WAITING + 2


def test_words_of_ones_own_are_those_of_the_worker_too(
    knowledge: kc.Knowledge, two_processes: ProcessPoolExecutor
) -> None:
    english = knowledge.catalog
    templates = {
        name: english.text(name, **{each: f"{{{each}}}" for each in english.arguments(name)})
        for name in english.ids
    }
    own = MessageCatalog({**templates, "standing_start": "Off you go."}, "en")
    recommender = kc.Recommender(knowledge.speaking(own))
    here = [one for one in recommender.recommend_many(people(2)) if isinstance(one, kc.Plan)]
    there = list(recommender.recommend_many(people(2), two_processes))
    assert there == here
    assert "Off you go." in {one.reason.text for one in recommender.explain(here[0]).standings}


@rule(id="clinic.no_walk", about="exercise.id == 'walking'", because="So.", sources=["SEED1"])
def no_walk(facts: Mapping[str, object]) -> tuple[Exclude, ...]:
    return (Exclude(),)


def clinic(knowledge: kc.Knowledge, *rules: Any) -> kc.Recommender:
    pack = kc.RulePack(id="clinic", version="1", rules=rules)
    return kc.Recommender(knowledge.with_packs(pack))


def test_a_rule_in_python_at_the_top_of_a_module_travels(
    knowledge: kc.Knowledge, two_processes: ProcessPoolExecutor
) -> None:
    recommender = clinic(knowledge, no_walk)
    here = list(recommender.recommend_many(people(2)))
    assert list(recommender.recommend_many(people(2), two_processes)) == here


def test_a_rule_that_no_worker_would_find_is_told_before_anything_is_done(
    knowledge: kc.Knowledge, two_processes: ProcessPoolExecutor
) -> None:
    @rule(id="clinic.inside", about="True", because="So.", sources=["SEED1"])
    def inside(facts: Mapping[str, object]) -> tuple[Exclude, ...]:
        return (Exclude(),)

    with pytest.raises(kc.InvalidInput, match="at the top of a module"):
        clinic(knowledge, inside).recommend_many(people(1), two_processes)


def test_a_rule_that_cannot_travel_can_still_be_copied() -> None:
    @rule(id="clinic.inside", about="True", because="So.", sources=["SEED1"])
    def inside(facts: Mapping[str, object]) -> tuple[Exclude, ...]:
        return (Exclude(),)

    assert copy.copy(inside) is inside
    assert copy.deepcopy([inside]) == [inside]
