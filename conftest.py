"""Examples in the README, the docs and docstrings are run as tests, and what they print is read."""

import contextlib
import io

from sybil import Example, Sybil
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.markdown import CodeBlockParser
from sybil.parsers.rest import DocTestParser

PAGES = ["README.md", "docs/*.md", "docs/**/*.md", "docs/*/*/*.md"]
"""`**` stands for one folder before Python 3.13."""

_run = PythonEvaluator()


def _run_and_capture(example: Example) -> None:
    """Run a block of Python, and keep what it printed for the block of text after it."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        _run(example)
    example.namespace["_printed"] = (example.region.end, printed.getvalue())


def _compare_output(example: Example) -> str | None:
    """Compare a block of text with what the block of Python right before it printed.

    Between them is nothing, or a sentence that says so: "It prints ...:".
    """
    end, printed = example.namespace.get("_printed", (0, ""))
    between = example.document.text[end : example.region.start].strip()
    if not printed or (between and not between.startswith("It prints")):
        return None
    expected = example.parsed.rstrip()
    return None if printed.rstrip() == expected else f"printed:\n{printed}\nnot:\n{expected}"


pytest_collect_file = (
    Sybil(
        parsers=[
            CodeBlockParser("python", _run_and_capture),
            CodeBlockParser("text", _compare_output),
        ],
        patterns=PAGES,
    )
    + Sybil(parsers=[DocTestParser()], patterns=["src/**/*.py"])
).pytest()
