"""Functions that read and run cases."""

import datetime
from collections.abc import Iterator
from os import PathLike

from attrs import frozen

from kineticchain.interop import document
from kineticchain.knowledge import Knowledge
from kineticchain.recommendation import Recommender
from kineticchain.testing.cases.case import Case, Future
from kineticchain.testing.cases.checking import check_case
from kineticchain.testing.cases.expecting import differences
from kineticchain.testing.cases.follow_up import future_differences, moves_of
from kineticchain.testing.cases.simulated_history import begun, lived, looked_at, with_lines
from kineticchain.testing.playground import Game


@frozen(kw_only=True)
class CaseResult:
    """The result of a case.

    Attributes:
        title: the title of the case.
        differences: a sentence for each expectation that was not met.

    """

    title: str
    differences: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """True if all expectations were met."""
        return not self.differences

    def __str__(self) -> str:
        """Return the title and each difference on its own line."""
        head = f"{'ok  ' if self.holds else 'FAIL'} {self.title}"
        return "\n".join([head, *(f"     {difference}" for difference in self.differences)])


def read_case(path: str | PathLike[str]) -> Case:
    """Return the case in a TOML, YAML or JSON file.

    Raises:
        InvalidDocument: with all faults, if the file is not a valid case.

    """
    return document.load(path, Case)


def run_case(case: Case, recommender: Recommender) -> CaseResult:
    """Compare the plan and the continuations of a case with its expectations.

    Args:
        case: the case.
        recommender: the recommender whose plans are tested.

    Raises:
        InvalidInput: if the case uses ids that the knowledge does not contain.

    """
    check_case(case, recommender.knowledge)
    return CaseResult(title=case.title, differences=tuple(_differences(case, recommender)))


def _differences(case: Case, recommender: Recommender) -> Iterator[str]:
    start = begun(case, recommender)
    yield from differences(case.expect, recommender.explain(start.plan))
    for number, future in enumerate(case.progress, 1):
        for difference in _future(future, start, recommender):
            yield f"progress {number}: {difference}"


def _future(future: Future, start: Game, recommender: Recommender) -> Iterator[str]:
    last = _end_of(future, start, recommender)
    yield from future_differences(future, last, moves_of(last))


def situations_of(case: Case, recommender: Recommender) -> Iterator[Game]:
    """Yield the person at the start of a case, and at the end of each continuation."""
    start = begun(case, recommender)
    yield start
    for future in case.progress:
        yield _end_of(future, start, recommender)


def _end_of(future: Future, start: Game, recommender: Recommender) -> Game:
    person = looked_at(start.person, future)
    history = lived(person, future, start)
    days = 7 * future.weeks + future.missed
    return with_lines(
        Game(
            recommender=recommender,
            person=person,
            on=start.on + datetime.timedelta(days=days),
            request=start.request,
            history=history,
        ),
        future.playground,
    )


def case_differences(
    path: str | PathLike[str], recommender: Recommender | None = None
) -> tuple[str, ...]:
    """Return the differences between a case in a file and the plans of a recommender.

    Args:
        path: the path of a TOML, YAML or JSON file.
        recommender: the recommender to test; None for one with the built-in knowledge.

    Returns:
        A sentence for each expectation that was not met; empty if the case holds.

    Raises:
        InvalidInput: if the file is not a valid case, or uses ids that the knowledge does not
            contain.

    """
    tested = Recommender(Knowledge.builtin()) if recommender is None else recommender
    return run_case(read_case(path), tested).differences
