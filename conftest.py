"""Examples in the README, the docs and docstrings are run as tests."""

from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser
from sybil.parsers.rest import DocTestParser

PAGES = ["README.md", "docs/*.md", "docs/**/*.md", "docs/*/*/*.md"]
"""`**` stands for one folder before Python 3.13."""

pytest_collect_file = (
    Sybil(parsers=[PythonCodeBlockParser()], patterns=PAGES)
    + Sybil(parsers=[DocTestParser()], patterns=["src/**/*.py"])
).pytest()
