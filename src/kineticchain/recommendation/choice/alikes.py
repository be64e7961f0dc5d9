"""Candidates that are alike in everything: which of them is taken changes nothing.

Of such a class the first ones are enough, as many as can be taken at all; and where one was
tried, trying the next instead of it leads to choices of the same value.
"""

from collections.abc import Hashable, Iterable, Sequence

from kineticchain.recommendation.choice.problem import Candidate


def classes_of(candidates: Sequence[Candidate]) -> list[int]:
    """For each candidate the number of the first one that is like it."""
    rough = _first_of_each((one.shares, one.kind, one.favour) for one in candidates)
    if rough == list(range(len(candidates))):
        return rough
    riders: dict[int, list[int]] = {}
    for number, one in enumerate(candidates):
        for host in one.beside:
            riders.setdefault(host, []).append(number)
    return _first_of_each(
        (
            rough[number],
            tuple([(how.seconds, how.eighths) for how in one.versions]),
            one.claims,
            one.session_claims,
            one.beside,
            one.micro_first,
            one.growing,
            tuple(riders.get(number, ())),
        )
        for number, one in enumerate(candidates)
    )


def needed(classes: Iterable[int], most: int) -> list[int]:
    """The numbers of the candidates that are enough where so many can be taken."""
    count: dict[int, int] = {}
    found = []
    for number, first in enumerate(classes):
        count[first] = count.get(first, 0) + 1
        if count[first] <= most:
            found.append(number)
    return found


def _first_of_each(signs: Iterable[Hashable]) -> list[int]:
    first: dict[Hashable, int] = {}
    return [first.setdefault(sign, number) for number, sign in enumerate(signs)]
