"""Answers to questions as of a day: each by its name, an all-clear for all that it covers."""

from collections.abc import Iterator, Mapping

from attrs import define, field

from kineticchain.domain.facts import FactClass, FactType, Temporal, Value, Vocabulary
from kineticchain.domain.facts.fact_values import Facts
from kineticchain.record.observation import Held, Moment
from kineticchain.record.validity import Clock

_LASTING = frozenset({Temporal.FIXED, Temporal.COUNTS_UP, Temporal.WINDOW})
"""An all-clear asks how things are now: what lasts or lies in the past it does not take back."""


@define
class Answers:
    """Facts as of a day, while they are read from what is held of each.

    `stated` tells when each fact got its value, `begun` since when it has been the same. `unsure`
    are the last known values of what a later statement made unsure; `unknown` all names whose last
    statement was *unsure*. `run_out` says that some answers count no longer.
    """

    facts: dict[str, Value] = field(factory=dict)
    unsure: dict[str, Value] = field(factory=dict)
    stated: dict[str, Moment] = field(factory=dict)
    begun: dict[str, Moment] = field(factory=dict)
    unknown: set[str] = field(factory=set)
    run_out: bool = False


def answers_on(
    clock: Clock,
    held: Mapping[str, Held],
    clear: Moment | None,
    vocabulary: Vocabulary,
    *,
    takes_back: bool = True,
) -> Answers:
    """All answers that count on the day of the clock.

    Args:
        clock: the day, and what decides whether an answer still counts on it.
        held: what is known of each fact by name, after all statements of it.
        clear: the moment of the last all-clear; None where there was none.
        vocabulary: the types of facts.
        takes_back: whether the all-clear takes back signs of now that were reported before it.

    Returns:
        The answers. An answer by name is later than an all-clear of the same moment.

    """
    answers = Answers()
    if clear is not None:
        _take_all_clear(answers, clear, clock, vocabulary)
    for name, known in held.items():
        fact = vocabulary.type_of(name)
        if fact is None:
            continue
        if clear is not None and clear > known.last and name in vocabulary.cleared:
            sign = known.value not in {None, fact.reassuring}
            if not sign or (takes_back and fact.time not in _LASTING):
                continue
        _take(answers, name, fact, known, clock)
    return answers


def _take_all_clear(answers: Answers, clear: Moment, clock: Clock, vocabulary: Vocabulary) -> None:
    """Take the reassuring answers of an all-clear, as far as they still count."""
    for fact, cleared in vocabulary.cleared_alike:
        if clock.is_valid(fact, clear):
            answers.facts.update(cleared)
        else:
            answers.run_out = True
    reopened = [one for one in clock.reopenings if one.asks_again(clear)]
    for name in list(answers.facts) if reopened else ():
        fact_type = vocabulary.type_of(name)
        if fact_type is not None and any(one.concerns(fact_type) for one in reopened):
            del answers.facts[name]
            answers.run_out = True


def _take(answers: Answers, name: str, fact: FactType, known: Held, clock: Clock) -> None:
    """Take one answer that was given by name."""
    answers.facts.pop(name, None)
    value = None if known.value is None else clock.value_on(fact, known.value, known.since)
    screening = fact.fact_class is FactClass.SCREENING
    if known.unsure:
        answers.unknown.add(name)
        if value is not None and not (screening and value == fact.reassuring):
            answers.unsure[name] = value
            answers.stated[name], answers.begun[name] = known.since, known.first
    elif value is not None:
        answers.facts[name] = value
        answers.stated[name], answers.begun[name] = known.since, known.first
    elif screening:
        answers.run_out = True


def spread(facts: Facts, vocabulary: Vocabulary) -> Iterator[tuple[str, Value | None]]:
    """Each answer by name; one for all sides or regions stands for those without their own."""
    given = facts.given()
    for name, value in given.items():
        fact = vocabulary.by_id.get(name)
        if fact is None:
            yield name, value
        else:
            for place in fact.names:
                if place == name or place not in given:
                    yield place, value
