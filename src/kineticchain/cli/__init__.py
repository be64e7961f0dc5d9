"""The command line: plans from files, for trials and scripts."""

from kineticchain.cli.main import main

__all__ = ["main"]
