"""Proof that every stated alarm leads to its referral, for all possible people (law 30).

The vocabulary states alarms of a fact: an answer, possibly with further conditions, and the least
referral level that has to follow. For each alarm the analysis searches for a counterexample: a
person who gives the answer and whom no rule refers at that level or above.
"""

from collections.abc import Iterator
from itertools import count

from attrs import evolve, frozen

from kineticchain.domain.facts import (
    All,
    AnySide,
    Compare,
    Condition,
    FactClass,
    FactKind,
    FactType,
    Is,
    Known,
    Name,
    Not,
    Operator,
    ReferralLevel,
)
from kineticchain.domain.facts.fact_type import Alarm
from kineticchain.knowledge.contents import Contents
from kineticchain.rules import Advise, Rule
from kineticchain.rules.analysis import Verdict, Witness
from kineticchain.rules.analysis.rule_boxes import RuleBoxes
from kineticchain.rules.analysis.satisfiability import WORK, Search


@frozen
class SilentAlarm:
    """An alarm that is not proved to lead to the stated referral.

    Attributes:
        fact: The id of the fact.
        level: The least referral level that has to follow.
        witness: A person with the alarm and without the referral; None if the search was undecided.
    """

    fact: str
    level: ReferralLevel
    witness: Witness | None

    def __str__(self) -> str:
        """Return the finding in words, with the answers of the witness."""
        what = f"the alarm of `{self.fact}` does not lead to {self.level}"
        if self.witness is None:
            return f"{what} for all that could be proved"
        answers = ", ".join(f"{name} {value}" for name, value in self.witness.person.facts.items())
        return f"{what} for somebody with: {answers or 'no other answer'}"


def silent_alarms(knowledge: Contents, work: int = WORK) -> tuple[SilentAlarm, ...]:
    """Return the alarms of the vocabulary that are not proved to lead to their referral.

    Args:
        knowledge: The vocabulary with the alarms, and the rules that have to refer.
        work: The largest number of comparisons of boxes for one alarm.
    """
    # A probe is a rule that holds exactly for the people who give one alarm. The probes are added
    # to the rulebook. The conditions of probes and rules are then divided into boxes on one grid.
    probed = {rule.id: (fact, alarm, rule) for fact, alarm, rule in _probes(knowledge)}
    book = knowledge.rulebook
    probes = tuple(rule for _, _, rule in probed.values())
    forms = RuleBoxes.of(evolve(book, rules=(*book.data_rules, *probes)))
    search = Search(forms, work)
    silent = []
    for fact, alarm, probe in probed.values():
        # A counterexample lies in a box of the probe and in no box of a rule that refers urgently
        # enough. A rule that is too complex for boxes is ignored. That can only make an alarm seem
        # silent.
        people = forms.sure(probe)
        referred = [
            box
            for rule in book.data_rules
            if rule.level >= alarm.level
            for box in forms.sure(rule) or ()
        ]
        result = Verdict.UNDECIDED if people is None else search.person(people, referred)
        if result is not None:
            witness = result if isinstance(result, Witness) else None
            silent.append(SilentAlarm(fact.id, alarm.level, witness))
    return tuple(silent)


def unstated_alarms(knowledge: Contents) -> Iterator[str]:
    """Yield the screening facts that state neither an alarm nor a reason for having none."""
    for pack in knowledge.packs:
        for fact in pack.facts:
            screening = fact.fact_class is FactClass.SCREENING
            if screening and not fact.alarms and not fact.no_alarm:
                yield fact.id


def alarming(fact: FactType) -> Condition:
    """Return the condition that the answer is known and not reassuring, on one side at least.

    A fact without a reassuring answer alarms with any answer.
    """
    name = Name(fact.id)
    condition: Condition
    match fact.kind:
        case _ if fact.reassuring is None:
            condition = Known(name)
        case FactKind.BOOLEAN:
            condition = Not(Is(name)) if fact.reassuring is True else Is(name)
        case _:
            assert isinstance(fact.reassuring, (int, float, str))  # noqa: S101 - no set is asked
            condition = Compare(name, Operator.UNEQUAL, fact.reassuring)
    return AnySide(condition) if fact.per_side else condition


def sounded(fact: FactType, alarm: Alarm) -> Condition:
    """Return the whole condition of an alarm: an alarming answer, and `alarm.when` if stated."""
    when = alarming(fact)
    return when if alarm.when is None else All((when, alarm.when))


def _probes(knowledge: Contents) -> Iterator[tuple[FactType, Alarm, Rule]]:
    """Yield each alarm with its probe: a rule that holds for the people with the alarm."""
    number = count(1)
    for fact in knowledge.vocabulary.types:
        for alarm in fact.alarms:
            yield (
                fact,
                alarm,
                Rule(
                    id=f"alarm.probe_{next(number)}",
                    when=sounded(fact, alarm),
                    effects=(Advise("not_a_diagnosis"),),
                    because="It is stated as an alarm.",
                    each=alarm.each,
                    sources=("vocabulary",),
                ),
            )
