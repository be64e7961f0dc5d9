"""Rules map facts to effects. Their order does not matter, and no effect cancels another one."""

from kineticchain.domain.facts import ReferralLevel
from kineticchain.rules.evaluation.compiled import CompiledRules
from kineticchain.rules.evaluation.reference import decide
from kineticchain.rules.evaluation.rulebook import Rulebook
from kineticchain.rules.model.consequence import Consequence
from kineticchain.rules.model.decision import Decision, Failure, Fired, Firing
from kineticchain.rules.model.effect import (
    EFFECTS,
    Advise,
    Conclude,
    Effect,
    EffectKind,
    Exclude,
    Limit,
    LimitKind,
    Opened,
    Prefer,
    Refer,
    Require,
    Requirement,
    Show,
    Target,
)
from kineticchain.rules.model.exercise_index import ExerciseIndex, ExerciseSide
from kineticchain.rules.model.python_rule import PythonRule, rule
from kineticchain.rules.model.rule import Rule

__all__ = [
    "EFFECTS",
    "Advise",
    "CompiledRules",
    "Conclude",
    "Consequence",
    "Decision",
    "Effect",
    "EffectKind",
    "Exclude",
    "ExerciseIndex",
    "ExerciseSide",
    "Failure",
    "Fired",
    "Firing",
    "Limit",
    "LimitKind",
    "Opened",
    "Prefer",
    "PythonRule",
    "Refer",
    "ReferralLevel",
    "Require",
    "Requirement",
    "Rule",
    "Rulebook",
    "Show",
    "Target",
    "decide",
    "rule",
]
