"""The compiled evaluator: it makes the decisions of the reference evaluator, but faster.

1. A matcher finds the rules whose condition is true or unknown (`rules.matching`).
2. The outcome of each rule is its consequences in order. It is cached by the rule, its truth value
   and the values of the binding that `about` reads.
3. The unknown facts behind an undecided rule are cached by the values that its condition reads.
4. Outcomes are combined by the class of their effects.

A compiled rulebook changes only its two memos and can be shared between threads.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property

from attrs import evolve, field, frozen

from kineticchain.domain.facts import BindingKind, Truth, Value
from kineticchain.domain.facts.condition import names_in
from kineticchain.domain.memo import Memo
from kineticchain.record import Situation
from kineticchain.rules.evaluation.clearance import Clearance, ResultsInForceClearance, binding_key
from kineticchain.rules.evaluation.consequences import consequences, consequences_of_unsure
from kineticchain.rules.evaluation.python_call import called
from kineticchain.rules.evaluation.questions import OpenRule, open_questions
from kineticchain.rules.evaluation.reference import decision_of
from kineticchain.rules.evaluation.rulebook import Rulebook
from kineticchain.rules.evaluation.strata import with_conclusions
from kineticchain.rules.matching.matcher import FactsRead, Matcher
from kineticchain.rules.model.consequence import AnyConsequence, RuleOutcome
from kineticchain.rules.model.decision import Decision, Failure, Fired, Settled
from kineticchain.rules.model.rule import Rule

OutcomeKey = tuple[str, Truth, tuple[Value | None, ...]]
OpenKey = tuple[str, FactsRead]


@frozen
class _Group:
    """The rules with one kind of binding, or the rules without a binding."""

    kind: BindingKind | None
    rules: tuple[Rule, ...]
    matcher: Matcher = field(repr=False)


@frozen(eq=False)
class CompiledRules:
    """A rulebook, compiled for repeated evaluation."""

    rulebook: Rulebook
    outcomes: Memo[OutcomeKey, RuleOutcome] = field(factory=Memo, init=False, repr=False)
    open_rules: Memo[OpenKey, OpenRule] = field(factory=Memo, init=False, repr=False)

    def decide(self, situation: Situation, clearance: Clearance | None = None) -> Decision:
        """Return the decision of the rules, which equals the decision of the reference evaluator.

        Args:
            situation: The facts about the person on a day.
            clearance: The clearance by clinicians; by default that of the results in the situation.
        """
        clearance = clearance or ResultsInForceClearance(situation, self.rulebook)
        readings = [
            with_conclusions(reading, self.rulebook.strata) for reading in situation.readings
        ]
        fired: list[Fired] = []
        settled: list[Fired] = []
        undecided: list[tuple[Fired, OpenRule]] = []
        for reading in readings:
            self._match(reading, clearance, fired, settled, undecided)
        outcomes = [(firing.rule.id, self._outcome(firing, clearance)) for firing in fired]
        failures: list[Failure] = []
        for rule in self.rulebook.python_rules:
            added: list[AnyConsequence] = []
            for reading in readings:
                answer = called(rule, reading, self.rulebook)
                added += answer.consequences
                failures += answer.failures
            outcomes.append((rule.id, RuleOutcome.of(added)))
        questions = open_questions(undecided, situation.facts, situation.state, self.rulebook)
        for firing, _ in questions.unsure:
            referred = RuleOutcome.of(consequences_of_unsure(firing, self.rulebook.exercise_index))
            outcomes.append((firing.rule.id, referred))
        decision = decision_of(outcomes, questions, failures, fired, self.rulebook)
        return evolve(decision, settled=settled_keys(settled)) if settled else decision

    def _match(
        self,
        situation: Situation,
        clearance: Clearance,
        fired: list[Fired],
        settled: list[Fired],
        undecided: list[tuple[Fired, OpenRule]],
    ) -> None:
        """Match the rules in each of their bindings, and append those that are true or unknown.

        A rule that results settle is appended to `settled`, any other rule to `fired`. An unknown
        rule in `fired` is appended to `undecided` as well.
        """
        open_rules = self.open_rules
        for group in self._groups:
            rules, matcher = group.rules, group.matcher
            for binding, facts in situation.bindings(group.kind):
                held, unknown = matcher.match(facts)
                for number in held:
                    firing = Fired(rules[number], binding, truth=True, facts=facts)
                    is_settled = firing.rule.settled_by and clearance.settles(firing)
                    (settled if is_settled else fired).append(firing)
                for number, seen in zip(unknown, matcher.seen(unknown, facts), strict=True):
                    firing = Fired(rules[number], binding, truth=None, facts=facts)
                    if firing.rule.settled_by and clearance.settles(firing):
                        settled.append(firing)
                        continue
                    fired.append(firing)
                    key = (firing.rule.id, seen)
                    open_rule = open_rules.get(key)
                    if open_rule is None:
                        asks = firing.rule.id in self.rulebook.asking
                        open_rule = OpenRule.of(firing, self.rulebook, asks=asks)
                        open_rules.add(key, open_rule)
                    undecided.append((firing, open_rule))

    def _outcome(self, fired: Fired, clearance: Clearance) -> RuleOutcome:
        """Return the outcome of a fired rule, with `Opened` for what a clinician opens."""
        bound: tuple[Value | None, ...] = ()
        if fired.binding is not None:
            values = fired.binding.values
            bound = tuple([values.get(name) for name in self._bound_names[fired.rule.id]])
        key = (fired.rule.id, fired.truth, bound)
        outcome = self.outcomes.get(key)
        if outcome is None:
            added = consequences(fired, self.rulebook.exercise_index)
            outcome = self.outcomes.add(key, RuleOutcome.of(added))
        if fired.rule.until_cleared and clearance.opens_any:
            members = [consequence for _, consequence in outcome.ordered]
            return RuleOutcome.of(clearance.opened(members, fired))
        return outcome

    @cached_property
    def _groups(self) -> tuple[_Group, ...]:
        groups = []
        for kind in (None, *BindingKind):
            rules = tuple(rule for rule in self.rulebook.data_rules if rule.each is kind)
            if rules:
                matcher = Matcher((rule.when for rule in rules), self.rulebook.per_side)
                groups.append(_Group(kind, rules, matcher))
        return tuple(groups)

    @cached_property
    def _bound_names(self) -> Mapping[str, tuple[str, ...]]:
        """For each rule the names of the binding that its consequences depend on."""
        return {rule.id: _bound_names(rule) for rule in self.rulebook.data_rules}


def _bound_names(rule: Rule) -> tuple[str, ...]:
    """Return the names of region and side and those that `about` reads; none without `each`."""
    if rule.each is None:
        return ()
    read = names_in(rule.about) if rule.about is not None else frozenset()
    return tuple(sorted({"here.region", "here.side", *read}))


def settled_keys(settled: Iterable[Fired]) -> tuple[Settled, ...]:
    """Return the ids of settled rules with region and side of their bindings, each once."""
    return tuple(dict.fromkeys(binding_key(fired) for fired in settled))
