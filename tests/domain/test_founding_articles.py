"""Every row of the founding articles is found again in the library, with its dose as stated."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

import kineticchain as kc
from kineticchain.domain.anatomy import Side
from kineticchain.domain.exercises import (
    DoseRange,
    Exercise,
    Span,
    StatedDose,
    prescription_seconds,
)

ROWS = tomllib.loads((Path(__file__).parent / "seeds.toml").read_text(encoding="utf-8"))["row"]
ROUTINE = (
    "heel_raise_single_supported",
    "toe_walk",
    "ankle_circles",
    "towel_curl",
    "band_plantarflexion",
)
"""The five exercises of SEED1, in its order."""


def stated_by(exercise: Exercise, source: str) -> StatedDose:
    return next(one for one in exercise.stated if one.source == source)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['exercise']}-{row['source']}")
def test_a_row_of_the_articles_is_found_again(row: dict[str, Any], knowledge: kc.Knowledge) -> None:
    exercise = knowledge.exercise(str(row["exercise"]))
    stated = stated_by(exercise, str(row["source"]))
    for name in ("position", "support", "forefoot", "barefoot"):
        assert row.get(name) in (None, getattr(exercise, name))
    needed = {piece for group in exercise.needs for piece in group}
    assert needed.issuperset(row.get("equipment", ()))
    assert set(row["regions"]) <= set(exercise.regions)
    assert stated.words == row.get("words", "")
    assert as_numbers(stated.dose) == row.get("dose", {})


def as_numbers(dose: DoseRange | None) -> dict[str, object]:
    """The numbers that a stated dose holds, without what it leaves at its default."""
    if dose is None:
        return {}
    spans = {axis: getattr(dose, axis) for axis in ("sets", *kc.Dose.AXES[1:])}
    numbers: dict[str, object] = {
        axis: [span.low, span.high]
        for axis, span in spans.items()
        if span is not None and (axis, span) != ("sets", Span(1, 1))
    }
    if dose.variations > 1:
        numbers["variations"] = dose.variations
    if dose.rest_s is not None:
        numbers["rest_s"] = dose.rest_s
    return numbers


def routine_minutes(knowledge: kc.Knowledge, *, upper: bool) -> float:
    """SEED1's routine as printed: its own rests, and no time to change sides."""
    total = 0
    for name in ROUTINE:
        exercise = knowledge.exercise(name)
        stated = stated_by(exercise, "SEED1").dose
        assert stated is not None
        total += stated_seconds(exercise, stated, upper=upper)
    return total / 60


def stated_seconds(exercise: Exercise, stated: DoseRange, *, upper: bool) -> int:
    """Three seconds a repetition, two a circle, twenty a way of toe walking."""
    dose = stated.top if upper else stated.start
    sides = 2 if exercise.unilateral else 1
    if dose.reps is not None:
        each = 2 if exercise.id == "ankle_circles" else 3
        return sides * dose.sets * dose.reps * dose.variations * each
    rest = 15 if upper else 10
    return dose.sets * (dose.duration_s or 0) * dose.variations + (dose.sets - 1) * rest


def test_the_routine_fits_20_minutes_at_its_lower_ends_and_not_at_its_upper_ones(
    knowledge: kc.Knowledge,
) -> None:
    assert routine_minutes(knowledge, upper=False) <= 20
    assert routine_minutes(knowledge, upper=True) > 20


def test_the_founding_ladder_is_there_in_its_order(knowledge: kc.Knowledge) -> None:
    ladder = knowledge.ladder_of("single_leg_balance")
    assert [rung.exercise for rung in ladder.rungs] == [
        "single_leg_balance_supported",
        "single_leg_balance",
        "single_leg_balance_forefoot_supported",
        "single_leg_balance_forefoot",
    ]


def test_a_unilateral_dose_is_for_each_side(knowledge: kc.Knowledge) -> None:
    exercise = knowledge.exercise("heel_raise_single_supported")
    dose = kc.Dose(sets=1, reps=10)
    one = prescription_seconds(exercise, dose, Side.LEFT)
    assert prescription_seconds(exercise, dose, Side.BOTH, side_change_s=0) == 2 * one


def test_the_articles_are_cited_and_their_interests_shown(knowledge: kc.Knowledge) -> None:
    for name in ("SEED0", "SEED1", "SEED2", "SEED3", "SEED4"):
        assert name in knowledge.sources
    assert knowledge.sources["SEED3"].interest == "sells the footwear that it praises"


def test_substitutes_of_the_articles_count(knowledge: kc.Knowledge) -> None:
    pieces = {piece.id: piece for piece in knowledge.equipment}
    assert {"lacrosse_ball", "baseball", "softball", "golf_ball"} <= set(
        pieces["firm_ball"].substitutes
    )
