"""What clinicians' results do to rules: they settle suspicions, and open part of exclusions."""

import datetime
from collections.abc import Iterable, Iterator

from kineticchain.anatomy import Region, Side
from kineticchain.exercises import Exercise, LoadClass
from kineticchain.facts import FactClass, ReferralLevel
from kineticchain.person import Allowance, Complaint, Injury
from kineticchain.record import Here, Situation
from kineticchain.record.observation import INTAKE_SLOT, Moment
from kineticchain.record.results import Concern, Result
from kineticchain.rules.consequences import Part
from kineticchain.rules.decision import Cap, Exclusion, Opened
from kineticchain.rules.rule import Rule
from kineticchain.rules.rulebook import Rulebook


def is_settled(rule: Rule, here: Here | None, situation: Situation, rulebook: Rulebook) -> bool:
    """Whether a clinician's result has answered the suspicion that a rule speaks of.

    The result has to be about the region and the side, and as late as all that the rule rests on.
    From SAME_DAY on it has to name the diagnosis; up to URGENT an examination will do.
    """
    results = situation.state.results
    if not rule.settled_by or not results:
        return False
    concern = _concern(rule, here, situation, rulebook)
    by_name = rule.level >= ReferralLevel.SAME_DAY
    return results.settles(rule.settled_by, concern, by_name=by_name)


def opened(
    parts: Iterable[Part],
    rule: Rule,
    here: Here | None,
    situation: Situation,
    rulebook: Rulebook,
) -> Iterator[Part]:
    """What a rule adds, less what a clinician allows: each exclusion opened is told as such."""
    if not rule.until_cleared or not situation.state.results.allowing:
        yield from parts
        return
    allowed = situation.state.results.allowances(_concern(rule, here, situation, rulebook))
    for part in parts:
        by = next((result for one, result in allowed if _opens(one, result, part, rulebook)), None)
        if by is None or not isinstance(part, (Exclusion, Cap)):
            yield part
        elif part.exercise is not None and part.side is not None:
            until = by.stated.until
            yield Opened(
                part.exercise,
                part.side,
                rule.id,
                by.stated.on.isoformat(),
                "" if until is None else until.isoformat(),
            )


def _opens(allowance: Allowance, result: Result, part: Part, rulebook: Rulebook) -> bool:
    """Whether an allowance is about the exercise that is excluded, or limited in its load."""
    if not isinstance(part, (Exclusion, Cap)) or part.exercise is None or part.side is None:
        return False
    if isinstance(part, Cap) and not isinstance(part.value, LoadClass):
        return False
    exercise = rulebook.catalogue.by_id[part.exercise]
    region, side = result.stated.region, result.stated.side
    near = region is None or region in rulebook.catalogue.reach[exercise.id]
    return near and side.meets(part.side) and _is_allowed(exercise, allowance)


def _is_allowed(exercise: Exercise, allowance: Allowance) -> bool:
    light = allowance.load is None or exercise.load <= allowance.load
    kind = not allowance.kinds or exercise.kind in allowance.kinds
    named = not allowance.exercises or exercise.id in allowance.exercises
    return light and kind and named


def _concern(rule: Rule, here: Here | None, situation: Situation, rulebook: Rulebook) -> Concern:
    """What a rule is about for a person: regions, sides, and the last moment that it rests on."""
    state = situation.state
    moments = []
    regions: list[frozenset[Region]] = []
    for name in rulebook.reads[rule.id]:
        fact = rulebook.vocabulary.type_of(name)
        value = state.facts.get(name, state.unsure.get(name))
        if fact is None or fact.fact_class is not FactClass.SCREENING or value is None:
            continue
        if value == fact.reassuring or name not in state.stated:
            continue
        moments.append(state.stated[name])
        if fact.regions:
            regions.append(frozenset(fact.regions))
    if here is not None:
        moments += [] if here.since is None else [here.since]
        sides = frozenset(here.side.each if here.region.paired else ())
        return Concern(frozenset({here.region}), sides, max(moments, default=None))
    about = frozenset.intersection(*regions) if regions else frozenset()
    about = about or frozenset().union(*regions)
    sides = _sides(about, [*state.hurting, *state.injuries])
    moments += _injured(about, state.injuries, state.day)
    return Concern(about, sides, max(moments, default=None))


def _sides(regions: frozenset[Region], things: Iterable[Complaint | Injury]) -> frozenset[Side]:
    """The sides on which something hurts or was injured in some regions."""
    return frozenset(
        side
        for one in things
        if one.region in regions and one.region.paired
        for side in one.side.each
    )


def _injured(
    regions: frozenset[Region], injuries: Iterable[Injury], day: datetime.date
) -> Iterator[Moment]:
    """When some regions were injured, as far as that is known."""
    for one in injuries:
        if one.region in regions and one.days_ago is not None:
            yield day - datetime.timedelta(days=one.days_ago), INTAKE_SLOT
