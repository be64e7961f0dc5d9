"""The command line: plans from files, for trying things out and for scripts."""

from kineticchain.cli.main import main

__all__ = ["main"]
