"""Answers to questions as of a day, given by name or by an all-clear."""

from collections.abc import Collection, Iterator, Mapping

from attrs import define, field

from kineticchain.domain.facts import FactClass, FactType, Section, Temporal, Value, Vocabulary
from kineticchain.domain.facts.fact_values import Facts
from kineticchain.record.observation import Held, Moment, answered_at
from kineticchain.record.validity import Clock

_LASTING = frozenset({Temporal.FIXED, Temporal.COUNTS_UP, Temporal.WINDOW})
"""Temporal kinds whose signs an all-clear does not take back.

An all-clear is about the present: signs that last or lie in the past stay.
"""


@define
class Answers:
    """Facts as of a day, filled in fact by fact.

    Attributes:
        facts: Values that count, by name.
        unsure: Last known values of facts that a later statement made unsure.
        stated: Moment at which each value was last stated.
        begun: Moment since which each value has been the same.
        unknown: Names whose last statement was *unsure*, as long as that answer is valid.
        lapsed: Names of signs, values other than the reassuring one, that no longer count.
        expired: Names whose reassuring answer no longer counts by time alone.
        run_out: True if some answers no longer count.

    """

    facts: dict[str, Value] = field(factory=dict)
    unsure: dict[str, Value] = field(factory=dict)
    stated: dict[str, Moment] = field(factory=dict)
    begun: dict[str, Moment] = field(factory=dict)
    unknown: set[str] = field(factory=set)
    lapsed: set[str] = field(factory=set)
    expired: set[str] = field(factory=set)
    run_out: bool = False


def answers_on(
    clock: Clock,
    held: Mapping[str, Held],
    clear: Moment | None,
    vocabulary: Vocabulary,
    *,
    takes_back: bool = True,
) -> Answers:
    """Return all answers that count on the day of the clock.

    An answer by name prevails over an all-clear of the same moment.

    Args:
        clock: Day, and validity of earlier answers on it.
        held: Value of each fact by name, after all statements of it.
        clear: Moment of the last all-clear; None without one.
        vocabulary: Types of facts.
        takes_back: True if the all-clear takes back present signs that were reported before it.

    """
    answers = Answers()
    # The all-clear comes first; answers by name then replace its values.
    if clear is not None:
        opened = {
            part
            for observed, group in signs_of_groups(held, vocabulary)
            if answered_at(observed.last) >= answered_at(clear)
            for part in group.covers
        }
        _add_all_clear(answers, clear, clock, vocabulary, opened)
    for name, observed in held.items():
        fact = vocabulary.type_of(name)
        if fact is None:
            continue
        # A later all-clear replaces reassuring answers, unsure answers, and signs that it retracts.
        if clear is not None and clear > answered_at(observed.last) and name in vocabulary.cleared:
            sign = observed.value not in {None, fact.reassuring}
            if not sign or (takes_back and fact.time not in _LASTING):
                continue
        _add_answer(answers, name, fact, observed, clock)
    return answers


def signs_of_groups(
    held: Mapping[str, Held], vocabulary: Vocabulary
) -> Iterator[tuple[Held, FactType]]:
    """Yield each covering question whose last answer was yes or *unsure*.

    The all-clear of that moment and earlier answers say nothing of the facts that it covers. A yes
    to lasting conditions that one of them explains leaves the answers to the others.

    Args:
        held: Value of each fact by name, after all statements of it.
        vocabulary: Types of facts.

    """
    for fact in vocabulary.covering if held else ():
        observed = held.get(fact.id)
        if observed is None or (not observed.unsure and observed.value == fact.reassuring):
            continue
        is_explained = (
            not observed.unsure
            and fact.asked_in is not Section.EMERGENCY
            and any(_is_stated(part, held, vocabulary) for part in fact.covers)
        )
        if not is_explained:
            yield observed, fact


def _is_stated(name: str, held: Mapping[str, Held], vocabulary: Vocabulary) -> bool:
    """Return whether a fact was stated with another value than the reassuring one."""
    fact = vocabulary.by_id.get(name)
    return fact is not None and any(
        place in held and held[place].value not in {None, fact.reassuring} for place in fact.names
    )


def _add_all_clear(
    answers: Answers,
    clear: Moment,
    clock: Clock,
    vocabulary: Vocabulary,
    opened: Collection[str],
) -> None:
    """Add the reassuring answers of an all-clear that still count.

    Args:
        answers: Answers so far; the values are added to them.
        clear: Moment of the all-clear.
        clock: Day, and validity of earlier answers on it.
        vocabulary: Types of facts.
        opened: Ids of facts of which the all-clear says nothing.

    """
    for fact, cleared in vocabulary.cleared_alike:
        if clock.is_valid(fact, clear):
            answers.facts.update(cleared)
        else:
            answers.run_out = True
            answers.expired.update(
                name
                for name in cleared
                if (cleared_fact := vocabulary.type_of(name)) is not None
                and not clock.is_asked_again(cleared_fact, clear)
            )
    reopenings = [reopening for reopening in clock.reopenings if reopening.asks_again(clear)]
    for name in list(answers.facts) if reopenings or opened else ():
        fact_type = vocabulary.type_of(name)
        if fact_type is not None and (
            fact_type.id in opened or any(reopening.concerns(fact_type) for reopening in reopenings)
        ):
            del answers.facts[name]
            answers.run_out = True


def _add_answer(answers: Answers, name: str, fact: FactType, held: Held, clock: Clock) -> None:
    """Add one answer given by name, in place of that of the all-clear."""
    answers.facts.pop(name, None)
    answers.expired.discard(name)
    value = None if held.value is None else clock.value_on(fact, held.value, held.since)
    screening = fact.fact_class is FactClass.SCREENING
    if held.unsure:
        if clock.is_valid_unsure(fact, held.last):
            answers.unknown.add(name)
        else:
            answers.run_out = True
        # An unsure sign is kept. An unsure reassuring answer becomes unknown.
        if value is not None and not (screening and value == fact.reassuring):
            answers.unsure[name] = value
            answers.stated[name], answers.begun[name] = held.since, held.first
        elif _is_a_sign(fact, held.value):
            answers.lapsed.add(name)
    elif value is not None:
        answers.facts[name] = value
        answers.stated[name], answers.begun[name] = held.since, held.first
    elif screening:
        answers.run_out = True
        if _is_a_sign(fact, held.value):
            answers.lapsed.add(name)
        elif held.value is not None and not clock.is_asked_again(fact, held.since):
            answers.expired.add(name)


def _is_a_sign(fact: FactType, value: Value | None) -> bool:
    """Return whether a value of a screening fact is another than the reassuring one."""
    return fact.fact_class is FactClass.SCREENING and value not in {None, fact.reassuring}


def spread(facts: Facts, vocabulary: Vocabulary) -> Iterator[tuple[str, Value | None]]:
    """Yield each answer by name, spread over the sides or regions of its fact.

    A value under the plain id stands for each side or region without a value of its own.

    Args:
        facts: Answers as given.
        vocabulary: Types of facts.

    Yields:
        Name and value; None is *unsure*.

    """
    given = facts.given()
    for name, value in given.items():
        fact = vocabulary.by_id.get(name)
        if fact is None:
            yield name, value
        else:
            for place in fact.names:
                if place == name or place not in given:
                    yield place, value
