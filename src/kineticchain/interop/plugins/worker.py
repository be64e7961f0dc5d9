"""The process that runs a plugin's rules: ``python -m kineticchain.interop.plugins.worker``.

The arguments are the reference of the plugin and the memory limit in megabytes. The process writes
one line at the start, and then one line for each line on its standard input. Output that the plugin
prints is discarded.
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
from kineticchain.knowledge.pack import RulePack
from kineticchain.rules import PythonRule
from kineticchain.rules.evaluation.python_call import MAX_EFFECTS


def main(reference: str, megabytes: int) -> None:
    """Load the plugin, send its pack, then answer calls until the input ends.

    Args:
        reference: The plugin, as ``module`` or ``module:attribute``.
        megabytes: The largest address space of this process, in megabytes.
    """
    # keep the pipe to the app under another descriptor, and point standard output to the null
    # device: what the plugin prints cannot mix with the messages
    out = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "w") as null_device:  # noqa: PTH123 - a device, not a file
        os.dup2(null_device.fileno(), 1)
    _limit_memory(megabytes)
    try:
        pack = _pack(reference)
    except BaseException as error:  # noqa: BLE001 - reported to the app
        _send(out, {"error": f"{type(error).__name__}: {error}"})
        return
    _send(out, _first_message(pack))
    rules = {rule.id: rule for rule in pack.rules if isinstance(rule, PythonRule)}
    for line in sys.stdin.buffer:
        message = message_in(line)
        rule = rules[cast("str", message["rule"])]
        facts = read_facts(cast("dict[str, object]", message["facts"]))
        try:
            effects = tuple(islice(rule.function(MappingProxyType(facts)), MAX_EFFECTS + 1))
            _send(out, {"call": message["call"], "effects": effects_data(rule, effects)})
        except BaseException as error:  # noqa: BLE001 - reported to the app
            _send(out, {"call": message["call"], "error": type(error).__name__})


def _pack(reference: str) -> RulePack:
    module, _, attribute = reference.partition(":")
    plugin: object = importlib.import_module(module)
    return loaded(getattr(plugin, attribute) if attribute else plugin)


def _first_message(pack: RulePack) -> dict[str, object]:
    """Return the message with the pack and its data rules as JSON, and the Python rules' heads."""
    python = [rule for rule in pack.rules if isinstance(rule, PythonRule)]
    data = evolve(pack, rules=tuple(rule for rule in pack.rules if rule not in python))
    heads = [
        {
            "id": rule.id,
            "because": rule.because,
            "about": None if rule.about is None else condition_text(rule.about),
            "each": None if rule.each is None else rule.each.value,
            "same_side": rule.same_side,
            "evidence": list(rule.evidence),
            "sources": list(rule.sources),
        }
        for rule in python
    ]
    return {"pack": dumps(data), "python": heads}


def _send(out: BinaryIO, message: dict[str, object]) -> None:
    out.write(line_of(message))
    out.flush()


def _limit_memory(megabytes: int) -> None:
    with contextlib.suppress(ImportError):  # Windows has no such module
        import resource  # noqa: PLC0415

        limit = megabytes * 1_000_000
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
