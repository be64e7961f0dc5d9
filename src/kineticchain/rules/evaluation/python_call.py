"""Calls of Python rules. A failure of a Python rule cannot weaken a safety rule.

A rule gets its own table of facts and is called twice. Its effects are rebuilt from their parts. If
a call fails, all exercises that the rule is about are excluded, and the failure is reported.
"""

from collections.abc import Mapping
from itertools import islice
from types import MappingProxyType
from typing import TypeAlias, TypeGuard

from attrs import fields, frozen

from kineticchain.domain.facts import Constant, Value
from kineticchain.errors import InvalidInput, RuleStopped
from kineticchain.record import Situation
from kineticchain.record.derivation.binding import Binding
from kineticchain.rules.evaluation.consequences import consequences
from kineticchain.rules.evaluation.rulebook import Rulebook
from kineticchain.rules.model.consequence import AnyConsequence, Consequence
from kineticchain.rules.model.decision import Failure, Fired
from kineticchain.rules.model.effect import (
    EFFECTS,
    Advise,
    Conclude,
    Effect,
    Exclude,
    Refer,
    Show,
    is_about_exercises,
)
from kineticchain.rules.model.exercise_index import ExerciseIndex
from kineticchain.rules.model.python_rule import PythonRule
from kineticchain.rules.model.rule import Rule

MAX_EFFECTS = 64
"""The most effects that one call may return."""

_KINDS: tuple[type, ...] = tuple(kind.cls for kind in EFFECTS)
_Effects: TypeAlias = tuple[Effect, ...]
_ALWAYS = Constant(value=True)


class _Refused(Exception):
    """An unusable result; the message gives the reason."""


@frozen
class Answer:
    """The consequences of a Python rule.

    After a failure the consequences include the exclusion of the exercises of the rule.

    Attributes:
        consequences: The consequences.
        failures: The failure; empty if all calls succeeded.
    """

    consequences: list[AnyConsequence]
    failures: tuple[Failure, ...] = ()


def called(rule: PythonRule, situation: Situation, rulebook: Rulebook) -> Answer:
    """Call a Python rule, twice for each of its bindings.

    Returns:
        The consequences. If a call fails, they include the exclusion of all exercises that the rule
        is about, and the failure is reported. The effects for other bindings, such as a referral,
        still count.
    """
    exercise_index = rulebook.exercise_index
    added: list[AnyConsequence] = []
    failure: str | None = None
    for binding, facts in situation.bindings(rule.each):
        try:
            effects = _effects_of_call(rule, facts, rulebook)
            repeated = _effects_of_call(rule, facts, rulebook)
            if effects != repeated:
                raise _Refused("answers differently when asked twice")  # noqa: TRY301 - one way out
            added += _consequences(rule, effects, binding, facts, exercise_index)
        except _Refused as refused:
            failure = failure or str(refused)
    if failure is None:
        return Answer(added)
    exercises = exercise_index.about(rule.about, {}, or_unknown=True)
    added += [
        Consequence(Exclude(), rule.id, target) for target in exercise_index.candidates(exercises)
    ]
    return Answer(added, (Failure(rule.id, failure),))


def _consequences(
    rule: PythonRule,
    effects: _Effects,
    binding: Binding | None,
    facts: Mapping[str, Value],
    exercise_index: ExerciseIndex,
) -> list[AnyConsequence]:
    """Return the consequences of the effects, as for a data rule."""
    if not effects:
        return []
    as_data = Rule(
        id=rule.id,
        when=_ALWAYS,
        effects=effects,
        because=rule.because,
        about=rule.about if any(is_about_exercises(effect) for effect in effects) else None,
        each=rule.each,
        same_side=rule.same_side,
        evidence=rule.evidence,
        sources=rule.sources,
    )
    return consequences(Fired(as_data, binding, truth=True, facts=facts), exercise_index)


def _effects_of_call(rule: PythonRule, facts: Mapping[str, Value], rulebook: Rulebook) -> _Effects:
    """Call the function of a rule once, and return its effects; raises `_Refused` if it fails."""
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
    return tuple(_checked(effect, rulebook) for effect in returned)


def _checked(returned: object, rulebook: Rulebook) -> Effect:
    """Return the effect, rebuilt so that its validators run; raises `_Refused` if it is invalid."""
    if not _is_effect(returned):
        raise _Refused("returned something that is no effect")
    try:
        effect: Effect = type(returned)(
            *(getattr(returned, field.name) for field in fields(type(returned)))
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
    """Return whether an object is of an effect class itself. A subclass could falsify values."""
    return type(returned) in _KINDS
