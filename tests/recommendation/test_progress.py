"""The progress of a person: what stood on which day, and its picture."""

import datetime
import xml.etree.ElementTree as ET

import pytest

import kineticchain as kc
from kineticchain.errors import InvalidInput
from kineticchain.recommendation import Item, Outcome
from kineticchain.recommendation.explanation.progress import ProgressPoint, progress_points
from kineticchain.recommendation.plan.plan_input import PlanInput
from kineticchain.report import progress_picture

ON = datetime.date(2026, 1, 5)
DAY = datetime.timedelta(days=1)
BAD_MORNING = ON + 33 * DAY
PERSON = kc.Person(
    age=35,
    equipment=["fixed_support", "chair"],
    facts={"tandem_stance_s": 30, "heel_rise_reps": 15},
    complaints=[kc.Complaint("heel", side="right", pain=3, weeks=10)],
    screening="clear",
    as_of=ON,
)
REQUEST = kc.Request(minutes=10, days_per_week=5, goal="balance")


def _trouble(item: Item, on: datetime.date) -> Outcome:
    if on == BAD_MORNING - DAY:
        return Outcome.WORSE_MORNING
    return Outcome.HARD if item.side is kc.Side.LEFT else Outcome.AS_PLANNED


@pytest.fixture(scope="module")
def history(recommender: kc.Recommender) -> kc.History:
    return recommender.simulate(PERSON, _trouble, 7, request=REQUEST, on=ON).history


@pytest.fixture(scope="module")
def points(recommender: kc.Recommender, history: kc.History) -> tuple[ProgressPoint, ...]:
    return progress_points(PlanInput(PERSON, history, REQUEST, None), recommender.knowledge)


@pytest.fixture(scope="module")
def picture(recommender: kc.Recommender, history: kc.History) -> str:
    return progress_picture(recommender, PERSON, history, request=REQUEST)


def test_each_point_has_the_standings_of_a_replay(
    recommender: kc.Recommender, history: kc.History, points: tuple[ProgressPoint, ...]
) -> None:
    for point in (points[0], points[len(points) // 2], points[-1]):
        kept = [
            event
            for event in history.until(point.on)
            if event.on < point.on or point.morning is None or not isinstance(event, kc.SessionLog)
        ]
        replayed = recommender.replay(PERSON, kc.History(kept), request=REQUEST, on=point.on)
        assert set(point.standings) <= set(replayed)


def test_each_training_day_and_each_morning_is_a_point(
    history: kc.History, points: tuple[ProgressPoint, ...]
) -> None:
    kinds = (kc.SessionLog, kc.MorningAfter)
    wanted = {event.on for event in history if isinstance(event, kinds)}
    assert sorted({point.on for point in points}) == sorted(wanted)


def test_a_worse_morning_is_told_on_its_day(points: tuple[ProgressPoint, ...]) -> None:
    assert [point.on for point in points if (point.morning or 0) > 0] == [BAD_MORNING]


def test_the_worst_pain_of_a_day_counts(recommender: kc.Recommender) -> None:
    lines = [
        kc.ExerciseLog("tandem_stance", done=kc.Dose(sets=2, hold_s=10), pain=pain)
        for pain in (1, 4)
    ]
    log = kc.History([kc.SessionLog(on=ON, lines=lines)])
    [point] = progress_points(PlanInput(PERSON, log, REQUEST, None), recommender.knowledge)
    assert point.pain == 4


def test_nothing_after_the_day_asked_for_is_shown(
    recommender: kc.Recommender, history: kc.History
) -> None:
    end = ON + 14 * DAY
    points = progress_points(PlanInput(PERSON, history, REQUEST, end), recommender.knowledge)
    assert max(point.on for point in points) <= end


def test_the_picture_is_svg_with_words_for_those_who_cannot_see_it(picture: str) -> None:
    root = ET.fromstring(picture)  # noqa: S314 - our own picture
    assert root.get("role") == "img"
    assert "morning was worse" in (root.get("aria-label") or "").lower()


def test_the_picture_shows_each_trained_ladder(
    recommender: kc.Recommender, picture: str, points: tuple[ProgressPoint, ...]
) -> None:
    knowledge = recommender.knowledge
    for ladder in {standing.ladder for standing in points[-1].standings}:
        title = knowledge.ladder_index.by_id[ladder].title
        assert f">{title.split(',')[0]}" in picture


def test_a_change_is_told_with_its_reason(picture: str) -> None:
    assert "The next morning was worse" in picture
    assert "until you report the next morning" not in picture


def test_the_picture_speaks_the_language_of_the_knowledge(history: kc.History) -> None:
    german = kc.Recommender(kc.Knowledge.builtin().speaking("de"))
    picture = progress_picture(german, PERSON, history, request=REQUEST)
    assert "Morgen danach" in picture
    assert "Next morning" not in picture


def test_a_history_without_sessions_has_no_picture(recommender: kc.Recommender) -> None:
    with pytest.raises(InvalidInput, match="log a session first"):
        progress_picture(recommender, PERSON, kc.History())
