"""A plugin that looks at its environment, starts a process, and hangs."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import hostile

from kineticchain.domain.facts import Value
from kineticchain.knowledge.pack import RulePack

api_version = 1


def sees_the_secret(facts: Mapping[str, Value]) -> Any:
    if "KINETICCHAIN_SECRET" in os.environ:
        raise KeyError("secret")
    return []


def leaves_a_child(facts: Mapping[str, Value]) -> Any:
    # the child has the group of the worker; it writes its number where the test looks
    place = Path(os.environ["TMPDIR"], "child")
    if not place.exists():
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        place.write_text(str(child.pid), encoding="utf-8")
    return []


def hangs(facts: Mapping[str, Value]) -> Any:
    time.sleep(600)


def pack() -> RulePack:
    functions = (sees_the_secret, leaves_a_child, hangs)
    return RulePack(id="hostile", version="1", rules=tuple(map(hostile.as_rule, functions)))
