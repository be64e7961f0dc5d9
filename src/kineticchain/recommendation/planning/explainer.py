"""Reasons: what the trace and the knowledge recorded, put into words."""

from collections.abc import Hashable, Iterable, Iterator
from itertools import pairwise

from attrs import evolve, field, frozen

from kineticchain.cache import Cache
from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.evidence import Evidence, Grade, Source
from kineticchain.domain.exercises import Exercise
from kineticchain.domain.messages import Message
from kineticchain.domain.messages.catalog import Argument
from kineticchain.knowledge import Knowledge
from kineticchain.progression import Standing
from kineticchain.recommendation.assessment.infeasibility import Infeasibility
from kineticchain.recommendation.assessment.targets import TargetContribution, Targets, places
from kineticchain.recommendation.plan.model import Reason
from kineticchain.recommendation.selection.bonuses import MAINTAINED
from kineticchain.rules import Preference, PythonRule, Rule, Show

_KEPT_UP = ("C30", "C31")
"""Rows on how little keeps up what has been trained."""


@frozen(eq=False)
class Explainer:
    """Makes reasons from the ids of rules, rows and messages; what it said once it keeps."""

    knowledge: Knowledge
    _kept: Cache[Hashable, Reason] = field(factory=Cache, init=False, repr=False)
    _targeted: Cache[tuple[int, str, Side], tuple[Targets, tuple[Reason, ...]]] = field(
        factory=Cache, init=False, repr=False
    )
    _doses: Cache[str, tuple[Reason, ...]] = field(factory=Cache, init=False, repr=False)

    def say(self, code: str, **args: Argument) -> Message:
        """A message in the language of the knowledge."""
        return self.knowledge.catalog.say(code, **args)

    def plain(self, code: str, **args: Argument) -> Reason:
        """A reason that follows from the request or the plan itself and claims nothing."""
        key = (code, *args.items())
        known = self._kept.get(key)
        if known is None:
            known = self._kept.keep(key, Reason(message=self.say(code, **args)))
        return known

    def claim(self, code: str, *evidence: str, **args: Argument) -> Reason:
        """A message that rests on rows of evidence."""
        key = (code, evidence, *args.items())
        known = self._kept.get(key)
        if known is None:
            made = self.resting_on(self.say(code, **args), evidence)
            known = self._kept.keep(key, made)
        return known

    def resting_on(
        self,
        message: Message,
        evidence: tuple[str, ...],
        sources: tuple[str, ...] = (),
        rule: str | None = None,
        against: tuple[str, ...] = (),
    ) -> Reason:
        """A reason with its rows; its grade is the weakest of theirs."""
        rows = [self.knowledge.evidence[name] for name in evidence]
        grade = min((row.grade for row in rows), key=lambda grade: grade.rank, default=Grade.EXPERT)
        cited = {*sources, *(name for row in rows for name in row.sources)}
        return Reason(
            message=message,
            rule=rule,
            evidence=evidence,
            sources=tuple(sorted(cited)),
            grade=grade,
            confirmed=all(row.confirmed for row in rows),
            against=against,
        )

    def of_rule(self, rule_id: str, code: str = "excluded_by_rule") -> Reason:
        """What a rule says for itself."""
        key = ("rule", rule_id, code)
        known = self._kept.get(key)
        row = self.knowledge.ladder_index.by_transition.get(rule_id)
        if known is None and row is not None:
            made = self.resting_on(self.say(row.id), row.evidence, (), None, ())
            known = self._kept.keep(key, made)
        if known is None:
            because = self.knowledge.rules_by_id[rule_id].because
            made = self._as_rule(self.say(code, because=because), rule_id)
            known = self._kept.keep(key, made)
        return known

    def of_message(self, code: str, rule_id: str, **numbers: int) -> Reason:
        """A message that a rule asked for, with those numbers of the plan that it names."""
        key = ("message", code, rule_id, *numbers.values())
        known = self._kept.get(key)
        if known is None:
            template = self.knowledge.catalog.text(code)
            named = {name: value for name, value in numbers.items() if f"{{{name}}}" in template}
            made = self._as_rule(self.say(code, **named), rule_id)
            known = self._kept.keep(key, made)
        return known

    def of_bar(self, bar: Infeasibility) -> Reason:
        """Why an exercise is not feasible."""
        if bar.rule is None:
            return self.plain(bar.code, **dict(bar.args))
        if bar.code == "excluded_by_rule":
            return self.of_rule(bar.rule)
        return self._as_rule(self.say(bar.code, **dict(bar.args)), bar.rule)

    def _as_rule(self, message: Message, rule_id: str) -> Reason:
        """A message that rests on what its rule rests on."""
        rule = self.knowledge.rules_by_id[rule_id]
        return self.resting_on(message, rule.evidence, rule.sources, rule_id, self._beside(rule))

    def _beside(self, rule: Rule | PythonRule) -> tuple[str, ...]:
        """The rows that a rule shows beside its own, and those of the conflicts that it shows."""
        if not isinstance(rule, Rule):
            return ()
        cards = [one.conflict for one in rule.effects if isinstance(one, Show)]
        rows = [row for card in cards for row in self.knowledge.conflicts[card].evidence]
        beside = dict.fromkeys((*rule.shows, *rows))
        return tuple(row for row in beside if row not in rule.evidence)

    def continuity(self, code: str) -> Reason:
        """Why it comes before something new."""
        return self.claim(code, *_KEPT_UP) if code == MAINTAINED else self.plain(code)

    def one_a_session(self, exercises: Iterable[str], instead: str) -> Reason:
        """Why sources that disagree leave room for one of their exercises in a session."""
        names = set(exercises)
        card = next(
            one
            for one in self.knowledge.conflicts.values()
            if not names.isdisjoint(one.one_a_session)
        )
        cited = tuple(name for sources in card.sources for name in sources)
        message = self.say("one_a_session", exercise=instead, resolution=card.resolution)
        return self.resting_on(message, card.evidence, cited)

    def in_place_of(self, title: str, barred: Infeasibility) -> Reason:
        """Why an easier exercise stands in for one that the ladder has reached."""
        kept_out = self.of_bar(barred)
        message = self.say("in_place_of", exercise=title, because=kept_out.message.text)
        return evolve(kept_out, message=message)

    def for_item(
        self,
        exercise: Exercise,
        side: Side,
        targets: Targets,
        favoured: Iterable[Preference],
        standings: Iterable[Standing],
    ) -> tuple[Reason, ...]:
        """Why an exercise was chosen: its targets, the rules that favour it, and its step."""
        reasons = [*self._by_targets(exercise, side, targets)]
        rules = {one.rule for one in favoured if one.side.meets(side)}
        reasons += [self.of_rule(rule, "preferred_by") for rule in sorted(rules)]
        reasons += self._by_dose(exercise)
        reasons += [self._by_standing(one) for one in standings if one.side.meets(side)]
        return tuple(dict.fromkeys(reasons))

    def _by_targets(self, exercise: Exercise, side: Side, targets: Targets) -> tuple[Reason, ...]:
        key = (id(targets), exercise.id, side)
        known = self._targeted.get(key)
        if known is None:
            served = self._served(exercise, side, targets)
            made = tuple([self._by_target(exercise, one) for one in served])
            known = self._targeted.keep(key, (targets, made))
        return known[1]

    def _served(self, exercise: Exercise, side: Side, targets: Targets) -> list[TargetContribution]:
        """The targets that it helps the most, the best way to each, three at most."""
        best: dict[object, TargetContribution] = {}
        for region in exercise.regions:
            for place in places(region, side):
                for reached in targets.worth.get(place, ()):
                    other = best.setdefault(reached.place, reached)
                    if reached.points > other.points:
                        best[reached.place] = reached
        ranked = sorted(best.values(), key=lambda one: (-one.points, one.place))
        merged: dict[Region, TargetContribution] = {}
        for one in ranked:
            region, _ = one.place
            if region in merged:
                best_way = merged[region]
                merged[region] = TargetContribution(
                    (region, Side.BOTH), best_way.points, best_way.path
                )
            else:
                merged[region] = one
        return list(merged.values())[:3]

    def _by_target(self, exercise: Exercise, reached: TargetContribution) -> Reason:
        steps = () if reached.path is None else reached.path.regions
        key = ("target", exercise.id, reached.place, steps)
        known = self._kept.get(key)
        if known is None:
            known = self._kept.keep(key, self._of_target(exercise, reached))
        return known

    def _of_target(self, exercise: Exercise, reached: TargetContribution) -> Reason:
        region, side = reached.place
        name = self.knowledge.catalog.text(f"region_{region}")
        where = self.knowledge.catalog.text(f"of_side_{side}")
        if reached.path is None:
            message = self.say("works_on", region=name, side=where)
            return self.resting_on(message, exercise.evidence, exercise.sources)
        steps = reached.path.regions
        message = self.say(
            "works_through_chain",
            region=name,
            path=" → ".join(self.knowledge.catalog.text(f"region_{one}") for one in steps),
            grade=self.knowledge.catalog.text(f"grade_{reached.path.grade}"),
        )
        along = self.resting_on(message, self._claims_along(steps))
        return evolve(along, grade=reached.path.grade)

    def _claims_along(self, steps: tuple[Region, ...]) -> tuple[str, ...]:
        links = [self.knowledge.chain.link(a, b) for a, b in pairwise(steps)]
        cited = [
            name for link in links if link is not None for name in (*link.claims, *link.against)
        ]
        return tuple(dict.fromkeys(cited))

    def _by_dose(self, exercise: Exercise) -> tuple[Reason, ...]:
        """Where a source states more than the plan allows, both are shown."""
        known = self._doses.get(exercise.id)
        if known is None:
            known = self._doses.keep(exercise.id, tuple(self._of_doses(exercise)))
        return known

    def _of_doses(self, exercise: Exercise) -> Iterator[Reason]:
        for stated in exercise.stated:
            if stated.dose is not None and stated.dose.exceeds(exercise.dose):
                message = self.say(
                    "stated_differs",
                    source=stated.source,
                    stated=str(stated.dose),
                    range=str(exercise.dose),
                )
                yield self.resting_on(message, exercise.evidence, (stated.source,))

    def _by_standing(self, standing: Standing) -> Reason:
        reason = standing.reason.text
        key = ("standing", standing.ladder, standing.rung, reason, standing.evidence)
        known = self._kept.get(key)
        if known is None:
            known = self._kept.keep(key, self._of_standing(standing))
        return known

    def _of_standing(self, standing: Standing) -> Reason:
        ladder = self.knowledge.ladder_index.by_id[standing.ladder]
        message = self.say(
            "from_ladder",
            rung=(standing.rung or 0) + 1,
            rungs=len(ladder.rungs),
            ladder=ladder.title,
            reason=standing.reason.text,
        )
        if not standing.evidence:
            return Reason(message=message)
        return self.resting_on(message, standing.evidence)

    def rows(self, reasons: Iterable[Reason], more: Iterable[str]) -> tuple[Evidence, ...]:
        """The rows of evidence that reasons cite, and further ones by their ids."""
        cited = {name for reason in reasons for name in reason.evidence} | set(more)
        return tuple(self.knowledge.evidence[name] for name in sorted(cited))

    def sources(
        self, reasons: Iterable[Reason], rows: Iterable[Evidence], more: Iterable[str]
    ) -> tuple[Source, ...]:
        """The sources that reasons and rows cite, and further ones by their ids."""
        cited = {name for reason in reasons for name in reason.sources}
        cited |= {name for row in rows for name in row.sources}
        return tuple(self.knowledge.sources[name] for name in sorted(cited | set(more)))
