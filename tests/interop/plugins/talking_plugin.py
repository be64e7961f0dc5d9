"""A plugin that finds the way its answers take, and answers unasked."""

import contextlib
import os
from collections.abc import Iterable, Mapping

import hostile

from kineticchain.domain.facts import Value
from kineticchain.knowledge.pack import RulePack
from kineticchain.rules import Effect

api_version = 1


def talks(facts: Mapping[str, Value]) -> Iterable[Effect]:
    for place in range(3, 20):
        with contextlib.suppress(OSError):
            os.write(place, b'{"call": 99, "effects": []}\n')
    return []


def pack() -> RulePack:
    return RulePack(id="hostile", version="1", rules=(hostile.as_rule(talks),))
