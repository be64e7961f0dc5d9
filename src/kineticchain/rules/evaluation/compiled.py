"""The fast evaluator: the same decision as the reference one, all rules at once.

Conditions on the person are matched all at once (`matcher`); what each rule adds, and what it
leaves open, is worked out when it first sees some values, and kept; so is what the same rules
come to together. A compiled rulebook never changes but for what it remembers, and may be shared
between threads.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from typing import TypeAlias

from attrs import evolve, field, frozen

from kineticchain.cache import Cache
from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.facts import BindingKind, Truth, Value
from kineticchain.domain.facts.condition import names_in
from kineticchain.record import Binding, Situation
from kineticchain.rules.evaluation.clearance import is_settled, opened
from kineticchain.rules.evaluation.consequences import Fired, Ordered, Part, consequences, ordered
from kineticchain.rules.evaluation.python_call import called
from kineticchain.rules.evaluation.questions import questions
from kineticchain.rules.evaluation.reference import decision_of, firing, order_of, unknown_behind
from kineticchain.rules.evaluation.rulebook import Rulebook
from kineticchain.rules.evaluation.strata import with_conclusions
from kineticchain.rules.matching.matcher import FactsRead, Matcher
from kineticchain.rules.model.decision import Decision, Firing
from kineticchain.rules.model.rule import Rule

MAX_DECIDED = 256
"""So many decisions are kept: some have more than a thousand parts."""

_Key: TypeAlias = tuple[str, Truth, tuple[Value | None, ...]]
_Bound: TypeAlias = tuple[Region, Side, str] | None
_Followed: TypeAlias = tuple[tuple[int, frozenset[str] | None], ...]


@frozen
class _Group:
    """The rules that run over one occasion, or over the person as a whole."""

    occasion: BindingKind | None
    rules: tuple[Rule, ...]
    matcher: Matcher = field(repr=False)


@frozen
class _Added:
    """What one fired rule adds, in order, and the same by kind."""

    parts: tuple[Ordered, ...]
    by_kind: Mapping[type, Sequence[Part]]

    @classmethod
    def of(cls, parts: Iterable[Ordered]) -> "_Added":
        """Parts of one rule, each of them once."""
        unique = tuple(sorted(dict(parts).items(), key=itemgetter(0)))
        by_kind: dict[type, list[Part]] = {}
        for _, part in unique:
            by_kind.setdefault(type(part), []).append(part)
        return cls(unique, by_kind)


@frozen
class _Met:
    """A fired rule with all that follows: its place among others, and what it leaves open.

    The values that it saw are not part of it: 2 and 2.0 are equal, and yet two.
    """

    rule: Rule
    truth: Truth
    place: tuple[str, str, str]
    unknown: frozenset[str] | None
    added: _Added


def _place(found: tuple[_Met, Binding | None, FactsRead]) -> tuple[str, str, str]:
    return found[0].place


@frozen(eq=False)
class CompiledRules:
    """A rulebook, ready to be evaluated often."""

    rulebook: Rulebook
    _met: Cache[tuple[str, FactsRead, _Bound], _Met] = field(factory=Cache, init=False, repr=False)
    _added: Cache[_Key, _Added] = field(factory=Cache, init=False, repr=False)
    _decided: Cache[_Followed, tuple[tuple[_Met, ...], Decision]] = field(
        factory=Cache, init=False, repr=False
    )

    def decide(self, situation: Situation) -> Decision:
        """What the rules come to for a situation; equal to the reference evaluator's."""
        readings = [with_conclusions(one, self.rulebook.strata) for one in situation.readings]
        found = [one for reading in readings for one in self._all_met(reading)]
        found.sort(key=_place)
        trace = tuple([self._firing(*one) for one in found])
        several = len(situation.heres) > 1 and len(set(situation.heres)) < len(situation.heres)
        if len(readings) > 1 or several:
            trace = tuple(dict.fromkeys(trace))
        met = tuple([one for one, _, _ in found])
        return evolve(self._decision(met, readings), trace=trace)

    def _firing(self, met: _Met, here: Binding | None, seen: FactsRead) -> Firing:
        names = self.rulebook.reads[met.rule.id]
        return firing(met.rule.id, here, met.truth, tuple(zip(names, seen, strict=True)))

    def _decision(self, met: tuple[_Met, ...], readings: Sequence[Situation]) -> Decision:
        """What they come to, kept by what each adds; rules in Python may see anything else."""
        if self.rulebook.python_rules:
            return self._joined(met, readings)
        key = tuple([(id(one.added), one.unknown) for one in met])
        known = self._decided.get(key)
        if known is None:
            made = self._joined(met, readings)
            known = self._decided.keep(key, (met, made), MAX_DECIDED)
        return known[1]

    def _all_met(self, situation: Situation) -> Iterator[tuple[_Met, Binding | None, FactsRead]]:
        """The rules that hold or stay unknown, each with what it ran over and saw."""
        for group in self._groups:
            for here, facts in situation.bindings(group.occasion):
                held, unknown = group.matcher.match(facts)
                numbers = held + unknown
                values = group.matcher.seen(numbers, facts)
                bound = None if here is None else (here.region, here.side, repr(here.values))
                for at, (number, seen) in enumerate(zip(numbers, values, strict=True)):
                    rule = group.rules[number]
                    truth = True if at < len(held) else None
                    if rule.settled_by and is_settled(
                        rule, here, facts, truth, situation, self.rulebook
                    ):
                        continue
                    found = self._met.get((rule.id, seen, bound))
                    if found is None:
                        fired = Fired(rule, here, truth, facts)
                        found = self._met.keep((rule.id, seen, bound), self._meet(fired))
                    if rule.until_cleared and situation.state.results.allowing:
                        found = self._opened(found, here, situation)
                    yield found, here, seen

    def _opened(self, met: _Met, here: Binding | None, situation: Situation) -> _Met:
        """A fired rule less what a clinician allows."""
        added = [part for _, part in met.added.parts]
        left = opened(added, met.rule, here, situation, self.rulebook)
        return evolve(met, added=_Added.of(map(ordered, left)))

    def _meet(self, fired: Fired) -> _Met:
        """All that follows: the same wherever the rule sees the same, its truth included."""
        return _Met(
            fired.rule,
            fired.truth,
            order_of(fired),
            unknown_behind(fired) if fired.truth is None else None,
            self._consequences(fired),
        )

    def _joined(self, met: Iterable[_Met], readings: Iterable[Situation]) -> Decision:
        """All that is added and asked, without the trace.

        What each rule adds is in order, and so are rules.
        """
        by_rule: dict[str, list[_Added]] = {}
        for one in met:
            by_rule.setdefault(one.rule.id, []).append(one.added)
        for rule in self.rulebook.python_rules:
            parts = [part for one in readings for part in called(rule, one, self.rulebook)]
            by_rule[rule.id] = [_Added.of(map(ordered, parts))]
        found: dict[type, list[Part]] = {}
        for _, added in sorted(by_rule.items()):
            whole = added[0]
            if len(added) > 1:
                whole = _Added.of(part for one in added for part in one.parts)
            for kind, of_kind in whole.by_kind.items():
                found.setdefault(kind, []).extend(of_kind)
        open_rules = [(one.rule, one.unknown) for one in met if one.unknown is not None]
        return decision_of(found, questions(open_rules, self.rulebook), ())

    @cached_property
    def _groups(self) -> tuple[_Group, ...]:
        found = []
        for occasion in (None, *BindingKind):
            rules = tuple(one for one in self.rulebook.data_rules if one.each is occasion)
            if rules:
                matcher = Matcher((one.when for one in rules), self.rulebook.per_side)
                found.append(_Group(occasion, rules, matcher))
        return tuple(found)

    def _consequences(self, fired: Fired) -> _Added:
        """What a fired rule adds: the same for all bindings that its exercises can't tell apart."""
        bound: tuple[Value | None, ...] = ()
        if fired.here is not None:
            values = fired.here.values
            bound = tuple([values.get(name) for name in self._told_apart[fired.rule.id]])
        key = (fired.rule.id, fired.truth, bound)
        found = self._added.get(key)
        if found is None:
            found = _Added.of(map(ordered, consequences(fired, self.rulebook.exercise_index)))
            self._added.keep(key, found)
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
