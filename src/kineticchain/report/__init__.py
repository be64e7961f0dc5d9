"""Pictures and pages for people."""

from kineticchain.report import chain_picture

__all__ = ["chain_picture"]
