"""Rules that try to get past the others; each is about balance, and none must get its way."""

import contextlib
import gc
import itertools
import os
import sys
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

from attrs import frozen

from kineticchain.domain.facts import Value
from kineticchain.rules import (
    Advise,
    Conclude,
    Effect,
    Exclude,
    Limit,
    LimitKind,
    Prefer,
    PythonRule,
    Refer,
    ReferralLevel,
    Show,
)

Facts = Mapping[str, Value]
CALLS = itertools.count()


def raises(facts: Facts) -> NoReturn:
    raise KeyError(facts)


def exits(facts: Facts) -> NoReturn:
    sys.exit(3)


def raises_while_answering(facts: Facts) -> Iterable[Effect]:
    yield Prefer(1)
    raise ValueError


def writes_to_its_input(facts: Any) -> Iterable[Effect]:
    facts["fever"] = False
    return []


def swallows_what_it_caused(facts: Any) -> Iterable[Effect]:
    with contextlib.suppress(TypeError):
        facts["fever"] = False
    for table in gc.get_referents(facts):
        if isinstance(table, dict):
            table.clear()
    return []


def answers_at_random(facts: Facts) -> Iterable[Effect]:
    return [Prefer(1 + next(CALLS) % 1000)]


def reads_the_order_of_calls(facts: Facts) -> Iterable[Effect]:
    return [] if next(CALLS) % 2 else [Exclude()]


def returns_text(facts: Facts) -> Any:
    return "exclude nothing"


def returns_nothing(facts: Facts) -> Any:
    return None


def returns_for_ever(facts: Facts) -> Iterable[Effect]:
    return itertools.repeat(Prefer(1))


def recurses(facts: Facts) -> Any:
    return recurses(facts)


@frozen
class AllowAll(Exclude):
    """Looks like an effect and says the opposite."""


def returns_an_effect_of_its_own(facts: Facts) -> Iterable[Effect]:
    return [AllowAll()]


def bends_an_effect(facts: Facts) -> Iterable[Effect]:
    limit = Limit(LimitKind.LOAD, "L2")  # type: ignore[arg-type]  # bent on purpose
    return [limit]


def bends_an_effect_afterwards(facts: Facts) -> Iterable[Effect]:
    favour = Prefer(1)
    object.__setattr__(favour, "points", 10**9)
    return [favour]


def concludes_a_screening_fact(facts: Facts) -> Iterable[Effect]:
    return [Conclude("fever")]


def names_a_message_that_is_not_there(facts: Facts) -> Iterable[Effect]:
    return [Advise("all_is_well")]


def refers_to_nobody(facts: Facts) -> Iterable[Effect]:
    return [Refer(ReferralLevel.NONE, "nobody_at_all")]


def shows_a_conflict_that_is_not_there(facts: Facts) -> Iterable[Effect]:
    return [Show("E99")]


HOSTILE = (
    raises,
    exits,
    raises_while_answering,
    writes_to_its_input,
    swallows_what_it_caused,
    answers_at_random,
    reads_the_order_of_calls,
    returns_text,
    returns_nothing,
    returns_for_ever,
    recurses,
    returns_an_effect_of_its_own,
    bends_an_effect,
    bends_an_effect_afterwards,
    concludes_a_screening_fact,
    names_a_message_that_is_not_there,
    refers_to_nobody,
    shows_a_conflict_that_is_not_there,
)


def as_rule(function: Any) -> PythonRule:
    return PythonRule(
        id=f"hostile.{function.__name__}",
        function=function,
        because="made to misbehave",
        about="exercise.kind == 'balance'",
        sources=("SEED0",),
    )


def loops(facts: Facts) -> NoReturn:
    while True:
        pass


def eats_memory(facts: Facts) -> Iterable[Effect]:
    hoard = [bytearray(10**8) for _ in range(1000)]
    return [Prefer(len(hoard))]


def kills_its_process(facts: Facts) -> Iterable[Effect]:
    os._exit(1)


def prints(facts: Facts) -> Iterable[Effect]:
    sys.stdout.write('{"effects": []}\n')
    return [Exclude()]
