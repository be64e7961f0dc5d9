"""The kept figures: files in the repository for comparison with later runs."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypedDict

from kineticchain_scorecard.row import Figures, MeasuredRow

KEPT = Path(__file__).with_name("kept")


class KeptRow(TypedDict):
    """A row of a file of kept figures."""

    id: str
    title: str
    commit: str
    seconds: int
    figures: dict[str, float]
    shortfalls: list[str]


def kept_rows(profile: str) -> Mapping[str, KeptRow]:
    """Return the kept rows of a profile, each under its id."""
    path = KEPT / f"{profile}.json"
    if not path.exists():
        return {}
    document = json.loads(path.read_text(encoding="utf-8"))
    return {row["id"]: row for row in document["rows"]}


def kept_figures(profile: str) -> Mapping[str, Figures]:
    """Return the kept figures of each row of a profile, under its id."""
    return {row: kept["figures"] for row, kept in kept_rows(profile).items()}


def keep(profile: str, measured: Sequence[MeasuredRow], commit: str) -> Path:
    """Write the figures of a run to the file; rows that were not measured stay unchanged.

    Args:
        profile: The profile.
        measured: The measured rows.
        commit: The commit that was measured.

    Returns:
        The file.
    """
    path = KEPT / f"{profile}.json"
    by_id = dict(kept_rows(profile))
    for measurement in measured:
        by_id[measurement.row.id] = {
            "id": measurement.row.id,
            "title": measurement.row.title,
            "commit": commit,
            "seconds": round(measurement.seconds),
            "figures": dict(measurement.figures),
            "shortfalls": measurement.shortfalls(profile),
        }
    path.parent.mkdir(exist_ok=True)
    text = json.dumps({"profile": profile, "rows": list(by_id.values())}, indent=2)
    path.write_text(text + "\n", encoding="utf-8")
    return path
