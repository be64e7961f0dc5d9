"""Exercises, doses, ladders of exercises in order of difficulty, and equipment."""

from kineticchain.domain.exercises.dose import AXES, Dose, DoseRange, Span
from kineticchain.domain.exercises.equipment import Equipment, equipment_at_hand
from kineticchain.domain.exercises.exercise import (
    Base,
    Exercise,
    Kind,
    LoadClass,
    Position,
    RegionLoads,
    StatedDose,
    Support,
    Surface,
    Vision,
)
from kineticchain.domain.exercises.figure import Anchor, Figure, Frame, Pose, Prop, PropKind, View
from kineticchain.domain.exercises.ladder import (
    ConstantName,
    Constants,
    Dimension,
    FirstDose,
    Ladder,
    Protocol,
    Rung,
)
from kineticchain.domain.exercises.programme import Programme, ProgrammeItem
from kineticchain.domain.exercises.timing import SIDE_CHANGE_S, prescription_seconds

__all__ = [
    "AXES",
    "SIDE_CHANGE_S",
    "Anchor",
    "Base",
    "ConstantName",
    "Constants",
    "Dimension",
    "Dose",
    "DoseRange",
    "Equipment",
    "Exercise",
    "Figure",
    "FirstDose",
    "Frame",
    "Kind",
    "Ladder",
    "LoadClass",
    "Pose",
    "Position",
    "Programme",
    "ProgrammeItem",
    "Prop",
    "PropKind",
    "Protocol",
    "RegionLoads",
    "Rung",
    "Span",
    "StatedDose",
    "Support",
    "Surface",
    "View",
    "Vision",
    "equipment_at_hand",
    "prescription_seconds",
]
