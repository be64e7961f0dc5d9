"""Pictures and pages for people."""

from kineticchain.report import chain_picture, progression_picture

__all__ = ["chain_picture", "progression_picture"]
