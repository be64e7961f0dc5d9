"""The content of a view: blocks in reading order, without a format."""

from typing import TypeAlias

from attrs import frozen


@frozen
class Heading:
    """A heading.

    Attributes:
        text: Its words.
        level: 1 for the title of the sheet, 2 for a part of it.
    """

    text: str
    level: int = 2


@frozen
class Paragraph:
    """Some sentences.

    Attributes:
        text: The sentences.
        is_alarm: True for sentences that must be read first.
        lead: Emphasised words before the sentences; empty for none.
    """

    text: str
    is_alarm: bool = False
    lead: str = ""


@frozen
class Bullets:
    """A list of points.

    Attributes:
        points: The points, in order.
        ordered: True if they are numbered.
    """

    points: tuple[str, ...]
    ordered: bool = False


@frozen
class Table:
    """A table.

    Attributes:
        heads: The heads of its columns.
        rows: The cells of each row, one for each column.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@frozen
class Details:
    """Blocks under a summary, which a page may open on request.

    Attributes:
        summary: The summary.
        blocks: The blocks.
        level: The level of the summary as a heading: 2 for a part of the sheet, 3 within one.
    """

    summary: str
    blocks: "tuple[Heading | Paragraph | Bullets | Table, ...]"
    level: int = 3


@frozen
class ExerciseCard:
    """One exercise of a session: what to do, and what to take care of.

    Attributes:
        exercise: The id of the exercise.
        number: Its position in the session, from 1.
        title: The name of the exercise.
        amounts: Side, dose and days, in words.
        steps: The steps of the exercise; empty if an earlier card has them.
        cue: The point of attention; empty without one.
        cautions: The cautions about the exercise.
    """

    exercise: str
    number: int
    title: str
    amounts: tuple[str, ...]
    steps: tuple[str, ...] = ()
    cue: str = ""
    cautions: tuple[str, ...] = ()


@frozen
class WeekTable:
    """The exercises of the days of a cycle, to tick off.

    Attributes:
        days: The names of the days, in order.
        rows: For each exercise its name, and whether it is due on each day.
    """

    days: tuple[str, ...]
    rows: tuple[tuple[str, tuple[bool, ...]], ...]


Block: TypeAlias = Heading | Paragraph | Bullets | Table | Details | ExerciseCard | WeekTable


@frozen
class Sheet:
    """The content of a view.

    Attributes:
        title: The title, for the head of a page.
        language: The code of its language, such as ``en``.
        blocks: The blocks in reading order.
        labels: The words of the frame, by their names.
    """

    title: str
    language: str
    blocks: tuple[Block, ...]
    labels: tuple[tuple[str, str], ...] = ()

    def label(self, name: str) -> str:
        """Return a word of the frame, such as the word before a caution."""
        return dict(self.labels)[name]
