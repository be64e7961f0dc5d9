"""Plans for many people, in this process or on an executor."""

import hashlib
import pickle  # chunks travel between our own processes only
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from attrs import evolve, field, frozen

from kineticchain.domain.messages import LANGUAGES, MessageCatalog, catalog_in
from kineticchain.domain.person import Person
from kineticchain.domain.validators import text, whole
from kineticchain.errors import Fault, InvalidInput, KineticChainError
from kineticchain.knowledge import Knowledge
from kineticchain.knowledge.pack import RulePack
from kineticchain.progression import DoseOrder, Policy, Transition
from kineticchain.recommendation.plan.plan import Plan
from kineticchain.recommendation.plan.plan_input import PlanInput
from kineticchain.recommendation.planning.planner import Planner, planned

if TYPE_CHECKING:  # importing the module loads logging, which reads the clock
    from concurrent.futures import Executor, Future

MAX_WAITING = 16
"""The most chunks that are pending at a time."""

PlanRequest: TypeAlias = Person | PlanInput
"""A person, or the whole input of a plan."""


@frozen(kw_only=True)
class Failed:
    """The failure of one of many requests.

    Attributes:
        at: The number of the request, from 0.
        error: The message, with all faults of the request.
    """

    at: int = field(validator=whole(0, 10**12))
    error: str = field(validator=text())


@frozen(kw_only=True)
class EngineSpec:
    """A recipe from which a worker builds the same recommender."""

    engine: Callable[[Knowledge], Planner]
    fingerprint: str
    language: str = "en"
    catalog: MessageCatalog | None = None
    packs: tuple[RulePack, ...] = ()
    disabled_rules: tuple[str, ...] = ()
    policy: Policy | None = None
    transitions: tuple[Transition, ...] | None = None
    dose_orders: tuple[DoseOrder, ...] | None = None

    @classmethod
    def of(cls, planner: Planner) -> "EngineSpec":
        """Return the recipe of a planner."""
        knowledge, engine = planner.knowledge, type(planner)
        builtin, language = Knowledge.builtin(), knowledge.catalog.language
        is_own_catalog = language not in LANGUAGES or knowledge.catalog is not catalog_in(language)
        if knowledge.fingerprint == builtin.fingerprint:
            return cls(
                engine=engine,
                fingerprint=knowledge.fingerprint,
                language=language,
                catalog=knowledge.catalog if is_own_catalog else None,
            )
        return cls(
            engine=engine,
            language=language,
            catalog=knowledge.catalog if is_own_catalog else None,
            fingerprint=knowledge.fingerprint,
            packs=tuple(
                evolve(pack, placed=list) for pack in knowledge.packs if pack not in builtin.packs
            ),
            disabled_rules=knowledge.disabled_rules,
            policy=knowledge.policy,
            transitions=knowledge.transitions,
            dose_orders=knowledge.dose_orders,
        )

    def made(self) -> Planner:
        """Return a recommender that follows this recipe.

        Raises `InvalidInput` if its knowledge has another fingerprint than the recipe states.
        """
        knowledge = Knowledge.builtin()
        if self.fingerprint != knowledge.fingerprint:
            knowledge = (
                knowledge.with_packs(*self.packs)
                .without_rules(*self.disabled_rules)
                .with_policy(
                    self.policy, transitions=self.transitions, dose_orders=self.dose_orders
                )
            )
        if knowledge.fingerprint != self.fingerprint:
            remedy = "run the same version of the library and of its packs everywhere"
            raise InvalidInput(Fault("the worker makes another knowledge", "executor", remedy))
        catalog_or_language = self.catalog or (None if self.language == "en" else self.language)
        return self.engine(
            knowledge if catalog_or_language is None else knowledge.speaking(catalog_or_language)
        )


def recommend_many(
    planner: Planner,
    people: Iterable[PlanRequest],
    executor: "Executor | None" = None,
    chunk: int = 64,
) -> Iterator[Plan | Failed]:
    """Yield a plan or a failure for each request, in order; see `Recommender.recommend_many`."""
    if type(chunk) is not int or chunk < 1:
        raise InvalidInput(Fault(f"`{chunk}` is no size of a chunk", "chunk", "give 1 or more"))
    _check(people, executor)
    if executor is None:
        return (_plan(planner, request, at) for at, request in enumerate(people))
    return _on(executor, _packed(EngineSpec.of(planner)), _chunks(people, chunk))


def _packed(recipe: EngineSpec) -> bytes:
    """Return the bytes of a recipe. Raises `InvalidInput` for a rule that no worker can import."""
    try:
        return pickle.dumps(recipe)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        remedy = "define rules in Python at the top of a module that workers can import"
        raise InvalidInput(Fault(f"it cannot travel ({error})", "knowledge", remedy)) from None


def _check(people: object, executor: object) -> None:
    if isinstance(people, (str, bytes)) or not isinstance(people, Iterable):
        raise InvalidInput(Fault("no people", "people", "give a list of persons"))
    if executor is not None and not callable(getattr(executor, "submit", None)):
        raise InvalidInput(Fault("no executor", "executor", "give one of concurrent.futures"))


def _chunks(people: Iterable[PlanRequest], size: int) -> Iterator[tuple[int, list[PlanRequest]]]:
    """Yield chunks of a size, each with the number of its first request."""
    remaining = iter(people)
    begin = 0
    while requests := list(islice(remaining, size)):
        yield begin, requests
        begin += len(requests)


def _on(
    executor: "Executor",
    recipe: bytes,
    chunks: Iterator[tuple[int, list[PlanRequest]]],
) -> Iterator[Plan | Failed]:
    """Yield the results of chunks from an executor; a limited number is pending at a time."""
    key = hashlib.sha256(recipe).hexdigest()
    waiting: deque[tuple[int, int, Future[bytes] | Exception]] = deque()
    for begin, requests in chunks:
        future: Future[bytes] | Exception
        try:
            future = executor.submit(
                work, key, recipe, begin, [_bytes_of(request) for request in requests]
            )
        except Exception as error:  # noqa: BLE001 - a broken pool fails its people, no more
            future = error
        waiting.append((begin, len(requests), future))
        while waiting and (len(waiting) >= MAX_WAITING or _is_done(waiting[0][2])):
            yield from _results(*waiting.popleft())
    while waiting:
        yield from _results(*waiting.popleft())


def _bytes_of(request: PlanRequest) -> bytes | None:
    """Return the bytes of a request; None if it cannot be pickled."""
    try:
        return pickle.dumps(request)
    except Exception:  # noqa: BLE001 - one bad person never stops the rest
        return None


def _is_done(future: "Future[bytes] | Exception") -> bool:
    return isinstance(future, Exception) or future.done()


def _results(
    begin: int, count: int, future: "Future[bytes] | Exception"
) -> Iterator[Plan | Failed]:
    """Yield the plans of a chunk; if its worker failed, a failure for each request."""
    if isinstance(future, Exception):
        yield from _failed(begin, count, future)
        return
    try:
        plans: list[Plan | Failed] = pickle.loads(future.result())  # noqa: S301 - our own
    except Exception as error:  # noqa: BLE001 - one chunk never stops the rest
        yield from _failed(begin, count, error)
        return
    yield from plans


def _failed(begin: int, count: int, error: Exception) -> Iterator[Failed]:
    is_own_error = isinstance(error, KineticChainError)
    message = f"the worker failed: {error if is_own_error else type(error).__name__}"
    yield from (Failed(at=begin + at, error=message) for at in range(count))


_ENGINES: dict[str, Planner] = {}
"""The recommenders that this worker process has made, by the hash of their recipes."""


def work(key: str, recipe: bytes, begin: int, people: list[bytes | None]) -> bytes:
    """Return the results of a chunk as bytes; runs in a worker."""
    engine = _ENGINES.get(key)
    if engine is None:
        spec: EngineSpec = pickle.loads(recipe)  # noqa: S301 - our own
        engine = _ENGINES[key] = spec.made()
    plans = [_plan_of_bytes(engine, packed, begin + at) for at, packed in enumerate(people)]
    return pickle.dumps(plans)


def _plan_of_bytes(planner: Planner, packed: bytes | None, at: int) -> Plan | Failed:
    if packed is None:
        return Failed(at=at, error="this is no person: it cannot travel to a worker")
    request: PlanRequest = pickle.loads(packed)  # noqa: S301 - our own
    return _plan(planner, request, at)


def _plan(planner: Planner, request: PlanRequest, at: int) -> Plan | Failed:
    """Return the plan of a request, or its failure."""
    try:
        plan_input = request if isinstance(request, PlanInput) else PlanInput(request)
        return planned(planner, plan_input)
    except KineticChainError as error:
        return Failed(at=at, error=str(error)[:4000])
    except Exception as error:  # noqa: BLE001 - one bad person never stops the rest
        return Failed(at=at, error=f"{type(error).__name__} while planning")
