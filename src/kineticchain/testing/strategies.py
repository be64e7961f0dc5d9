"""Hypothesis strategies for the domain types of the library.

They serve the tests of the library and those of apps and packs.
"""

import datetime
from collections.abc import Callable
from typing import Any, TypeAlias

from hypothesis import strategies as st

from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.exercises import Dose, Kind, LoadClass
from kineticchain.domain.facts import FactClass, FactKind, FactType, Vocabulary
from kineticchain.domain.facts.fact_values import GivenValue
from kineticchain.domain.person import (
    Allowance,
    ClinicianResult,
    Complaint,
    Event,
    ExerciseLog,
    Finding,
    History,
    Injury,
    InjuryHappened,
    MorningAfter,
    Person,
    PlanIssued,
    PlannedItem,
    Request,
    Screening,
    SessionLog,
    Surgery,
    SurgeryDone,
    WeightBearing,
)
from kineticchain.domain.person.screening import CLEAR, UNASKED
from kineticchain.knowledge import Knowledge

Draw: TypeAlias = st.DrawFn
FIRST_DAY = datetime.date(2026, 1, 1)
"""The first day of generated histories."""


def regions(knowledge: Knowledge | None = None) -> st.SearchStrategy[Region]:
    """Return a strategy for the regions of a knowledge; None for the built-in regions."""
    return st.sampled_from([*Region] if knowledge is None else knowledge.regions)


def sides_of(region: Region) -> st.SearchStrategy[Side]:
    """Return a strategy for the sides of a region; a midline region has only `both`."""
    return st.sampled_from(Side) if region.paired else st.just(Side.BOTH)


@st.composite
def complaints(draw: Draw, most_pain: int = 10, knowledge: Knowledge | None = None) -> Complaint:
    """Draw a complaint.

    Args:
        draw: the draw function of Hypothesis.
        most_pain: the largest pain (0–10); the pain can also be unknown.
        knowledge: the knowledge with the regions; None for the built-in regions.

    """
    region = draw(regions(knowledge))
    return Complaint(
        region,
        side=draw(sides_of(region)),
        pain=draw(st.none() | st.integers(0, most_pain)),
        weeks=draw(st.none() | st.integers(0, 200)),
    )


@st.composite
def injuries(draw: Draw, knowledge: Knowledge | None = None) -> Injury:
    """Draw an injury in a region of a knowledge; None for the built-in regions."""
    region = draw(regions(knowledge))
    return Injury(
        region, side=draw(sides_of(region)), days_ago=draw(st.none() | st.integers(0, 60))
    )


@st.composite
def surgeries(draw: Draw, knowledge: Knowledge | None = None) -> Surgery:
    """Draw an operation in a region of a knowledge; None for the built-in regions."""
    region = draw(regions(knowledge))
    return Surgery(
        region,
        side=draw(sides_of(region)),
        weeks_ago=draw(st.none() | st.integers(0, 60)),
        weight_bearing=draw(st.none() | st.sampled_from(WeightBearing)),
        cleared=draw(st.none() | st.booleans()),
    )


def values_of(fact: FactType) -> st.SearchStrategy[Any]:
    """Return a strategy for the values of a fact."""
    match fact.kind:
        case FactKind.BOOLEAN:
            return st.booleans()
        case FactKind.NUMBER:
            return st.integers(int(fact.low), int(fact.high))
        case FactKind.ONE_OF:
            return st.sampled_from(fact.options)
        case FactKind.SET_OF:
            return st.lists(st.sampled_from(fact.options or ("single_leg_balance",)), max_size=3)


@st.composite
def facts(
    draw: Draw,
    vocabulary: Vocabulary,
    wanted: Callable[[FactType], bool] = lambda _: True,
    most: int = 12,
) -> dict[str, GivenValue]:
    """Draw facts as a person states them; some facts per side have a value for each side.

    Args:
        draw: the draw function of Hypothesis.
        vocabulary: the types of all facts.
        wanted: a predicate that selects types.
        most: the largest number of facts.

    """
    givable = [fact for fact in vocabulary.types if fact.is_given and wanted(fact)]
    chosen = draw(st.lists(st.sampled_from(givable), max_size=most, unique_by=lambda fact: fact.id))
    given: dict[str, GivenValue] = {}
    for fact in chosen:
        value = values_of(fact)
        if fact.per_side and draw(st.booleans()):
            given[fact.id] = {"left": draw(value), "right": draw(value)}
        else:
            given[fact.id] = draw(value)
    return given


def equipment(knowledge: Knowledge) -> st.SearchStrategy[list[str]]:
    """Return a strategy for lists of equipment of a knowledge, including substitutes."""
    names = sorted(name for piece in knowledge.equipment for name in (piece.id, *piece.substitutes))
    return st.lists(st.sampled_from(names), unique=True)


def screenings(vocabulary: Vocabulary) -> st.SearchStrategy[Screening]:
    """Return a strategy for screenings: clear, unasked, or some questions asked."""
    names = [fact.id for fact in vocabulary.screening]
    asked = st.lists(st.sampled_from(names), unique=True).map(lambda ids: Screening(asked=ids))
    return st.just(CLEAR) | st.just(UNASKED) | asked


@st.composite
def persons(draw: Draw, knowledge: Knowledge) -> Person:
    """Draw a person, who may be ill, injured or unscreened."""
    return Person(
        age=draw(st.none() | st.integers(5, 100)),
        sex=draw(st.none() | st.sampled_from(["f", "m", "x"])),
        complaints=draw(st.lists(complaints(knowledge=knowledge), max_size=3)),
        injuries=draw(st.lists(injuries(knowledge), max_size=1)),
        surgeries=draw(st.lists(surgeries(knowledge), max_size=1)),
        equipment=draw(equipment(knowledge)),
        facts=draw(facts(knowledge.vocabulary)),
        screening=draw(screenings(knowledge.vocabulary)),
    )


def _is_measure(fact: FactType) -> bool:
    return fact.fact_class is FactClass.MEASURE


@st.composite
def healthy_persons(draw: Draw, knowledge: Knowledge) -> Person:
    """Draw an adult without red flags, so that plans contain exercises."""
    return Person(
        age=draw(st.integers(18, 90)),
        sex=draw(st.none() | st.sampled_from(["f", "m", "x"])),
        complaints=draw(st.lists(complaints(5, knowledge), max_size=3)),
        equipment=draw(equipment(knowledge)),
        facts=draw(facts(knowledge.vocabulary, _is_measure)),
        screening=CLEAR,
    )


@st.composite
def requests(draw: Draw, knowledge: Knowledge) -> Request:
    """Draw a request."""
    days = draw(st.integers(1, 8))
    return Request(
        minutes=draw(st.integers(1, 40)),
        sessions_per_day=draw(st.integers(1, 4)),
        days_per_week=min(days, 7),
        every_other_day=days > 7,  # noqa: PLR2004 - of a week
        micro_sessions_per_day=draw(st.sampled_from([0, 0, 1, 3])),
        micro_minutes=draw(st.integers(1, 5)),
        goal=draw(st.none() | st.sampled_from([goal.id for goal in knowledge.goals])),
        equipment=draw(st.none() | equipment(knowledge)),
    )


def days(most: int = 60) -> st.SearchStrategy[datetime.date]:
    """Return a strategy for days from `FIRST_DAY` to `most` days later."""
    return st.integers(0, most).map(lambda count: FIRST_DAY + datetime.timedelta(days=count))


@st.composite
def exercise_logs(draw: Draw, knowledge: Knowledge) -> ExerciseLog:
    """Draw the record of one exercise: a named dose with good, bad or missing results."""
    ladder = draw(st.sampled_from(knowledge.ladders))
    rung = draw(st.sampled_from(ladder.rungs))
    unilateral = knowledge.exercises[rung.exercise].unilateral
    return ExerciseLog(
        rung.exercise,
        draw(st.sampled_from(Side)) if unilateral else Side.BOTH,
        done=draw(st.none() | st.sampled_from(rung.axis)),
        pain=draw(st.none() | st.integers(0, 10)),
        effort=draw(st.none() | st.integers(0, 10)),
        form_ok=draw(st.none() | st.booleans()),
        touches=draw(st.none() | st.integers(0, 4)),
        best_hold_s=draw(st.none() | st.integers(0, 60)),
        skipped=draw(st.none() | st.just("no time")),
    )


@st.composite
def allowances(draw: Draw, knowledge: Knowledge) -> Allowance:
    """Draw an allowance, always with a load limit."""
    return Allowance(
        load=draw(st.sampled_from(LoadClass)),
        kinds=draw(st.lists(st.sampled_from(Kind), max_size=2)),
        exercises=draw(st.lists(st.sampled_from(sorted(knowledge.exercises)), max_size=3)),
    )


@st.composite
def clinician_results(
    draw: Draw, knowledge: Knowledge, on: datetime.date, slot: int = 1
) -> ClinicianResult:
    """Draw a clinician's result about a region or the whole person.

    Args:
        draw: the draw function of Hypothesis.
        knowledge: the knowledge with the diagnoses and exercises.
        on: the date of the result.
        slot: the number of the event within the day (1 to 24).

    """
    region = draw(st.none() | regions(knowledge))
    diagnoses = draw(st.lists(st.sampled_from(sorted(knowledge.diagnoses)), max_size=2))
    positive = draw(st.booleans())
    return ClinicianResult(
        on=on,
        slot=slot,
        region=region,
        side=Side.BOTH if region is None else draw(sides_of(region)),
        found=diagnoses if positive else [],
        ruled_out=[] if positive else diagnoses,
        examined=not diagnoses or draw(st.booleans()),
        weight_bearing=draw(st.none() | st.sampled_from(WeightBearing)),
        cleared=draw(st.none() | st.booleans()),
        allows=draw(st.none() | allowances(knowledge)),
        until=draw(st.none() | days(90).filter(lambda day: day >= on)),
    )


@st.composite
def reports(draw: Draw, knowledge: Knowledge, on: datetime.date, slot: int = 1) -> Event:
    """Draw a report: a finding, an injury, an operation or a clinician's result.

    Args:
        draw: the draw function of Hypothesis.
        knowledge: the knowledge with the vocabulary, diagnoses and exercises.
        on: the date of the report.
        slot: the number of the event within the day (1 to 24).

    """
    match draw(st.integers(0, 5)):
        case 0:
            region = draw(regions(knowledge))
            return InjuryHappened(on=on, slot=slot, region=region, side=draw(sides_of(region)))
        case 1:
            region = draw(regions(knowledge))
            return SurgeryDone(
                on=on,
                slot=slot,
                region=region,
                side=draw(sides_of(region)),
                weight_bearing=draw(st.none() | st.sampled_from(WeightBearing)),
                cleared=draw(st.none() | st.booleans()),
            )
        case 2:
            return draw(clinician_results(knowledge, on, slot))
        case _:
            return Finding(
                on=on,
                slot=slot,
                facts=draw(facts(knowledge.vocabulary, most=2)),
                complaints=draw(st.lists(complaints(knowledge=knowledge), max_size=1)),
                screening=draw(screenings(knowledge.vocabulary)),
            )


@st.composite
def events(draw: Draw, knowledge: Knowledge) -> Event:
    """Draw an event of any type within 60 days of `FIRST_DAY`."""
    day, slot = draw(days()), draw(st.integers(1, 3))
    match draw(st.integers(0, 6)):
        case 0:
            line = draw(exercise_logs(knowledge))
            items = [PlannedItem(line.exercise, line.side, line.done or Dose(reps=5))]
            ceiling = draw(st.none() | st.integers(0, 10))
            return PlanIssued(on=day, slot=slot, items=items, pain_ceiling=ceiling)
        case 1 | 2:
            return MorningAfter(on=day, slot=slot, change=draw(st.integers(-3, 3)))
        case 3 | 4:
            return draw(reports(knowledge, day, slot))
        case _:
            lines = draw(st.lists(exercise_logs(knowledge), min_size=1, max_size=3))
            return SessionLog(on=day, slot=slot, lines=lines)


def histories(knowledge: Knowledge, most: int = 20) -> st.SearchStrategy[History]:
    """Return a strategy for histories of up to `most` events."""
    return st.lists(events(knowledge), max_size=most).map(History)


@st.composite
def training_histories(draw: Draw, knowledge: Knowledge) -> History:
    """Draw sessions on one rung, each with a report of the next morning that is mostly good."""
    ladder = draw(st.sampled_from(knowledge.ladders))
    rung = draw(st.sampled_from(ladder.rungs))
    recorded: list[Event] = []
    for count in draw(st.lists(st.integers(0, 60), min_size=1, max_size=20, unique=True)):
        day = FIRST_DAY + datetime.timedelta(days=count)
        line = ExerciseLog(
            rung.exercise,
            done=draw(st.sampled_from(rung.axis)),
            pain=draw(st.sampled_from([0, 1, 2, 3, 6])),
            effort=draw(st.sampled_from([3, 5, 8])),
            form_ok=True,
            touches=draw(st.sampled_from([0, 0, 0, 2])),
        )
        recorded.append(SessionLog(on=day, lines=[line]))
        morning = day + datetime.timedelta(days=1)
        recorded.append(MorningAfter(on=morning, change=draw(st.sampled_from([-1, 0, 0, 0, 1, 2]))))
    return History(recorded)
