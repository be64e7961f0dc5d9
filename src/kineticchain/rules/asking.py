"""The questions that undecided rules leave open."""

from collections import Counter
from collections.abc import Iterable, Mapping

from kineticchain.facts.evaluation import open_names
from kineticchain.rules.consequences import Fired
from kineticchain.rules.effect import ASKING
from kineticchain.rules.rulebook import Rulebook


def questions(undecided: Iterable[Fired], rulebook: Rulebook) -> tuple[tuple[str, int], ...]:
    """The facts to ask for, each with the number of decisions that hang on it, most first.

    A question is a screening fact that is unknown and keeps a referral or an exclusion
    open, directly or through what another rule concludes. Those on which equally many hang
    stand in the order of the vocabulary.
    """
    waiting = list(undecided)
    concluding: dict[str, list[Fired]] = {}
    for one in waiting:
        for fact in one.rule.concludes:
            concluding.setdefault(fact, []).append(one)
    counted: Counter[str] = Counter()
    for one in waiting:
        if any(isinstance(effect, ASKING) for effect in one.rule.effects):
            counted.update({_asked(name, rulebook) for name in _behind(one, concluding)})
    asked = [name for name in rulebook.asked if name in counted]
    return tuple((name, counted[name]) for name in sorted(asked, key=lambda one: -counted[one]))


def _asked(name: str, rulebook: Rulebook) -> str:
    """The fact that is asked for: without its side or region, and not as what `here` has of it."""
    fact = rulebook.vocabulary.type_of(name.removeprefix("here."))
    return name if fact is None else fact.id


def _behind(undecided: Fired, concluding: Mapping[str, list[Fired]]) -> set[str]:
    """The unknown facts behind an undecided rule, through conclusions too."""
    found: set[str] = set()
    left = [undecided]
    while left:
        one = left.pop()
        new = open_names(one.rule.when, one.facts) - found
        found |= new
        left += [fired for name in sorted(new) for fired in concluding.get(name, ())]
    return found
