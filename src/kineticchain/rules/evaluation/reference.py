"""The reference evaluator: the definition of the meaning of rules.

All rules are evaluated on the same facts, which include the conclusions of lower strata.
Restricting effects apply if the condition is true or unknown, other effects only if it is true. The
decision combines all effects and depends neither on the order of rules nor on duplicates. Tests
compare the compiled evaluator with this one.
"""

from collections.abc import Iterable, Sequence

from kineticchain.domain.facts import evaluate
from kineticchain.record import Situation
from kineticchain.rules.evaluation.clearance import ResultsInForceClearance
from kineticchain.rules.evaluation.consequences import consequences, consequences_of_unsure
from kineticchain.rules.evaluation.python_call import called
from kineticchain.rules.evaluation.questions import OpenQuestions, OpenRule, open_questions
from kineticchain.rules.evaluation.rulebook import Rulebook
from kineticchain.rules.evaluation.strata import with_conclusions
from kineticchain.rules.model.consequence import AnyConsequence, RuleOutcome
from kineticchain.rules.model.decision import Decision, Failure, Fired
from kineticchain.rules.model.rule import Rule


def decide(rulebook: Rulebook, situation: Situation) -> Decision:
    """Evaluate every rule on every reading of the person, and combine the effects.

    Args:
        rulebook: The rules with their exercises, facts and texts.
        situation: The facts about the person on a day.

    Returns:
        The decision; `CompiledRules.decide` returns an equal decision, but is faster.
    """
    fired: list[Fired] = []
    added: list[AnyConsequence] = []
    failures: list[Failure] = []
    clearance = ResultsInForceClearance(situation, rulebook)
    for reading in situation.readings:
        concluded = with_conclusions(reading, rulebook.strata)
        applying = [
            firing
            for rule in rulebook.data_rules
            for firing in _evaluations(rule, concluded)
            if firing.truth is not False and not clearance.settles(firing)
        ]
        for firing in applying:
            following = consequences(firing, rulebook.exercise_index)
            added += clearance.opened(following, firing)
        fired += applying
        for rule in rulebook.python_rules:
            answer = called(rule, concluded, rulebook)
            added += answer.consequences
            failures += answer.failures
    return joined(added, failures, fired, situation, rulebook)


def joined(
    added: Iterable[AnyConsequence],
    failures: Sequence[Failure],
    fired: Iterable[Fired],
    situation: Situation,
    rulebook: Rulebook,
) -> Decision:
    """Return the decision that combines consequences.

    The decision has all consequences, the open questions, and the referrals of the rules that only
    *unsure* keeps undecided.

    Args:
        added: The consequences of all rules, in any order.
        failures: The Python rules that failed.
        fired: The data rules that are true or unknown.
        situation: The facts about the person.
        rulebook: The rulebook.
    """
    undecided = [
        (firing, OpenRule.of(firing, rulebook, asks=firing.rule.id in rulebook.asking))
        for firing in fired
        if firing.truth is None
    ]
    questions = open_questions(undecided, situation.facts, situation.state, rulebook)
    referred = [
        consequence
        for firing, _ in questions.unsure
        for consequence in consequences_of_unsure(firing, rulebook.exercise_index)
    ]
    by_rule: dict[str, list[AnyConsequence]] = {}
    for consequence in (*added, *referred):
        by_rule.setdefault(consequence.rule, []).append(consequence)
    outcomes = [(rule, RuleOutcome.of(of_rule)) for rule, of_rule in by_rule.items()]
    return decision_of(outcomes, questions, failures, fired, rulebook)


def decision_of(
    outcomes: Iterable[tuple[str, RuleOutcome]],
    asked: OpenQuestions,
    failures: Iterable[Failure],
    fired: Iterable[Fired],
    rulebook: Rulebook,
) -> Decision:
    """Build a decision.

    Args:
        outcomes: Rules with their outcomes, in any order.
        asked: The questions, and the rules that *unsure* leaves undecided.
        failures: Rules written in Python that failed, in any order.
        fired: The rules that fired, in any order.
        rulebook: The rulebook, for the names that each rule reads.
    """
    names, counts = zip(*asked.counts, strict=True) if asked.counts else ((), ())
    return Decision(
        outcomes=tuple(outcomes),
        questions=names,
        decision_counts=counts,
        failures=tuple(sorted(set(failures))) if failures else (),
        fired=tuple(fired),
        unsure=tuple(dict.fromkeys((firing.rule.id, facts) for firing, facts in asked.unsure)),
        reads=rulebook.reads,
    )


def _evaluations(rule: Rule, situation: Situation) -> list[Fired]:
    """Return a rule evaluated on each of its bindings."""
    return [
        Fired(rule, binding, evaluate(rule.when, facts), facts)
        for binding, facts in situation.bindings(rule.each)
    ]
