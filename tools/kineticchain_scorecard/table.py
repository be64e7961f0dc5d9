"""The scorecard as text."""

from collections.abc import Sequence

from kineticchain_scorecard.row import Figures, MeasuredRow, number_text


def table(profile: str, measured: Sequence[MeasuredRow]) -> str:
    """Return a line for each row: the title, the seconds, the figures, and the verdict.

    Args:
        profile: The profile.
        measured: The measured rows.
    """
    width = max(len(measurement.row.title) for measurement in measured)
    lines = []
    for measurement in measured:
        problems = [*measurement.shortfalls(profile), *measurement.falls]
        verdict = "NOT MET: " + "; ".join(problems) if problems else "met"
        figures = figures_text(measurement.figures)
        title = measurement.row.title
        lines.append(f"{title:<{width}}  {measurement.seconds:>5.0f} s  {figures}  {verdict}")
    return "\n".join(lines)


def figures_text(figures: Figures) -> str:
    """Return figures as ``examples 500, failed 0``."""
    return ", ".join(f"{name} {number_text(value)}" for name, value in figures.items())
