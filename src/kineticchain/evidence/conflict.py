"""Two sources that disagree, and what is done about it."""

from attrs import field, frozen

from kineticchain.constraints import each, identifier, text


@frozen(kw_only=True)
class Conflict:
    """A conflict card: two claims, for whom each holds, and the resolution.

    `claims` and `holds_for` are pairs, in the same order. `evidence` names rows that weigh
    against one side or both. Of the exercises `one_a_session`, one at most is in a session. A
    plan with an exercise that it `touches` shows it.
    """

    id: str = field(validator=identifier())
    claims: tuple[str, str] = field(validator=each(text()))
    sources: tuple[tuple[str, ...], tuple[str, ...]]
    holds_for: tuple[str, str] = field(validator=each(text()))
    resolution: str = field(validator=text())
    evidence: tuple[str, ...] = field(default=(), validator=each(identifier()))
    one_a_session: tuple[str, ...] = field(default=(), validator=each(identifier()))
    touches: tuple[str, ...] = field(default=(), validator=each(identifier()))
