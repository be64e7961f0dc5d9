"""What clinicians' results do to rules: they settle suspicions, and open part of exclusions."""

from collections.abc import Iterable, Iterator
from functools import partial

from kineticchain.domain.anatomy import Side, sites_of
from kineticchain.domain.exercises import Exercise, LoadClass, Position
from kineticchain.domain.facts import FactClass, FactType, ReferralLevel, Temporal, Truth, Value
from kineticchain.domain.facts.evaluation import open_names
from kineticchain.domain.person import Allowance
from kineticchain.domain.person.complaint import WeightBearing
from kineticchain.record import Binding, Situation, State
from kineticchain.record.clinician.result import Result
from kineticchain.record.clinician.results import Concern, SiteMoment, at_sites
from kineticchain.record.derivation.binding import FactValues
from kineticchain.record.observation import Moment
from kineticchain.record.orders import WEIGHT
from kineticchain.rules.evaluation.consequences import Part
from kineticchain.rules.evaluation.rulebook import Rulebook
from kineticchain.rules.model.decision import Cap, Exclusion, Opened
from kineticchain.rules.model.rule import Rule

FRESH_DAYS = 28
"""An injury of the last so many days counts as a site that a sign may come from (a choice)."""

FEW_PARTS = 2
"""A sign that may come from at most so many parts of the body is answered at any of them."""


def is_settled(
    rule: Rule,
    here: Binding | None,
    facts: FactValues,
    truth: Truth,
    situation: Situation,
    rulebook: Rulebook,
) -> bool:
    """Whether clinicians' results have answered the suspicion that a rule speaks of.

    They have to be about each site that the rule speaks of, and as late as all that it rests on.
    From SAME_DAY on they have to name the diagnosis; up to URGENT an examination will do. A rule
    that open questions leave undecided is settled for as long as answers given then would count.
    """
    results = situation.state.results
    if not rule.settled_by or not results:
        return False
    unknown: list[FactType] = []
    if truth is None:
        for name in open_names(rule.when, facts):
            fact = rulebook.vocabulary.type_of(name)
            if fact is None or fact.fact_class is not FactClass.SCREENING:
                return False
            unknown.append(fact)
    return results.settles(
        rule.settled_by,
        _concern(rule, here, unknown, situation, rulebook),
        by_name=rule.level >= ReferralLevel.SAME_DAY,
        counts=partial(_answers, unknown, situation) if unknown else None,
    )


def _answers(unknown: Iterable[FactType], situation: Situation, result: Result) -> bool:
    """Whether reassuring answers to some questions, given with a result, would still count."""
    clock = situation.state.clock
    return all(clock.still_reassures(fact, result.moment) for fact in unknown)


def opened(
    parts: Iterable[Part],
    rule: Rule,
    here: Binding | None,
    situation: Situation,
    rulebook: Rulebook,
) -> Iterator[Part]:
    """What a rule adds, less what a clinician allows: each exclusion opened is told as such."""
    if not rule.until_cleared or not situation.state.results.allowing:
        yield from parts
        return
    concern = _concern(rule, here, (), situation, rulebook)
    allowed = situation.state.results.allowances(concern)
    values = situation.facts if here is None else here.values
    full = values.get(WEIGHT if here is None else f"here.{WEIGHT}") == WeightBearing.FWB
    for part in parts:
        by = _opening(part, allowed, rulebook, full_weight=full)
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


def _opening(
    part: Part,
    allowed: Iterable[tuple[Allowance, Result]],
    rulebook: Rulebook,
    *,
    full_weight: bool,
) -> Result | None:
    """The result that opens an exclusion, or a limit of the load; None where none does.

    Where several are about the exercise, each has to allow it.
    """
    if not isinstance(part, (Exclusion, Cap)) or part.exercise is None or part.side is None:
        return None
    if isinstance(part, Cap) and not isinstance(part.value, LoadClass):
        return None
    exercise = rulebook.exercise_index.by_id[part.exercise]
    reach = rulebook.exercise_index.loaded_regions_and_neighbours[exercise.id]
    near = [
        (allowance, result)
        for allowance, result in allowed
        if (result.stated.region is None or result.stated.region in reach)
        and result.stated.side.meets(part.side)
    ]
    if not near or not all(_is_allowed(exercise, one, full_weight=full_weight) for one, _ in near):
        return None
    return near[-1][1]


def _is_allowed(exercise: Exercise, allowance: Allowance, *, full_weight: bool) -> bool:
    """Whether an allowance is about an exercise; standing needs full weight, or its name."""
    light = allowance.load is None or exercise.load <= allowance.load
    kind = not allowance.kinds or exercise.kind in allowance.kinds
    named = not allowance.exercises or exercise.id in allowance.exercises
    stands = exercise.position is Position.STANDING
    borne = full_weight or not stands or exercise.id in allowance.exercises
    return light and kind and named and borne


def _concern(
    rule: Rule,
    here: Binding | None,
    unknown: Iterable[FactType],
    situation: Situation,
    rulebook: Rulebook,
) -> Concern:
    """What a rule is about for a person: sites, and the last moment that it rests on."""
    state = situation.state
    names = rulebook.reads[rule.id]
    regions = [frozenset(fact.regions) for fact in unknown if fact.regions]
    moments: list[Moment] = []
    for name in names:
        fact = rulebook.vocabulary.type_of(name)
        value = state.facts.get(name, state.unsure.get(name))
        if fact is not None and name in state.begun and _is_a_sign(fact, value):
            lasting = fact.time is Temporal.FIXED
            moments.append((state.begun if lasting else state.stated)[name])
            regions += [frozenset(fact.regions)] if fact.regions else []
    if here is not None:
        moments += [] if here.since is None else [here.since]
        return Concern(frozenset(sites_of(here.region, here.side)), max(moments, default=None))
    about = frozenset.intersection(*regions) if regions else frozenset()
    about = about or frozenset().union(*regions)
    hurt = [*_hurting(state), *_injured(state)]
    of_pain = any(name.startswith("painful_") or name == "worst_pain" for name in names)
    moments += [at for (region, _), at in hurt if region in about or (of_pain and not about)]
    sites = frozenset(site for site, _ in hurt if site[0] in about)
    if "diagnosed" in names:
        for _, result in state.results.found_at:
            moments.append(result.moment)
            region = result.stated.region
            sites |= frozenset(() if region is None else sites_of(region, result.stated.side))
    anywhere = not sites and "diagnosed" not in names
    if anywhere:
        sites = frozenset(site for region in about for site in sites_of(region, Side.BOTH))
    few = 0 < len({region.part for region in about}) <= FEW_PARTS
    return Concern(sites, max(moments, default=None), anywhere=anywhere and few)


def _is_a_sign(fact: FactType, value: Value | None) -> bool:
    """Whether a value may be what a suspicion rests on: weeks that pass are no new sign."""
    if value is None or (fact.reassuring is None and fact.time is Temporal.COUNTS_UP):
        return False
    return fact.reassuring is None or value != fact.reassuring


def _hurting(state: State) -> list[SiteMoment]:
    """The sites that hurt, since each complaint was new or became much worse."""
    return at_sites((one.region, one.side, since) for one, since in state.complaints)


def _injured(state: State) -> list[SiteMoment]:
    """The sites that were injured lately, and when."""
    return at_sites(
        (one.region, one.side, since)
        for one, since in zip(state.injuries, state.injured, strict=True)
        if one.days_ago is None or one.days_ago <= FRESH_DAYS
    )
