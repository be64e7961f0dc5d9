"""Our clinic's rules, as a plugin for kineticchain."""

from collections.abc import Iterable, Mapping
from importlib.resources import files

from attrs import evolve

import kineticchain as kc
from kineticchain.domain.facts import Value
from kineticchain.interop import toml
from kineticchain.rules import Effect, Limit, LimitKind, rule

api_version = 1
TRAINING_DAYS_OF_A_BEGINNING = 9


@rule(
    id="clinic.short_sessions_at_first",
    because="In the first three weeks our sessions stay short.",
    sources=["clinic.handbook"],
)
def short_sessions_at_first(facts: Mapping[str, Value]) -> Iterable[Effect]:
    """Ten minutes at most until nine training days are done."""
    days = facts.get("training_days", 0)
    beginning = isinstance(days, int) and days < TRAINING_DAYS_OF_A_BEGINNING
    return [Limit(LimitKind.MINUTES, 10)] if beginning else []


def pack() -> kc.RulePack:
    """The rules of `pack.toml`, and the one above."""
    text = files(__name__).joinpath("pack.toml").read_text(encoding="utf-8")
    data = toml.loads(text, origin="kineticchain_clinic/pack.toml")
    return evolve(data, rules=(*data.rules, short_sessions_at_first))
