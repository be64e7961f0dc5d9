"""Alarms that would stay silent: proved over all people, fact by fact (law 30).

An alarm of a fact is stated in the vocabulary: an answer, perhaps its companions, and the least
referral that they lead to. For each of them the analysis looks for somebody who gives the answer
and whom no rule refers as soon as that. There must be nobody, whatever hurts them or not.
"""

from collections.abc import Iterator

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
    """An alarm that somebody gives and that leads to no referral as soon as stated.

    Without a witness the search spent its work, and nothing is proved.
    """

    fact: str
    level: ReferralLevel
    witness: Witness | None

    def __str__(self) -> str:
        """The finding in words, with the answers of the person."""
        what = f"the alarm of `{self.fact}` does not lead to {self.level}"
        if self.witness is None:
            return f"{what} for all that could be proved"
        answers = ", ".join(f"{name} {value}" for name, value in self.witness.person.facts.items())
        return f"{what} for somebody with: {answers or 'no other answer'}"


def silent_alarms(knowledge: Contents, work: int = WORK) -> tuple[SilentAlarm, ...]:
    """The alarms of the vocabulary that the rules do not answer, each with a person who shows it.

    Args:
        knowledge: the knowledge whose vocabulary and rules are held against each other.
        work: how many comparisons of boxes one alarm may cost.

    Returns:
        The alarms that are not proved; none where all are.

    """
    stated = {rule.id: (fact, alarm, rule) for fact, alarm, rule in _stated(knowledge)}
    book = knowledge.rulebook
    probes = tuple(rule for _, _, rule in stated.values())
    forms = RuleBoxes.of(evolve(book, rules=(*book.data_rules, *probes)))
    search = Search(forms, work)
    silent = []
    for fact, alarm, probe in stated.values():
        people = forms.sure(probe)
        referred = [
            box
            for rule in book.data_rules
            if rule.level >= alarm.level
            for box in forms.sure(rule) or ()
        ]
        somebody = Verdict.UNDECIDED if people is None else search.person(people, referred)
        if somebody is not None:
            witness = somebody if isinstance(somebody, Witness) else None
            silent.append(SilentAlarm(fact.id, alarm.level, witness))
    return tuple(silent)


def unstated_alarms(knowledge: Contents) -> Iterator[str]:
    """Screening facts that state neither an alarm nor why they are none."""
    for pack in knowledge.packs:
        for fact in pack.facts:
            screening = fact.fact_class is FactClass.SCREENING
            if screening and not fact.alarms and not fact.no_alarm:
                yield fact.id


def alarming(fact: FactType) -> Condition:
    """The condition that an answer is known and not the reassuring one, on one side at least."""
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


def _stated(knowledge: Contents) -> Iterator[tuple[FactType, Alarm, Rule]]:
    """Each alarm with a rule that holds for the people who give it."""
    for fact in knowledge.vocabulary.types:
        for number, alarm in enumerate(fact.alarms):
            when = alarming(fact)
            if alarm.when is not None:
                when = All((when, alarm.when))
            yield (
                fact,
                alarm,
                Rule(
                    id=f"alarm.{fact.id.replace('.', '_')}.{'abcdefghij'[number]}",
                    when=when,
                    effects=(Advise("not_a_diagnosis"),),
                    because="It is stated as an alarm.",
                    each=alarm.each,
                    sources=("vocabulary",),
                ),
            )
