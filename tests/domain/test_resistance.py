"""The resistance of a dose: a weight or a band, apart from the volume."""

from itertools import pairwise

import pytest

import kineticchain as kc
from kineticchain.domain.exercises import Dose, DoseRange, Span
from kineticchain.domain.messages.languages import catalog_in
from kineticchain.recommendation.plan.text import dose_text

LIGHT, HEAVY = Dose(sets=3, reps=12, weight_g=2000), Dose(sets=3, reps=8, weight_g=2500)


def test_resistance_is_no_part_of_the_volume() -> None:
    assert (LIGHT.volume, HEAVY.volume) == (36, 24)


def test_less_weight_does_not_reach_a_dose() -> None:
    assert not LIGHT.reaches(Dose(sets=3, reps=8, weight_g=2500))


def test_a_weight_alone_is_no_dose() -> None:
    with pytest.raises(kc.InvalidInput, match="a dose of nothing"):
        Dose(weight_g=2000)


def test_half_of_a_dose_has_half_of_the_weight() -> None:
    assert LIGHT.scaled(50) == Dose(sets=3, reps=6, weight_g=1000)


@pytest.mark.parametrize(
    ("dose", "language", "words"),
    [
        (HEAVY, "en", "3 × 8 repetitions with 2.5 kg"),
        (HEAVY, "de", "3 × 8 Wiederholungen mit 2,5 kg"),
        (Dose(sets=2, reps=10, band=2), "en", "2 × 10 repetitions with band 2"),
        (Dose(sets=2, reps=10, band=2), "de", "2 × 10 Wiederholungen mit Band 2"),
    ],
)
def test_a_dose_tells_its_resistance(dose: Dose, language: str, words: str) -> None:
    assert dose_text(dose, catalog_in(language)) == words


def test_a_range_tells_kilograms() -> None:
    carried = DoseRange(sets=Span(2, 4), duration_s=Span(15, 40), weight_g=Span(500, 10_000))
    assert str(carried) == "2–4 × 15–40 s × 0.5–10 kg"


@pytest.mark.parametrize("name", ["carry", "carry_on_one_side", "side_walk"])
def test_more_resistance_begins_with_less_volume(knowledge: kc.Knowledge, name: str) -> None:
    axis = knowledge.ladder_index.by_id[name].rungs[0].axis
    heavier = [
        (dose, after) for dose, after in pairwise(axis) if after.resistance > dose.resistance
    ]
    assert heavier
    assert all(after.volume < dose.volume for dose, after in heavier)


def test_a_share_of_a_dose_is_lighter() -> None:
    carried = DoseRange(sets=Span(2, 4), duration_s=Span(15, 40), weight_g=Span(3000, 10_000))
    dose = Dose(sets=3, duration_s=20, weight_g=6500)
    assert carried.share_of(dose, 75) == Dose(sets=3, duration_s=15, weight_g=4500)
    assert carried.share_of(dose, 25).weight_g == 3000


def test_a_share_of_a_dose_has_a_lighter_band() -> None:
    walked = DoseRange(sets=Span(2, 3), reps=Span(8, 15), band=Span(1, 3))
    assert walked.share_of(Dose(sets=3, reps=12, band=3), 75).band == 2
    assert walked.share_of(Dose(sets=3, reps=12, band=1), 75).band == 1


def test_a_dose_takes_the_resistance_that_it_does_not_state() -> None:
    asked, own = Dose(sets=2, reps=8), Dose(sets=3, reps=8, weight_g=2500)
    assert asked.with_resistance_of(own) == Dose(sets=2, reps=8, weight_g=2500)
    assert HEAVY.with_resistance_of(LIGHT) == HEAVY
