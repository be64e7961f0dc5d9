"""Examples in the README, the docs and docstrings are run as tests."""

from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser
from sybil.parsers.rest import DocTestParser

pytest_collect_file = (
    Sybil(parsers=[PythonCodeBlockParser()], patterns=["README.md", "docs/**/*.md"])
    + Sybil(parsers=[DocTestParser()], patterns=["src/**/*.py"])
).pytest()
