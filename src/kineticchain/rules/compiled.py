"""The fast evaluator: the same decision as the reference one, all rules at once.

Conditions on the person are matched all at once (`matcher`); what each rule adds is worked
out when it first holds, and kept. A compiled rulebook never changes but for what it
remembers, and may be shared between threads.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import chain
from typing import TypeAlias

from attrs import field, frozen

from kineticchain.facts import Truth, Value
from kineticchain.facts.condition import names_in
from kineticchain.person import Situation
from kineticchain.person.situation import Occasion
from kineticchain.rules.calling import called
from kineticchain.rules.conclusions import with_conclusions
from kineticchain.rules.consequences import Fired, Ordered, consequences, ordered
from kineticchain.rules.decision import Decision
from kineticchain.rules.matcher import Matcher
from kineticchain.rules.reference import joined
from kineticchain.rules.rule import Rule
from kineticchain.rules.rulebook import Rulebook

_Key: TypeAlias = tuple[str, Truth, tuple[Value | None, ...]]

_MOST_REMEMBERED = 8192


@frozen
class _Group:
    """The rules that run over one occasion, or over the person as a whole."""

    occasion: Occasion | None
    rules: tuple[Rule, ...]
    matcher: Matcher = field(repr=False)


@frozen(eq=False)
class CompiledRules:
    """A rulebook, ready to be evaluated often."""

    rulebook: Rulebook
    _remembered: dict[_Key, tuple[Ordered, ...]] = field(factory=dict, init=False, repr=False)

    def decide(self, situation: Situation) -> Decision:
        """What the rules come to for a situation; equal to the reference evaluator's."""
        settled = with_conclusions(situation, self.rulebook.strata)
        fired = list(self._fired(settled))
        parts = chain.from_iterable(map(self._consequences, fired))
        python = [
            ordered(part)
            for rule in self.rulebook.python_rules
            for part in called(rule, settled, self.rulebook)
        ]
        return joined(chain(parts, python), fired, self.rulebook)

    def _fired(self, situation: Situation) -> Iterator[Fired]:
        for group in self._groups:
            for here, facts in situation.bindings(group.occasion):
                held, unknown = group.matcher.match(facts)
                for number in held:
                    yield Fired(group.rules[number], here, truth=True, facts=facts)
                for number in unknown:
                    yield Fired(group.rules[number], here, truth=None, facts=facts)

    @cached_property
    def _groups(self) -> tuple[_Group, ...]:
        found = []
        for occasion in (None, *Occasion):
            rules = tuple(one for one in self.rulebook.data_rules if one.each is occasion)
            if rules:
                matcher = Matcher((one.when for one in rules), self.rulebook.per_side)
                found.append(_Group(occasion, rules, matcher))
        return tuple(found)

    def _consequences(self, fired: Fired) -> tuple[Ordered, ...]:
        """What a fired rule adds: the same for all bindings that its exercises can't tell apart."""
        bound = tuple(fired.bound.get(name) for name in self._told_apart[fired.rule.id])
        key = (fired.rule.id, fired.truth, bound)
        found = self._remembered.get(key)
        if found is None:
            found = tuple(map(ordered, consequences(fired, self.rulebook.catalogue)))
            if len(self._remembered) < _MOST_REMEMBERED:
                self._remembered[key] = found
        return found

    @cached_property
    def _told_apart(self) -> Mapping[str, tuple[str, ...]]:
        """For each rule what its consequences depend on: region, side, and what `about` reads."""
        return {rule.id: _here_names(rule) for rule in self.rulebook.data_rules}


def _here_names(rule: Rule) -> tuple[str, ...]:
    if rule.each is None:
        return ()
    read = names_in(rule.about) if rule.about is not None else frozenset()
    return tuple(sorted({"here.region", "here.side", *read}))
