"""The trace of a plan, from which every explanation follows with the same knowledge."""

from collections.abc import Mapping

from attrs import field, frozen

from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.exercises import Dose
from kineticchain.domain.facts import BindingKind, Value
from kineticchain.domain.person import Request


@frozen
class FiredRule:
    """A rule whose condition was true.

    Attributes:
        rule: The id of the rule.
        region: The region of the complaint, injury or surgery for which the rule was evaluated;
            None for a rule about the person as a whole.
        side: The side of the complaint, injury or surgery.
    """

    rule: str
    region: Region | None = None
    side: Side | None = None


@frozen(kw_only=True)
class BoundFacts:
    """A complaint, injury or surgery, with the facts that rules read about it.

    Attributes:
        kind: The kind: complaint, injury or surgery.
        region: Its region.
        side: Its side.
        facts: Its facts, such as ``here.pain``.
    """

    kind: BindingKind
    region: Region
    side: Side
    facts: Mapping[str, Value]


@frozen(kw_only=True)
class OpenedExercise:
    """An exercise that a rule excludes or limits and that a clinician allows.

    Attributes:
        exercise: The id of the exercise.
        side: The side.
        rule: The id of the rule.
        since: The day of the clinician's result, as an ISO date.
        until: The last day on which it is allowed, as an ISO date; empty for no last day.
    """

    exercise: str
    side: Side
    rule: str
    since: str
    until: str = ""


@frozen(kw_only=True)
class Trace:
    """The facts behind the decisions of a plan, and the rules that fired.

    Attributes:
        request: The request.
        rules: The rules whose conditions were true, in the order of their ids.
        facts: The facts known on the day of the plan, given and derived.
        screened: True if each safety question that is neither in `facts` nor in `unanswered` has
            its reassuring answer. False if `facts` contains all answers.
        unanswered: The safety questions without an answer, if `screened` is true.
        unsure: The last values of facts that a later statement made unsure.
        unknown: The names of facts that were answered with *unsure*.
        bindings: The complaints, injuries and surgeries.
        settled: Rules that a clinician's result settles.
        opened: Exercises that a clinician allows against a rule.
        named: Exercises that a clinician allows by name.
        trained: The ladders that the person has trained.
        continuity: For each continued ladder, the id of the message that gives the reason.
        weekly_limits: The most days a week of each ladder that was trained for a whole week.
        last_doses: For each exercise of a ladder that still grows, the dose on its last day.
    """

    request: Request = field(factory=Request)
    rules: tuple[FiredRule, ...] = ()
    facts: Mapping[str, Value] = field(factory=dict)
    screened: bool = False
    unanswered: tuple[str, ...] = ()
    unsure: Mapping[str, Value] = field(factory=dict)
    unknown: tuple[str, ...] = ()
    bindings: tuple[BoundFacts, ...] = ()
    settled: tuple[FiredRule, ...] = ()
    opened: tuple[OpenedExercise, ...] = ()
    named: tuple[str, ...] = ()
    trained: tuple[str, ...] = ()
    continuity: Mapping[str, str] = field(factory=dict)
    weekly_limits: Mapping[str, int] = field(factory=dict)
    last_doses: Mapping[str, Dose] = field(factory=dict)
