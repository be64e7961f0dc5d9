"""The facts to ask for to decide rules, and the rules that *unsure* answers keep undecided."""

from collections import Counter
from collections.abc import Iterable, Mapping

from attrs import frozen

from kineticchain.domain.facts import FactType, Value
from kineticchain.domain.facts.evaluation import open_names
from kineticchain.record import State
from kineticchain.rules.evaluation.rulebook import Rulebook
from kineticchain.rules.model.decision import Fired
from kineticchain.rules.model.rule import Rule


@frozen
class OpenRule:
    """A rule whose condition is unknown.

    Attributes:
        rule: The rule.
        names: The unknown facts that keep it undecided.
        asked: The facts to ask for to decide the rule; empty if the rule asks for no facts.
    """

    rule: Rule
    names: frozenset[str]
    asked: frozenset[str]

    @classmethod
    def of(cls, fired: Fired, rulebook: Rulebook, *, asks: bool) -> "OpenRule":
        """Return an undecided rule with the unknown facts that keep it undecided.

        Args:
            fired: The rule, with the facts of its binding.
            rulebook: The rules with the vocabulary.
            asks: True if the unknown facts of the rule are asked for.
        """
        names = open_names(fired.rule.when, fired.facts)
        return cls(fired.rule, names, rulebook.asked_for(names) if asks else frozenset())


@frozen
class OpenQuestions:
    """The questions that undecided rules raise.

    Attributes:
        counts: The facts to ask for, each with the number of rules that it decides.
        unsure: The rules that only *unsure* answers keep undecided, each with the facts that were
            answered so.
    """

    counts: tuple[tuple[str, int], ...] = ()
    unsure: tuple[tuple[Fired, tuple[str, ...]], ...] = ()


def open_questions(
    undecided: Iterable[tuple[Fired, OpenRule]],
    facts: Mapping[str, Value],
    state: State,
    rulebook: Rulebook,
) -> OpenQuestions:
    """Return the facts to ask for, and the rules that only *unsure* keeps undecided.

    An unknown fact with a question is asked for if it can decide a referral or an exclusion,
    directly or through the conclusion of another rule. If it is undecided whether the question is
    asked (`asked_if`), the facts that decide this are asked for instead. Facts that were answered
    with *unsure* are not asked for again.

    Facts are sorted by the number of rules that they decide, then in the order of the vocabulary.

    Args:
        undecided: The rules whose condition is unknown.
        facts: The facts about the person.
        state: The state of the record, with the answers that were *unsure*.
        rulebook: The rules with the vocabulary.
    """
    undecided_rules = list(undecided)
    concluding: dict[str, list[frozenset[str]]] = {}
    for _, open_rule in undecided_rules:
        for fact in open_rule.rule.concludes:
            concluding.setdefault(fact, []).append(open_rule.names)
    order = AskingOrder(facts, state, rulebook)
    counts: Counter[str] = Counter()
    unsure: list[tuple[Fired, tuple[str, ...]]] = []
    for fired, open_rule in undecided_rules:
        asked = _asked(open_rule, concluding, rulebook) if concluding else open_rule.asked
        names = order.first(asked)
        missing = names - order.answered_unsure if order.answered_unsure else names
        counts.update(missing)
        if not missing and names:
            unsure.append((fired, tuple(sorted(names))))
    asked_names = [name for name in rulebook.asked if name in counts]
    return OpenQuestions(
        counts=tuple(
            (name, counts[name]) for name in sorted(asked_names, key=lambda name: -counts[name])
        ),
        unsure=tuple(unsure),
    )


class AskingOrder:
    """The order of questions: facts that decide whether a question is asked come first.

    Attributes:
        answered_unsure: The facts whose answers were *unsure*; they are not asked for again.
    """

    def __init__(self, facts: Mapping[str, Value], state: State, rulebook: Rulebook) -> None:
        """Read the answers that were *unsure*."""
        self.facts = facts
        self.state = state
        self.rulebook = rulebook
        self.answered_unsure: frozenset[str] = self._answered_unsure()
        self.by_fact: dict[str, frozenset[str]] = {}
        self.by_condition: dict[int, frozenset[str]] = {}

    def _answered_unsure(self) -> frozenset[str]:
        """Return the facts whose missing values were all answered with *unsure*.

        A question that covers other facts is included if all its open facts are.
        """
        vocabulary, unknown = self.rulebook.vocabulary, self.state.unknown
        if not unknown:
            return frozenset()
        unsure = {
            fact.id
            for name in unknown
            if (fact := vocabulary.type_of(name)) is not None
            if all(full_name in self.facts or full_name in unknown for full_name in fact.names)
        }
        for fact in vocabulary.covering:
            parts = [vocabulary.by_id[name] for name in fact.covers if name in vocabulary.by_id]
            open_parts = {
                part.id
                for part in parts
                if any(full_name not in self.facts for full_name in part.names)
            }
            if open_parts and open_parts <= unsure:
                unsure.add(fact.id)
        return frozenset(unsure)

    def before(self, name: str) -> frozenset[str]:
        """Return the facts to ask for to decide whether a fact is asked for; empty if decided."""
        number = self.rulebook.vocabulary.condition_numbers.get(name)
        if number is None:
            return frozenset()
        if number not in self.by_condition:
            unknown = open_names(self.rulebook.vocabulary.asked_if[name], self.facts)
            names = self.rulebook.asked_for(unknown) if unknown else unknown
            self.by_condition[number] = self.first(names & self.rulebook.asked.keys())
        return self.by_condition[number]

    def first(self, asked: frozenset[str]) -> frozenset[str]:
        """Return the facts to ask for in place of some unknown facts."""
        if not asked:
            return asked
        firsts = []
        for name in asked:
            if name not in self.by_fact:
                self.by_fact[name] = self._in_place_of(name)
            firsts.append(self.by_fact[name])
        return frozenset().union(*firsts)

    def _in_place_of(self, name: str) -> frozenset[str]:
        """Return the facts that decide whether a fact is asked for, or else the fact itself.

        The fact itself is also returned if it was a sign. A fact without a question gives an empty
        set.
        """
        fact = self.rulebook.asked.get(name)
        if fact is None:
            return frozenset()
        itself = frozenset({name})
        return itself if self._was_a_sign(fact) else self.before(name) or itself

    def _was_a_sign(self, fact: FactType) -> bool:
        """Return whether a fact was a sign that no longer counts and has to be asked for again."""
        return any(name in self.state.lapsed for name in fact.names)


def _asked(
    open_rule: OpenRule, concluding: Mapping[str, list[frozenset[str]]], rulebook: Rulebook
) -> frozenset[str]:
    """Return the facts to ask for to decide a rule.

    If the rule reads conclusions of undecided rules, the facts to decide those rules are included.

    Args:
        open_rule: The undecided rule.
        concluding: For each fact the unknown facts of the undecided rules that conclude it.
        rulebook: The rules with the vocabulary.
    """
    if open_rule.rule.id not in rulebook.asking or open_rule.names.isdisjoint(concluding):
        return open_rule.asked
    reached, pending = set(open_rule.names), list(open_rule.names)
    while pending:
        for names in concluding.get(pending.pop(), ()):
            pending += names - reached
            reached |= names
    return rulebook.asked_for(frozenset(reached))
