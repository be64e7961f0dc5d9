"""Strategies over the built-in knowledge, shared by the laws."""

import kineticchain as kc
from kineticchain.testing import strategies

KNOWLEDGE = kc.Knowledge.builtin()
RECOMMENDER = kc.Recommender(KNOWLEDGE)
LAST_DAY = strategies.FIRST_DAY.replace(month=4)
