"""Rules written in Python, called so that nothing they do gets past a safety rule.

A rule sees a table of its own, is called twice, and what it answers is taken apart and built
anew. Whatever fails excludes all that the rule is about, and is reported.
"""

from collections.abc import Mapping
from itertools import islice
from types import MappingProxyType
from typing import TypeAlias, TypeGuard

from attrs import fields

from kineticchain.domain.facts import Constant, Value
from kineticchain.errors import InvalidInput, RuleStopped
from kineticchain.record import Situation
from kineticchain.rules.evaluation.consequences import Fired, Part, consequences
from kineticchain.rules.evaluation.rulebook import Rulebook
from kineticchain.rules.model.decision import Exclusion, Failure
from kineticchain.rules.model.effect import (
    Advise,
    Conclude,
    Effect,
    Exclude,
    Limit,
    Prefer,
    Refer,
    Require,
    Show,
    Target,
)
from kineticchain.rules.model.exercise_index import ExerciseIndex
from kineticchain.rules.model.python_rule import PythonRule
from kineticchain.rules.model.rule import Rule, is_about_exercises

MAX_EFFECTS = 64
"""So many effects one call may answer."""

_KINDS: tuple[type, ...] = (Refer, Exclude, Limit, Require, Prefer, Target, Advise, Show, Conclude)
_Answer: TypeAlias = tuple[Effect, ...]
_ALWAYS = Constant(value=True)


class _Refused(Exception):
    """An answer that cannot be used; the message says why."""


def called(rule: PythonRule, situation: Situation, rulebook: Rulebook) -> list[Part]:
    """What a Python rule adds; if it fails, its failure and what it was about, excluded."""
    exercise_index = rulebook.exercise_index
    try:
        first = _answer(rule, situation.facts, rulebook)
        again = _answer(rule, situation.facts, rulebook)
        if first != again:
            raise _Refused("answers differently when asked twice")  # noqa: TRY301 - one way out
        return _parts(rule, first, situation, exercise_index)
    except _Refused as refused:
        about = exercise_index.about(rule.about, {}, or_unknown=True)
        out = [
            Exclusion(one.exercise, one.side, rule.id) for one in exercise_index.candidates(about)
        ]
        return [Failure(rule.id, str(refused)), *out]


def _parts(
    rule: PythonRule, effects: _Answer, situation: Situation, exercise_index: ExerciseIndex
) -> list[Part]:
    """What the effects come to, as those of a rule that is data."""
    if not effects:
        return []
    as_data = Rule(
        id=rule.id,
        when=_ALWAYS,
        effects=effects,
        because=rule.because,
        about=rule.about if any(is_about_exercises(one) for one in effects) else None,
        evidence=rule.evidence,
        sources=rule.sources,
    )
    return consequences(Fired(as_data, None, truth=True, facts=situation.facts), exercise_index)


def _answer(rule: PythonRule, facts: Mapping[str, Value], rulebook: Rulebook) -> _Answer:
    table = dict(facts)
    try:
        returned: list[object] = list(
            islice(rule.function(MappingProxyType(table)), MAX_EFFECTS + 1)
        )
    except KeyboardInterrupt:
        raise
    except RuleStopped as stopped:
        raise _Refused(str(stopped)) from None
    except BaseException as error:  # noqa: BLE001 - a stranger's code may raise anything
        raise _Refused(f"raised {type(error).__name__}") from None
    if table != facts:
        raise _Refused("changed the facts that it was given")
    if len(returned) > MAX_EFFECTS:
        raise _Refused(f"returned more than {MAX_EFFECTS} effects")
    return tuple(_checked(one, rulebook) for one in returned)


def _checked(returned: object, rulebook: Rulebook) -> Effect:
    """The effect, built anew so that its own checks run."""
    if not _is_effect(returned):
        raise _Refused("returned something that is no effect")
    try:
        effect: Effect = type(returned)(
            *(getattr(returned, one.name) for one in fields(type(returned)))
        )
    except (InvalidInput, AttributeError, TypeError):
        raise _Refused("returned an effect with parts that do not fit") from None
    match effect:
        case Conclude():
            raise _Refused("concluded a fact, which only rules that are data may do")
        case Refer(_, name) | Advise(name) if name not in rulebook.messages:
            raise _Refused("named a message that is not known")
        case Show(name) if name not in rulebook.conflicts:
            raise _Refused("named a conflict that is not known")
        case _:
            return effect


def _is_effect(returned: object) -> TypeGuard[Effect]:
    """Whether it is an effect itself: a class of a stranger's own might lie about its values."""
    return type(returned) in _KINDS
