"""A case read, run, and judged."""

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
    """What a case came to: all in which the library differs from it, in plain words."""

    title: str
    differences: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether the case is as it expects."""
        return not self.differences

    def __str__(self) -> str:
        """The title, and each difference on a line of its own."""
        head = f"{'ok  ' if self.holds else 'FAIL'} {self.title}"
        return "\n".join([head, *(f"     {one}" for one in self.differences)])


def read_case(path: str | PathLike[str]) -> Case:
    """A case from a TOML, YAML or JSON file. Raises `InvalidDocument` with every fault."""
    return document.load(path, Case)


def run_case(case: Case, recommender: Recommender) -> CaseResult:
    """The plan of a case and its futures, held against what it expects.

    Raises `InvalidInput` where the case names what the knowledge does not hold.
    """
    check_case(case, recommender.knowledge)
    return CaseResult(title=case.title, differences=tuple(_differences(case, recommender)))


def _differences(case: Case, recommender: Recommender) -> Iterator[str]:
    start = begun(case, recommender)
    yield from differences(case.expect, start.plan, recommender.knowledge)
    for number, future in enumerate(case.progress, 1):
        for difference in _future(future, start, recommender):
            yield f"progress {number}: {difference}"


def _future(future: Future, start: Game, recommender: Recommender) -> Iterator[str]:
    person = looked_at(start.person, future)
    history = lived(person, future, start)
    days = 7 * future.weeks + future.missed
    last = with_lines(
        Game(
            recommender=recommender,
            person=person,
            on=start.on + datetime.timedelta(days=days),
            request=start.request,
            history=history,
        ),
        future.playground,
    )
    yield from future_differences(future, last.plan, moves_of(last))


def case_differences(
    path: str | PathLike[str], recommender: Recommender | None = None
) -> tuple[str, ...]:
    """All in which a case in a file is not met, in plain words; empty where it holds.

    Without a recommender the built-in knowledge is asked. Raises `InvalidInput` for a case
    that cannot be read, or that names what the knowledge does not hold.
    """
    asked = Recommender(Knowledge.builtin()) if recommender is None else recommender
    return run_case(read_case(path), asked).differences
