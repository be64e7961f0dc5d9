"""Law 17: but for named doses a week grows by a fifth at most over what was tolerated."""

from itertools import pairwise

from builtin_knowledge import KNOWLEDGE, RECOMMENDER
from drawn_lives import DAY, FIRST, PERSON, lives
from hypothesis import given

import kineticchain as kc
from kineticchain.progression import replay

COURSE = RECOMMENDER.assess(PERSON, on=FIRST).replay_context


def volume(standing: kc.Standing) -> int:
    return 0 if standing.dose is None else standing.dose.volume * standing.days_a_week


@given(life=lives(KNOWLEDGE))
def test_a_step_up_that_is_no_named_dose_stays_within_a_fifth(life: kc.History) -> None:
    """Measured against the six weeks before, or against those before the last break."""
    days = sorted({event.on for event in life})
    seen: dict[tuple[str, kc.Side, str], int] = {}
    for day in days:
        before = replay(life, COURSE, day - DAY)
        after = replay(life, COURSE, day)
        for old, new in zip(before, after, strict=True):
            if old.exercise is None or new.exercise is None:
                continue
            place = (new.ladder, new.side, new.exercise)
            tolerated = max(seen.get(place, 0), volume(old) if old.exercise == new.exercise else 0)
            named = new.exercise == old.exercise and new.level == old.level + 1
            stays = KNOWLEDGE.ladder_index.steps[new.exercise]
            if named and stays[new.level].days == stays[old.level].days:
                seen[place] = max(tolerated, volume(new))
                continue
            if new.exercise == old.exercise and new.height > old.height and tolerated:
                whole = volume_of_step(new)
                assert volume(new) <= max(tolerated * 6 // 5, whole)
            seen[place] = max(tolerated, volume(new))


def volume_of_step(standing: kc.Standing) -> int:
    """What the same step came to before it was reduced."""
    assert standing.exercise is not None
    step = KNOWLEDGE.ladder_index.steps[standing.exercise][standing.level]
    return step.weekly_volume


def test_a_day_more_a_week_grows_it_by_a_fifth_at_most() -> None:
    for exercise, steps in KNOWLEDGE.ladder_index.steps.items():
        for before, after in pairwise(steps):
            if after.days > before.days:
                assert after.weekly_volume <= before.weekly_volume * 6 // 5, exercise


def test_the_next_rung_begins_no_higher_than_the_one_below_was_mastered() -> None:
    """In the same unit, and within a fifth."""
    book = KNOWLEDGE.ladder_index
    for ladder in book.ladders:
        for below, above in pairwise(ladder.rungs):
            if below.mastery is None:
                continue
            unit = [name for name, _ in below.axis[0].amounts()]
            if unit != [name for name, _ in above.axis[0].amounts()]:
                continue
            days = book.steps[below.exercise][0].days
            mastered = below.mastery.volume * days
            first = book.steps[above.exercise][0].weekly_volume
            assert first <= mastered * 6 // 5, above.exercise
