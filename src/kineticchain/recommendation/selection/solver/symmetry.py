"""Classes of interchangeable candidates; the search tries one candidate of each class."""

from collections.abc import Hashable, Iterable, Sequence

from kineticchain.recommendation.selection.solver.problem import Candidate


def symmetry_classes(candidates: Sequence[Candidate]) -> list[int]:
    """Return for each candidate the number of the first candidate interchangeable with it.

    Interchangeable candidates differ at most in their keys. Exchanging one for another changes
    neither the value of a selection nor its feasibility, so the search tries one of each class.
    """
    # The cheap part of the comparison usually distinguishes all candidates already.
    rough = _first_of_each(
        (candidate.shares, candidate.kind, candidate.favour) for candidate in candidates
    )
    if rough == list(range(len(candidates))):
        return rough
    # Pairings count in both directions: the primaries of a candidate, and the candidates that it is
    # a primary of.
    superset_members: dict[int, list[int]] = {}
    for number, candidate in enumerate(candidates):
        for primary in candidate.beside:
            superset_members.setdefault(primary, []).append(number)
    return _first_of_each(
        (
            rough[number],
            candidate.versions,
            candidate.claims,
            candidate.session_claims,
            candidate.beside,
            candidate.micro_first,
            candidate.groups,
            candidate.growing,
            candidate.no_growth_cost,
            candidate.cut,
            tuple(superset_members.get(number, ())),
        )
        for number, candidate in enumerate(candidates)
    )


def needed(classes: Iterable[int], most: int) -> list[int]:
    """Return the numbers of the first `most` candidates of each class.

    Args:
        classes: For each candidate the number of the first interchangeable one.
        most: The most candidates that can be taken.
    """
    count: dict[int, int] = {}
    numbers = []
    for number, symmetry_class in enumerate(classes):
        count[symmetry_class] = count.get(symmetry_class, 0) + 1
        if count[symmetry_class] <= most:
            numbers.append(number)
    return numbers


def _first_of_each(keys: Iterable[Hashable]) -> list[int]:
    """Return for each key the index of its first occurrence."""
    first: dict[Hashable, int] = {}
    return [first.setdefault(key, number) for number, key in enumerate(keys)]
