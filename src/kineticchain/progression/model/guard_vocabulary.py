"""The facts that guards of the transition table may speak of, besides the person's own.

They are worked out from the log for one ladder and one side; the policy's constants stand
beside them under their own names.
"""

from kineticchain.domain.facts import FactClass, FactKind, FactType, Vocabulary
from kineticchain.progression.model.policy import Policy


def _fact(name: str, kind: FactKind, unit: str, meaning: str, high: int = 100_000) -> FactType:
    return FactType(
        id=name,
        kind=kind,
        fact_class=FactClass.DERIVED,
        low=-high if unit == "change" else 0,
        high=high,
        unit=unit,
        question=meaning,
        integral=kind is FactKind.NUMBER,
    )


def _number(name: str, unit: str, meaning: str, high: int = 100_000) -> FactType:
    return _fact(name, FactKind.NUMBER, unit, meaning, high)


def _boolean(name: str, meaning: str) -> FactType:
    return _fact(name, FactKind.BOOLEAN, "", meaning)


REVIEW_FACTS: tuple[FactType, ...] = (
    _number("pain", "of 10", "the worst pain during, on the last training day", 10),
    _number("effort", "of 10", "the greatest effort of that day", 10),
    _boolean("form_ok", "whether the form held all day; unknown where nobody noted it"),
    _boolean("touched", "whether a hand or foot was put down in a balance"),
    _boolean("noted", "whether dose and pain of every line of that day were noted"),
    _number("morning", "change", "change of pain on the next morning; unknown until told", 10),
    _number("hurting_days", "days", "training days in a row with pain above its ceiling"),
    _number("worse_mornings", "days", "training days in a row with a worse next morning"),
    _number("touched_days", "days", "training days in a row in which the balance was lost"),
    _number("hard_days", "days", "training days in a row of very great effort"),
    _number(
        "calm_days",
        "days",
        "training days in a row with low pain, moderate effort, good form, no touch and a quiet "
        "next morning, all of it noted",
    ),
    _number("reached_days", "days", "training days in a row that reached the dose asked for"),
    _boolean("done_here", "the exercise of the rung was done that day"),
    _boolean("next_ready", "the rung is mastered these days, and the next one is open"),
    _boolean("next_open", "there is a next rung, its needs are met, and nothing keeps it closed"),
    _number("sessions", "days", "training days on the rung if the next is ready, else at the dose"),
    _number("days", "days", "days on the rung if the next one is ready, else at the dose"),
    _boolean("gentle", "a stretch or mobility work"),
    _boolean("loaded", "strength work of L3 and up, and all work of L4 and up"),
    _boolean("in_protocol", "the doses of the rung are those of a published protocol"),
    _boolean("protocol_waits", "the protocol stays longer at this dose"),
    _boolean("lowest", "no easier rung is allowed"),
    _boolean("at_top", "the dose is the last one of the rung"),
    _boolean("reduced", "a smaller share of the dose holds for now"),
    _boolean("coming_back", "a break or a deload still leaves less than the whole dose"),
    _boolean("capped", "what would come next has flared too often"),
    _boolean("mastered", "the log or the person's word says that the rung is mastered"),
    _number("days_mastered", "days", "days since then"),
    _number("attendance", "per cent", "sessions done of those planned in two weeks", 100),
    _number("days_missed", "days", "days without a session since the last one"),
)


def guard_vocabulary(policy: Policy, person: Vocabulary) -> Vocabulary:
    """All that a guard may speak of: the log's facts, the constants, the person's facts."""
    taken = {fact.id for fact in REVIEW_FACTS}
    constants = tuple(
        _number(name, "", "a constant of the policy") for name in sorted(policy.numbers())
    )
    own = tuple(fact for fact in person.types if fact.id not in taken)
    return Vocabulary((*REVIEW_FACTS, *constants, *own))
