"""Witnesses: concrete people, built from cells, on whom the reference evaluator can be run."""

import datetime
from collections.abc import Mapping
from typing import TypeAlias

from attrs import frozen

from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.facts import BindingKind, FactClass, FactType, Value
from kineticchain.domain.facts.fact_values import GivenValue
from kineticchain.domain.person import (
    ClinicianResult,
    Complaint,
    ExerciseLog,
    History,
    Injury,
    Person,
    Request,
    SessionLog,
    Surgery,
)
from kineticchain.domain.validators import is_number
from kineticchain.record import DerivationTerms, Situation, along_chain, derive
from kineticchain.rules.analysis.box_cover import Box, Column
from kineticchain.rules.analysis.equivalence_classes import EquivalenceClasses
from kineticchain.rules.analysis.rule_boxes import RuleBoxes
from kineticchain.rules.evaluation.rulebook import Rulebook

_DAY = datetime.date(2026, 1, 1)
"""The first day of a witness's history."""

_USUAL: Mapping[str, Value] = {"age": 40, "minutes": 10, "worst_pain": 3, "complaint.pain": 3}
"""Usual values of facts that have no reassuring value: age in years, pain 0-10."""

Values: TypeAlias = dict[Column, Value | None]


@frozen
class Witness:
    """A person who shows a finding, with a request, a history and the day of the plan.

    Attributes:
        person: The person.
        request: The request.
        history: The events before the day.
        on: The day of the plan.
    """

    person: Person
    request: Request
    history: History
    on: datetime.date

    def situation(self, rulebook: Rulebook) -> Situation:
        """Return the facts that rules can read about the person."""
        terms = DerivationTerms(vocabulary=rulebook.vocabulary)
        derived = derive(self.person, self.request, self.history, self.on, terms)
        return along_chain(derived, rulebook.exercise_index.chain)


def witness_in(box: Box, usual: Values, likely: Box, forms: RuleBoxes) -> Witness | None:
    """Return a person in a box with the most reassuring values that the box allows.

    Args:
        box: The allowed cells.
        usual: The most reassuring value of each column, from `usual_values`.
        likely: The cell of each column that contains the usual value, from `likely_cells`.
        forms: The boxes that `box` is from, for the types and cells of the columns.

    Returns:
        The person; None if the values do not make a valid person.
    """
    values = dict(usual)
    for column, allowed in box.items():
        if likely[column] & allowed:
            continue
        cells, fact = forms.grid.cells[column], forms.grid.types[column[0]]
        values[column] = _chosen(column, cells, allowed, fact)
    try:
        return _WitnessBuilder(values, forms).witness()
    except ValueError:
        return None


def usual_values(forms: RuleBoxes) -> Values:
    """Return the most reassuring value of every column."""
    return {
        column: _chosen(column, cells, cells.all, forms.grid.types[column[0]])
        for column, cells in forms.grid.cells.items()
    }


def likely_cells(usual: Values, forms: RuleBoxes) -> Box:
    """Return for every column the cell that contains the usual value."""
    return {
        column: cells.unknown if (value := usual[column]) is None else cells.holding(value)
        for column, cells in forms.grid.cells.items()
    }


def _chosen(
    column: Column, cells: EquivalenceClasses, allowed: int, fact: FactType
) -> Value | None:
    """Return the most reassuring value if its cell is allowed, else the first allowed sample."""
    usual = _USUAL.get(column[0], fact.reassuring)
    if column[1] is not None:
        usual = False
    elif fact.fact_class is FactClass.MEASURE:
        usual = fact.high
    samples = [sample for cell, sample in enumerate(cells.samples) if allowed >> cell & 1]
    if usual is not None and cells.holding(usual) & allowed:
        return usual
    if usual is None and None in samples:
        return None
    return samples[0]


class _WitnessBuilder:
    """Builder of a person, a request and a history that have the given values of columns."""

    def __init__(self, values: Values, forms: RuleBoxes) -> None:
        self.values, self.forms = values, forms

    def witness(self) -> Witness:
        person = Person(
            age=self.number("age"),
            sex=self.word("sex"),
            complaints=self.complaints(),
            injuries=self.injuries(),
            surgeries=self.surgeries(),
            equipment=sorted(self.members("equipment")),
            facts=self.facts(),
            screening="clear",
        )
        request = Request(minutes=self.number("minutes") or 10, goal=self.word("goal"))
        history = History([*self.results(), *self.sessions()])
        days = self.number("days_since_last_session") or 0
        last = history.sessions[-1].on if history.sessions else _DAY
        return Witness(person, request, history, last + datetime.timedelta(days=days))

    def facts(self) -> dict[str, GivenValue]:
        given: dict[str, GivenValue] = {}
        for (name, member), value in self.values.items():
            fact = self.forms.grid.types[name]
            if not fact.is_given:
                continue
            if member is not None:
                given[name] = sorted(self.members(name))
            elif _must_be_stated(value, fact):
                given[name] = value
        return given

    def complaints(self) -> list[Complaint]:
        site = self.bound_site(BindingKind.COMPLAINT, "painful_regions")
        worst = self.values.get(("worst_pain", None), 3)
        pain = int(worst) if is_number(worst) and worst > 0 else 3
        of_binding = []
        if site is not None:
            region, side = site
            of_binding.append(
                Complaint(
                    region,
                    side=side,
                    pain=self.number("complaint.pain", 3),
                    weeks=self.number("complaint.weeks", 8),
                    joint=self.flag("complaint.joint"),
                )
            )
        bound_regions = {complaint.region for complaint in of_binding}
        further = sorted(self.members("painful_regions") - bound_regions)
        return [*of_binding, *(Complaint(Region(region), pain=pain) for region in further)]

    def injuries(self) -> list[Injury]:
        site = self.bound_site(BindingKind.INJURY, "injured_regions")
        of_binding = []
        if site is not None:
            region, side = site
            of_binding.append(
                Injury(region, side=side, days_ago=self.number("injury.days_ago", 100))
            )
        bound_regions = {injury.region for injury in of_binding}
        further = sorted(self.members("injured_regions") - bound_regions)
        return [*of_binding, *(Injury(Region(region), days_ago=100) for region in further)]

    def surgeries(self) -> list[Surgery]:
        site = self.bound_site(BindingKind.SURGERY, "operated_regions")
        recent = self.values.get(("operated_within_12_weeks", None)) is True
        weeks = 6 if recent else 100
        of_binding = []
        if site is not None:
            region, side = site
            of_binding.append(
                Surgery(
                    region,
                    side=side,
                    weeks_ago=self.number("surgery.weeks_ago", weeks),
                    weight_bearing=self.word("surgery.weight_bearing", "FWB"),
                    cleared=self.flag("surgery.cleared", default=True),
                )
            )
        bound_regions = {surgery.region for surgery in of_binding}
        further = sorted(self.members("operated_regions") - bound_regions)
        return [
            *of_binding,
            *(
                Surgery(Region(region), weeks_ago=weeks, weight_bearing="FWB", cleared=True)
                for region in further
            ),
        ]

    def bound_site(self, occasion: BindingKind, listed: str) -> tuple[Region, Side] | None:
        """Return the region and side of the binding that rules run over; None without a binding.

        Args:
            occasion: The kind of binding.
            listed: The fact that lists the regions of such bindings. Its first member is the region
                of the binding if no column gives this region.
        """
        if self.values.get((f"{occasion}.exists", None)) is not True:
            return None
        regions = sorted(self.members(listed))
        region = Region(self.word(f"{occasion}.region") or (regions[0] if regions else "knee"))
        side = Side(self.word(f"{occasion}.side") or "both")
        return region, side if region.paired else Side.BOTH

    def sessions(self) -> list[SessionLog]:
        """Return sessions on successive days, with the number and last pain that the facts have."""
        rising = self.values.get(("pain_rising_three_sessions", None)) is True
        last = self.number("last_session_pain")
        since = self.number("days_since_last_session")
        days = self.number("training_days") or (3 if rising else int((last, since) != (None, None)))
        pains = [0] * (days - 3) + [0, 1, 2] if rising else [0] * days
        if days and last is not None:
            pains[-1] = last
        return [
            SessionLog(
                on=_DAY + datetime.timedelta(days=day), lines=[ExerciseLog("walking", pain=pain)]
            )
            for day, pain in enumerate(pains[:_MOST_DAYS])
        ]

    def results(self) -> list[ClinicianResult]:
        """Return the results of the first day: the diagnoses, and a region that is not cleared."""
        diagnoses = sorted(self.members("diagnosed"))
        results = [ClinicianResult(on=_DAY, found=diagnoses)] if diagnoses else []
        if self.flag("not_cleared"):
            operated = self.members("operated_regions")
            region = next(region for region in Region if region not in operated)
            results.append(ClinicianResult(on=_DAY, region=region, cleared=False))
        return results

    def members(self, name: str) -> set[str]:
        """Return the members of a fact whose value is a set."""
        return {
            member
            for (fact, member), value in self.values.items()
            if fact == name and member is not None and value is True
        }

    def number(self, name: str, default: int | None = None) -> int | None:
        """Return the number of a fact; None if unknown, and `default` if the fact has no column."""
        value = self.values.get((name, None), default)
        return int(value) if is_number(value) else None

    def word(self, name: str, default: str | None = None) -> str | None:
        """Return the word of a fact; None if unknown, and `default` if the fact has no column."""
        value = self.values.get((name, None), default)
        return value if isinstance(value, str) else None

    def flag(self, name: str, *, default: bool | None = None) -> bool | None:
        """Return the truth of a fact; None if unknown, and `default` if the fact has no column."""
        value = self.values.get((name, None), default)
        return value if isinstance(value, bool) else None


def _must_be_stated(value: Value | None, fact: FactType) -> bool:
    """Return whether a person has to state a value, because "all clear" does not imply it."""
    if fact.fact_class is FactClass.SCREENING:
        return value is not fact.reassuring or not fact.by_clear
    return value is not None


_MOST_DAYS = 400
"""The most training days that a witness's history has."""
