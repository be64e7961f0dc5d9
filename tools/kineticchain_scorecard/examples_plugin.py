"""A pytest plugin that reports the number of examples that each property test tried.

Hypothesis stores its statistics on the pytest item. The plugin adds the number to the report, and
so to the JUnit file of the run, whichever worker process ran the test.
"""

import re
from collections.abc import Generator

import pytest

_PASSING = re.compile(r"(\d+) passing")


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, object, None]:
    """Add `examples` to the properties of the report."""
    statistics = getattr(item, "hypothesis_statistics", "")
    if call.when == "call" and statistics:
        examples = sum(int(number) for number in _PASSING.findall(statistics))
        item.user_properties.append(("examples", examples))
    yield
