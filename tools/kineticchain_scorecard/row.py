"""The rows of the scorecard, their figures, and the bars that the figures have to reach."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from attrs import field, frozen

Figures: TypeAlias = Mapping[str, float]
"""The figures of a row, by name."""

Size: TypeAlias = Mapping[str, int | str | list[str]]
"""How much is measured: the arguments of a measure."""

ROWS = Path(__file__).with_name("rows.toml")
PROFILES = ("gate", "nightly")


def number_of(size: Size, name: str) -> int:
    """Return an argument of a measure that is a number."""
    return int(str(size[name]))


def texts_of(size: Size, name: str) -> list[str]:
    """Return an argument of a measure that is a list of texts."""
    texts = size[name]
    assert isinstance(texts, list)  # noqa: S101 - a file of this repository
    return texts


def number_text(value: float) -> str:
    """Return a number with thousands separators, and with one decimal unless it is whole."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


@frozen(kw_only=True)
class Bar:
    """The bounds of one figure.

    Attributes:
        figure: The name of the figure.
        least: The smallest value that meets the bar.
        most: The largest value that meets the bar.
        drawn: True if the figure varies with a random sample or with the machine. Only the bar then
            counts, not the kept figure.
    """

    figure: str
    least: float | None = None
    most: float | None = None
    drawn: bool = False

    def shortfall(self, figures: Figures) -> str | None:
        """Return in words why the bar is not met; None if the bar is met."""
        value = figures.get(self.figure)
        if value is None:
            return f"{self.figure} was not measured"
        if self.least is not None and value < self.least:
            return f"{self.figure} {number_text(value)}, at least {number_text(self.least)} wanted"
        if self.most is not None and value > self.most:
            return f"{self.figure} {number_text(value)}, at most {number_text(self.most)} allowed"
        return None

    def fall(self, figures: Figures, kept: Figures) -> str | None:
        """Return in words how a figure is worse than the kept figure; None if it is not worse."""
        now, before = figures.get(self.figure), kept.get(self.figure)
        if self.drawn or now is None or before is None:
            return None
        worse = (self.least is not None and now < before) or (
            self.most is not None and now > before
        )
        return f"{self.figure} {number_text(now)}, {number_text(before)} before" if worse else None


@frozen(kw_only=True)
class Row:
    """A row of the scorecard.

    Attributes:
        id: The id.
        title: What is measured, in words.
        measure: The name of the function that measures the figures.
        sizes: How much is measured in each profile; a profile without a size leaves the row out.
        bars: The bounds of the figures in each profile.
    """

    id: str
    title: str
    measure: str
    sizes: Mapping[str, Size]
    bars: Mapping[str, tuple[Bar, ...]]


@frozen(kw_only=True)
class MeasuredRow:
    """A row with its figures.

    Attributes:
        row: The row.
        figures: The figures; empty if the measurement failed.
        seconds: Elapsed time.
        error: Why the measurement failed; empty if it did not.
        falls: A text for each figure that is worse than the kept figure.
    """

    row: Row
    figures: Figures
    seconds: float
    error: str = ""
    falls: tuple[str, ...] = field(default=())

    def shortfalls(self, profile: str) -> list[str]:
        """Return the reasons why the row is not met; empty if it is met."""
        if self.error:
            return [self.error]
        bars = self.row.bars[profile]
        return [text for bar in bars if (text := bar.shortfall(self.figures)) is not None]


def rows() -> list[Row]:
    """Return all rows, in the order of `rows.toml`."""
    return list(_rows(tomllib.loads(ROWS.read_text(encoding="utf-8"))["row"]))


def _rows(tables: list[dict[str, object]]) -> Iterator[Row]:
    for table in tables:
        sizes = {profile: table[profile] for profile in PROFILES if profile in table}
        bars = table["bars"]
        assert isinstance(bars, dict)  # noqa: S101 - a file of this repository
        yield Row(
            id=str(table["id"]),
            title=str(table["title"]),
            measure=str(table["measure"]),
            sizes=sizes,  # type: ignore[arg-type]  # tables of TOML
            bars={profile: tuple(_bars(bars, profile)) for profile in sizes},
        )


def _bars(bars: Mapping[str, Mapping[str, float]], profile: str) -> Iterator[Bar]:
    """Yield the bars of a profile; bounds such as `least_gate` hold in one profile only."""
    for figure, bounds in bars.items():
        yield Bar(
            figure=figure,
            least=bounds.get(f"least_{profile}", bounds.get("least")),
            most=bounds.get(f"most_{profile}", bounds.get("most")),
            drawn=bool(bounds.get("drawn", False)),
        )
