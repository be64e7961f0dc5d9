"""What all tests share: the built-in knowledge, and examples in documents and docstrings."""

import gc
import os

import pytest
from hypothesis import HealthCheck, settings

import kineticchain as kc

settings.register_profile(
    "quick",
    derandomize=True,
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile("gate", parent=settings.get_profile("quick"))
settings.register_profile(
    "nightly", parent=settings.get_profile("quick"), derandomize=False, max_examples=200
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_collection_finish() -> None:
    """Spare every later garbage collection the thousands of collected tests."""
    gc.freeze()


@pytest.fixture(scope="session")
def knowledge() -> kc.Knowledge:
    """The built-in knowledge."""
    return kc.Knowledge.builtin()


@pytest.fixture(scope="session")
def recommender(knowledge: kc.Knowledge) -> kc.Recommender:
    """A recommender with the built-in knowledge."""
    return kc.Recommender(knowledge)
