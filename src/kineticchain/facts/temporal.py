"""What time does to an answer, and which answer calls for more caution."""

from enum import StrEnum


class Temporal(StrEnum):
    """What time does to an answer.

    FIXED: it stays (a clot in the past). AGE: it grows with the calendar. COUNTS_UP: weeks since
    something, which grow from the day on which they were stated. EXPIRES: it is valid for some
    days, and unknown afterwards. WINDOW: what it tells of holds for some days after it was stated
    (a fall in the last twelve months), and is unknown afterwards.
    """

    FIXED = "fixed"
    AGE = "age"
    COUNTS_UP = "counts_up"
    EXPIRES = "expires"
    WINDOW = "window"


class Caution(StrEnum):
    """Which end of the values calls for more caution.

    Values are in the order false before true, small before large numbers, words as `options`
    lists them, few before many members of a set.
    """

    HIGH = "high"
    LOW = "low"
