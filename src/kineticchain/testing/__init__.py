"""Tools for testing what is built on this library; needs the extra `test`."""

from kineticchain.testing import strategies

__all__ = ["strategies"]
