"""Reports for people: pages of plans, calendar files, pictures of exercises, and diagrams."""

from kineticchain.report import chain_picture, progression_picture
from kineticchain.report.calendar_file import calendar_file
from kineticchain.report.figure_animation import figure_animation
from kineticchain.report.figure_picture import figure_svg
from kineticchain.report.handout import handout
from kineticchain.report.plan_page import clinician_page, clinician_sheet, plan_page
from kineticchain.report.progress_picture import progress_picture

__all__ = [
    "calendar_file",
    "chain_picture",
    "clinician_page",
    "clinician_sheet",
    "figure_animation",
    "figure_svg",
    "handout",
    "plan_page",
    "progress_picture",
    "progression_picture",
]
