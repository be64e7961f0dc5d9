"""Answers to questions as of a day, given by name or by an all-clear.

An all-clear states that all built-in safety questions were asked. It gives each of them that has no
answer by name the reassuring answer.
"""

from collections.abc import Collection, Iterator, Mapping

from attrs import define, field

from kineticchain.domain.facts import FactClass, FactType, Section, Temporal, Value, Vocabulary
from kineticchain.domain.facts.fact_values import Facts
from kineticchain.record.observation import Held, Moment, answered_at
from kineticchain.record.validity import Clock

_LASTING = frozenset({Temporal.FIXED, Temporal.COUNTS_UP, Temporal.WINDOW})
"""Temporal kinds of the signs that an all-clear does not take back.

An all-clear is about the present. Signs of lasting conditions and of past events stay.
"""


@define
class Answers:
    """Facts as of a day, filled in fact by fact.

    Attributes:
        facts: Values that count, by name.
        unsure: Last known values of facts whose last answer was *unsure*, by name.
        stated: Moment at which each value was last stated.
        begun: Moment since which each value has been the same.
        unknown: Names whose last answer was *unsure*, as long as that answer is valid.
        lapsed: Names of screening facts whose last known value was a sign that no longer counts.
        expired: Names whose reassuring answer ended by time or by a break in training, and not
            because an event asked the question again.
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
    """Yield the answer and the type of each covering question last answered yes or *unsure*.

    For the facts that the question covers, an all-clear of the same moment and earlier reassuring
    or *unsure* answers no longer count. A yes outside the emergency section is left out if a
    covered fact was stated with a value other than the reassuring one. That value explains the yes,
    so that the answers to the other covered facts still count.

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
    """Return whether a fact was stated with a value other than the reassuring one."""
    fact = vocabulary.by_id.get(name)
    return fact is not None and any(
        full_name in held and held[full_name].value not in {None, fact.reassuring}
        for full_name in fact.names
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
        opened: Ids of facts that the all-clear does not answer.

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
    """Add one answer given by name; it replaces the answer of the all-clear."""
    answers.facts.pop(name, None)
    answers.expired.discard(name)
    value = None if held.value is None else clock.value_on(fact, held.value, held.since)
    screening = fact.fact_class is FactClass.SCREENING
    if held.unsure:
        if clock.is_valid_unsure(fact, held.last):
            answers.unknown.add(name)
        else:
            answers.run_out = True
        # A sign keeps its last known value. A reassuring answer becomes unknown.
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
    """Return whether a value is a sign: not the reassuring value of a screening fact."""
    return fact.fact_class is FactClass.SCREENING and value not in {None, fact.reassuring}


def spread(facts: Facts, vocabulary: Vocabulary) -> Iterator[tuple[str, Value | None]]:
    """Yield each answer by name, spread over the sides or regions of its fact.

    A value under the plain id applies to each side or region without a value of its own.

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
            for full_name in fact.names:
                if full_name == name or full_name not in given:
                    yield full_name, value
