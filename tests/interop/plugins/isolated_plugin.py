"""A plugin whose rules loop, grow, die or print; for a process of its own."""

import hostile

from kineticchain.knowledge.pack import RulePack

api_version = 1


def pack() -> RulePack:
    functions = (hostile.loops, hostile.eats_memory, hostile.kills_its_process, hostile.prints)
    return RulePack(id="hostile", version="1", rules=tuple(map(hostile.as_rule, functions)))
