"""For how long answers count, and what asks them again."""

from typing import TypeVar

import attrs
from attrs import field, frozen

from kineticchain.constraints import Validator, whole

T = TypeVar("T")


def _constant(default: T, check: Validator, *rows: str) -> T:
    """A constant with its default and the rows of evidence that it follows."""
    made: T = field(default=default, validator=check, metadata={"evidence": rows})
    return made


_DAYS = whole(1, 3660, "days")


@frozen(kw_only=True)
class RecordPolicy:
    """For how long answers count, and what asks them again. An app may replace all of it.

    The numbers are choices; the rows named are what they follow.
    """

    answer_days: int = _constant(180, _DAYS, "D15")
    """A reassuring answer about now is valid for so many days for a person without a complaint."""

    answer_days_with_complaint: int = _constant(28, _DAYS, "D15", "D32")
    """Likewise for a person with a complaint."""

    lasting_answer_days: int = _constant(365, _DAYS, "D15")
    """So long is it valid that somebody does not have a lasting condition."""

    break_days: int = _constant(14, _DAYS, "C36", "C37")
    """After more days without a session the answers from before the break are asked again."""

    worse_by: int = _constant(3, whole(1, 10), "D32")
    """Pain that rises by so much asks the questions of its region again."""

    severe_from: int = _constant(8, whole(1, 10), "C01", "D32")
    """Pain that rises to so much asks them again, too."""

    @classmethod
    def evidence(cls) -> dict[str, tuple[str, ...]]:
        """The rows of evidence that each default follows, by the constant's name."""
        return {one.name: one.metadata["evidence"] for one in attrs.fields(cls)}
