"""The search finds what trying every choice finds, and its bound holds where it gives up."""

from collections.abc import Callable

import pytest
from attrs import evolve
from brute_force import best_of_all
from hypothesis import given, settings
from hypothesis import strategies as st

from kineticchain.errors import InvalidInput
from kineticchain.recommendation.selection.solver.branch_and_bound import solve
from kineticchain.recommendation.selection.solver.definition import is_allowed, value
from kineticchain.recommendation.selection.solver.problem import Candidate, Problem, Version
from kineticchain.recommendation.selection.solver.solution import Pick
from kineticchain.recommendation.selection.solver.symmetry import symmetry_classes
from kineticchain.recommendation.selection.solver.upper_bounds import (
    BATCH,
    LazyBounds,
    RemainingBound,
    Scored,
)

Draw = st.DrawFn
PLACES = 4


@st.composite
def problems(draw: Draw, *, least: int = 0, most: int = 5, versions: int = 3) -> Problem:
    """Choices of some candidates, with clashes and things that may be done together."""
    count = draw(st.integers(least, most))
    numbers = st.integers(0, max(0, count - 1))
    pairs = st.lists(st.tuples(numbers, numbers), max_size=3)
    never = [pair for pair in draw(pairs) if pair[0] < pair[1]]
    apart = [pair for pair in draw(pairs) if pair[0] < pair[1]]
    hosts = draw(st.sets(numbers, max_size=3)) if count else set()
    sessions = draw(st.lists(st.integers(0, 400), min_size=1, max_size=3))
    return Problem(
        worth=tuple(draw(st.lists(st.integers(0, 60), min_size=PLACES, max_size=PLACES))),
        candidates=tuple(
            Candidate(
                key=f"{number:02}",
                shares=draw(shares()),
                kind=draw(st.sampled_from(["balance", "strength", "stretch"])),
                favour=draw(st.sampled_from([0, 0, 5, 20])),
                versions=draw(doses(versions)),
                claims=_claims(number, never),
                session_claims=_claims(number, apart),
                beside=frozenset(draw(st.sets(st.sampled_from(sorted(hosts)))))
                if hosts and number not in hosts and draw(st.booleans())
                else frozenset(),
                micro_first=draw(st.booleans()),
                growing=draw(st.sampled_from([0, 0, 20])),
                cut=draw(st.sampled_from([0, 0, 15])),
                groups=(draw(day_groups()), draw(day_groups())),
            )
            for number in range(count)
        ),
        sessions=tuple(sessions),
        micro=draw(st.integers(0, len(sessions))),
        most=draw(st.integers(0, 3)),
        groups=draw(st.tuples(st.integers(1, 2), st.integers(1, 2))),
    )


def day_groups() -> st.SearchStrategy[tuple[int, ...]]:
    """Groups of days that hold all days of a candidate; most often both or none."""
    return st.sampled_from([(), (), (0, 1), (0, 1), (0,), (1,)])


@st.composite
def shares(draw: Draw) -> tuple[tuple[int, int], ...]:
    """Shares of some places."""
    found = draw(
        st.dictionaries(st.integers(0, PLACES - 1), st.sampled_from([1, 2, 4, 6, 8]), max_size=3)
    )
    return tuple(found.items())


@st.composite
def doses(draw: Draw, most: int) -> tuple[Version, ...]:
    """Versions, the largest first."""
    count = draw(st.integers(1, most))
    seconds = sorted(draw(st.sets(st.integers(5, 200), min_size=count, max_size=count)))
    eighths = sorted(draw(st.sets(st.integers(1, 7), min_size=count - 1, max_size=count - 1)))
    spread = draw(st.lists(st.sampled_from([1, 1, 1, 2, 3]), min_size=count, max_size=count))
    uncut = draw(st.integers(1, count))
    return tuple(
        Version(*amounts, has_growth_time=True, is_cut=index >= uncut)
        for index, amounts in enumerate(
            zip(reversed(seconds), reversed([*eighths, 8]), spread, strict=True)
        )
    )


def _claims(number: int, pairs: list[tuple[int, int]]) -> frozenset[str]:
    """A claim for each pair that may not be together."""
    return frozenset(f"{pair}" for pair in pairs if number in pair)


def _one(**changes: object) -> Callable[..., Candidate]:
    def made(key: str, **more: object) -> Candidate:
        plain: dict[str, object] = {
            "shares": ((0, 8),),
            "kind": "balance",
            "versions": (Version(60),),
        }
        return Candidate(key=key, **{**plain, **changes, **more})  # type: ignore[arg-type]  # a mixed bag

    return made


@settings(max_examples=150)
@given(problem=problems())
def test_the_search_finds_the_best_of_all_choices(problem: Problem) -> None:
    found = solve(problem)
    assert (found.points, found.is_exact) == (best_of_all(problem), True)


@settings(max_examples=25)
@given(problem=problems(least=10, most=14, versions=1))
def test_it_finds_the_best_of_all_among_up_to_fourteen(problem: Problem) -> None:
    assert solve(problem).points == best_of_all(problem)


@given(problem=problems())
def test_the_second_search_makes_the_choice_of_the_first(problem: Problem) -> None:
    """It starts from a greedy selection and has further bounds, which lose nothing."""
    assert solve(problem, easy_work=1) == solve(problem, easy_work=10**9)


@given(problem=problems())
def test_what_it_finds_is_allowed_and_worth_what_it_says(problem: Problem) -> None:
    found = solve(problem)
    assert is_allowed(problem, found.picks)
    assert value(problem, found.picks) == found.points


@given(problem=problems(), work=st.integers(0, 20))
def test_where_it_gives_up_the_best_lies_within_its_bound(problem: Problem, work: int) -> None:
    found = solve(problem, most_work=work)
    assert found.points <= best_of_all(problem) <= found.bound


@given(problem=problems(), order=st.randoms())
def test_the_order_of_picks_does_not_change_their_value(problem: Problem, order: object) -> None:
    picks = list(solve(problem).picks)
    assert value(problem, picks) == value(problem, picks[::-1])


@pytest.mark.parametrize(
    ("changes", "taken"),
    [
        ({}, ["a", "b"]),
        ({"claims": frozenset({"calf"})}, ["a"]),
        ({"session_claims": frozenset({"E11"})}, ["a"]),
        ({"versions": (Version(61),)}, ["a"]),
    ],
)
def test_clashes_and_time_keep_a_second_one_out(
    changes: dict[str, object], taken: list[str]
) -> None:
    made = _one(**changes)
    problem = Problem(worth=(100,), candidates=(made("a"), made("b")), sessions=(120,), most=5)
    found = solve(problem)
    assert [problem.candidates[pick.candidate].key for pick in found.picks] == taken


def test_nobody_takes_more_than_a_hundred() -> None:
    with pytest.raises(InvalidInput, match=r"\.most: 101 to be taken; at most 100"):
        Problem(worth=(), candidates=(), sessions=(60,), most=101)


def test_as_many_as_can_be_taken_are_found() -> None:
    many = tuple(_one(shares=((at, 8),), versions=(Version(10),))(f"{at:03}") for at in range(120))
    problem = Problem(worth=(9,) * 120, candidates=many, sessions=(1200,), most=100)
    assert len(solve(problem).picks) == 100


def test_of_equal_choices_the_first_key_stays() -> None:
    made = _one()
    problem = Problem(worth=(100,), candidates=(made("a"), made("b")), sessions=(60,), most=1)
    assert solve(problem).picks == (Pick(0, 0, 0),)


@settings(max_examples=60)
@given(problem=problems(most=3, versions=2), copies=st.integers(2, 3))
def test_among_copies_it_finds_the_best_of_all_and_takes_the_first(
    problem: Problem, copies: int
) -> None:
    firm = [evolve(one, beside=frozenset()) for one in problem.candidates]
    many = tuple(evolve(one, key=f"{one.key}{copy}") for copy in range(copies) for one in firm)
    crowded = evolve(problem, candidates=many)
    found = solve(crowded)
    assert found.points == best_of_all(crowded)
    taken = {pick.candidate for pick in found.picks}
    kinds = symmetry_classes(many)
    for number in taken:
        earlier = {one for one in range(number) if kinds[one] == kinds[number]}
        assert earlier <= taken


def test_hosts_of_different_riders_are_not_alike() -> None:
    made = _one()
    rider = made("c", kind="core", beside=frozenset({1}))
    assert symmetry_classes([made("a"), made("b"), rider]) == [0, 1, 2]
    assert symmetry_classes([made("a"), made("b"), evolve(rider, beside=frozenset({0, 1}))]) == [
        0,
        0,
        2,
    ]


@given(
    gains=st.lists(st.tuples(st.integers(-5, 20), st.integers(0, 10)), max_size=3 * BATCH),
    place=st.integers(0, 3 * BATCH),
    count=st.integers(1, 2 * BATCH),
)
def test_a_ranking_that_looks_ahead_as_little_as_it_can_is_the_sorted_list(
    gains: list[tuple[int, int]], place: int, count: int
) -> None:
    """`gains` are gains with how far their bounds lie above; what adds nothing is left out."""
    bounds = sorted((-gain - more, number) for number, (gain, more) in enumerate(gains))
    true = sorted((-gain, number) for number, (gain, _) in enumerate(gains) if gain > 0)

    def weigh(some: list[Scored]) -> list[Scored]:
        return [(-gains[number][0], number) for _, number in some]

    def ranking() -> LazyBounds:
        return LazyBounds(bounds, weigh)

    assert ranking().reach() == true
    assert ranking().reach(count)[:count] == true[:count]
    above = [one for one in true[place:] if -one[0] > 3]
    assert [*ranking().above(3, place)] == above
    ended = ranking()
    ended.reach()
    assert [*ended.above(3, place)] == above


def test_a_ranking_weighs_no_more_than_the_handfuls_it_needs() -> None:
    weighed: list[int] = []

    def weigh(some: list[Scored]) -> list[Scored]:
        weighed.extend(number for _, number in some)
        return some

    ranking = LazyBounds([(number - 1000, number) for number in range(1000)], weigh)
    assert ranking.reach(BATCH + 1)[:2] == [(-1000, 0), (-999, 1)]
    assert weighed == [*range(2 * BATCH)]


@given(
    gains=st.lists(st.integers(-3, 9), max_size=6),
    place=st.integers(0, 6),
    slots=st.integers(1, 4),
)
def test_the_rest_is_worth_the_sum_of_its_largest_gains(
    gains: list[int], place: int, slots: int
) -> None:
    bounds = sorted((-gain, number) for number, gain in enumerate(gains))
    rest = RemainingBound(LazyBounds(bounds, list), place, slots)
    left = [gain for gain in sorted(gains, reverse=True) if gain > 0][place:]
    most = left[:slots] + [0] * slots
    assert rest.is_empty == (not left)
    assert rest.most == sum(most)
    assert rest.most_but_one == sum(most[: slots - 1])


def test_what_is_done_beside_another_takes_no_time_of_its_own() -> None:
    host = _one()("a")
    rider = _one()("b", shares=((1, 8),), kind="core", beside=frozenset({0}))
    problem = Problem(worth=(100, 100), candidates=(host, rider), sessions=(60,), most=2)
    assert solve(problem).picks == (Pick(0, 0, 0), Pick(1, 0, 0, beside=0))


def test_what_is_worth_more_than_its_host_is_done_beside_it_all_the_same() -> None:
    """It is taken first, and its host then joins it."""
    rider = _one()("a", shares=((1, 8),), kind="core", beside=frozenset({1}))
    host = _one()("b", versions=(Version(50),))
    problem = Problem(worth=(10, 100), candidates=(rider, host), sessions=(60,), most=2)
    assert solve(problem).picks == (Pick(0, 0, 0, beside=1), Pick(1, 0, 0))


def test_kinds_in_balance_are_worth_more_than_one_kind_twice() -> None:
    same, other = _one()("a"), _one()("c", kind="stretch")
    problem = Problem(worth=(100,), candidates=(same, _one()("b"), other), sessions=(120,), most=2)
    kinds = {problem.candidates[pick.candidate].kind for pick in solve(problem).picks}
    assert kinds == {"balance", "stretch"}


def test_time_that_does_not_bind_bounds_nothing() -> None:
    """Candidates that fit beside a host take no time, so a bound by time must not leave them out.

    Two riders that claim different things of one candidate once cost a choice its best.
    """
    problem = Problem(
        worth=(100, 100, 0, 3, 0, 1, 1),
        candidates=(
            _timed("a", 0, 8, 100, favour=52),
            _timed("b", 1, 8, 100, favour=52),
            _timed("c", 2, 1, 10, favour=12),
            evolve(_timed("d", 3, 1, 10, favour=12), claims=frozenset({"x", "y"})),
            _timed("e", 4, 1, 70, favour=11),
            evolve(_timed("f", 5, 2, 50, favour=2), beside=HOSTS, claims=frozenset({"x"})),
            evolve(_timed("g", 6, 2, 50, favour=2), beside=HOSTS, claims=frozenset({"y"})),
        ),
        sessions=(210,),
        most=5,
    )
    assert solve(problem).points == best_of_all(problem)


HOSTS = frozenset({0, 1})


def _timed(key: str, place: int, share: int, seconds: int, *, favour: int) -> Candidate:
    return Candidate(
        key=key,
        shares=((place, share),),
        kind="strength",
        favour=favour,
        growing=0,
        versions=(Version(seconds),),
    )
