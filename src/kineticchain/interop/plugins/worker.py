"""The process in which rules of strangers run: ``python -m kineticchain.interop.plugins.worker``.

It is told on its command line where the plugin is and how much memory it may use. It answers
each line on its standard input with one line; whatever the plugin prints goes nowhere.
"""

import contextlib
import importlib
import os
import sys
from itertools import islice
from types import MappingProxyType
from typing import BinaryIO, cast

from attrs import evolve

from kineticchain.domain.facts import condition_text
from kineticchain.interop.json import dumps
from kineticchain.interop.plugins.discovery import loaded
from kineticchain.interop.plugins.wire import effects_data, line_of, message_in, read_facts
from kineticchain.rules import PythonRule, RulePack
from kineticchain.rules.evaluation.python_call import MAX_EFFECTS


def main(reference: str, megabytes: int) -> None:
    """Load the plugin, tell what it holds, then answer until the input ends."""
    out = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - a device, not a file
        os.dup2(nowhere.fileno(), 1)
    _bound_memory(megabytes)
    try:
        pack = _pack(reference)
    except BaseException as error:  # noqa: BLE001 - told to the app, whatever it is
        _tell(out, {"error": f"{type(error).__name__}: {error}"})
        return
    _tell(out, _head(pack))
    rules = {rule.id: rule for rule in pack.rules if isinstance(rule, PythonRule)}
    for line in sys.stdin.buffer:
        message = message_in(line)
        rule = rules[cast("str", message["rule"])]
        facts = read_facts(cast("dict[str, object]", message["facts"]))
        try:
            effects = tuple(islice(rule.function(MappingProxyType(facts)), MAX_EFFECTS + 1))
            _tell(out, {"call": message["call"], "effects": effects_data(rule, effects)})
        except BaseException as error:  # noqa: BLE001 - told to the app, whatever it is
            _tell(out, {"call": message["call"], "error": type(error).__name__})


def _pack(reference: str) -> RulePack:
    module, _, attribute = reference.partition(":")
    plugin: object = importlib.import_module(module)
    return loaded(getattr(plugin, attribute) if attribute else plugin)


def _head(pack: RulePack) -> dict[str, object]:
    python = [rule for rule in pack.rules if isinstance(rule, PythonRule)]
    data = evolve(pack, rules=tuple(rule for rule in pack.rules if rule not in python))
    heads = [
        {
            "id": rule.id,
            "because": rule.because,
            "about": None if rule.about is None else condition_text(rule.about),
            "evidence": list(rule.evidence),
            "sources": list(rule.sources),
        }
        for rule in python
    ]
    return {"pack": dumps(data), "python": heads}


def _tell(out: BinaryIO, message: dict[str, object]) -> None:
    out.write(line_of(message))
    out.flush()


def _bound_memory(megabytes: int) -> None:
    with contextlib.suppress(ImportError):  # there is no such bound on every system
        import resource  # noqa: PLC0415

        limit = megabytes * 1_000_000
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
