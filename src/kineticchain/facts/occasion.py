"""What a rule may run over."""

from enum import StrEnum


class Occasion(StrEnum):
    """What a rule may run over, with `here` bound to each in turn."""

    COMPLAINT = "complaint"
    INJURY = "injury"
    SURGERY = "surgery"
