"""Facts that guards of the transition table can read, besides the facts of the person.

They are derived from the log for one ladder and one side. Guards can also read the constants of
the policy, by their names.
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
    _boolean("form_ok", "true if the form held all day; unknown if not noted"),
    _boolean("touched", "true if a hand or foot was put down during balance work"),
    _boolean("unable", "true if not a single repetition, second or step was possible"),
    _boolean("noted", "true if dose and pain of every line of that day were noted"),
    _number("morning", "change", "change of pain on the next morning; unknown until reported", 10),
    _number("hurting_days", "days", "training days in a row with pain above its ceiling"),
    _number("worse_mornings", "days", "training days in a row with a worse next morning"),
    _number("touched_days", "days", "training days in a row on which a hand or foot was put down"),
    _number("hard_days", "days", "training days in a row of very great effort"),
    _number(
        "calm_days",
        "days",
        "training days in a row with dose, pain and next morning noted, low pain, a next morning "
        "that is not worse, and no great effort, lost form or touch",
    ),
    _number(
        "steady_days",
        "days",
        "training days in a row as `calm_days`, but with pain up to its ceiling",
    ),
    _boolean(
        "pain_limits_growth",
        "no dose grows in spite of pain: the dose of mastery was done or stands, the next dose has "
        "more resistance, or a published protocol says how it grows",
    ),
    _number("reached_days", "days", "training days in a row that reached the planned dose"),
    _boolean("done_here", "true if the exercise of the rung was done that day"),
    _boolean("next_ready", "true if the last training days show mastery and the next rung is open"),
    _boolean(
        "next_open",
        "true if there is a next rung, its needs are met and it is neither excluded nor capped",
    ),
    _number("sessions", "days", "training days on the rung if `next_ready`, else at the dose"),
    _number("days", "days", "days on the rung if `next_ready`, else at the dose"),
    _boolean("gentle", "a stretch or mobility work"),
    _boolean("loaded", "strength work of L3 and up, and all work of L4 and up"),
    _boolean("in_protocol", "the doses of the rung are those of a published protocol"),
    _boolean("protocol_waits", "the published protocol stays longer at this dose"),
    _boolean("lowest", "there is no easier rung with available equipment"),
    _boolean("at_top", "the dose is the last one of the rung"),
    _boolean("reduced", "a lasting reduction of the dose applies"),
    _boolean("coming_back", "a break or a deload still reduces the dose"),
    _boolean("capped", "the next dose or rung has flared too often"),
    _boolean(
        "mastered",
        "the log or the person's statement shows mastery of the rung, and the dose is high enough",
    ),
    _number("days_mastered", "days", "days since the rung was mastered"),
    _number("attendance", "per cent", "sessions done of those planned in the last two weeks", 100),
    _number(
        "days_missed", "days", "days without a session since the last session or clinician's result"
    ),
)


def guard_vocabulary(policy: Policy, person: Vocabulary) -> Vocabulary:
    """Return the vocabulary of guards: review facts, constants and the facts of the person.

    Args:
        policy: Policy whose numbers become constants.
        person: Types of the person's facts. A review fact hides a fact of the person with the same
            name.

    """
    taken = {fact.id for fact in REVIEW_FACTS}
    constants = tuple(
        _number(name, "", "a constant of the policy") for name in sorted(policy.numbers())
    )
    personal = tuple(fact for fact in person.types if fact.id not in taken)
    return Vocabulary((*REVIEW_FACTS, *constants, *personal))
