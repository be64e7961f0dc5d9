"""The coarse view of the body."""

from enum import StrEnum


class Part(StrEnum):
    """The five links of the kinetic chain as it is usually drawn, from the ground up."""

    FOOT = "foot"
    KNEE = "knee"
    HIP = "hip"
    PELVIS = "pelvis"
    SPINE = "spine"
