"""Reasons in words, from the trace and the knowledge."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from attrs import evolve, field, frozen

from kineticchain.domain.anatomy import Region, Side, Site, sites_of
from kineticchain.domain.evidence import Evidence, Grade, Source
from kineticchain.domain.exercises import Exercise
from kineticchain.domain.messages import Message
from kineticchain.domain.messages.catalog import Argument
from kineticchain.knowledge import Knowledge
from kineticchain.progression import Standing
from kineticchain.recommendation.assessment.infeasibility import Infeasibility
from kineticchain.recommendation.assessment.targets import TargetContribution, Targets
from kineticchain.recommendation.plan.model import Reason
from kineticchain.recommendation.selection.bonuses import MAINTAINED
from kineticchain.rules import Consequence, Prefer, PythonRule, Rule, Show
from kineticchain.rules.model.exercise_index import ExerciseSide

_MAINTENANCE = ("C30", "C31")
"""Rows of evidence on how little training is enough for maintenance."""

_SHOWN_TARGETS = 3
"""The most targets that the reasons of an item name."""


@frozen(eq=False)
class Explainer:
    """A factory of reasons from ids of rules, rows and messages.

    Attributes:
        knowledge: The evidence, and messages in its language.
        lean: True for reasons as a plan contains them: without sources and counter-evidence, which
            follow from rules and rows.
    """

    knowledge: Knowledge = field(repr=False)
    lean: bool = False

    def message(self, code: str, **args: Argument) -> Message:
        """Return a message in the language of the knowledge."""
        return self.knowledge.catalog.say(code, **args)

    def plain(self, code: str, **args: Argument) -> Reason:
        """Return a reason that follows from the request or the plan, without evidence."""
        return Reason(message=self.message(code, **args))

    def claim(self, code: str, *evidence: str, **args: Argument) -> Reason:
        """Return a reason with a message and the rows of evidence that support it."""
        return self.resting_on(self.message(code, **args), evidence)

    def resting_on(
        self,
        message: Message,
        evidence: tuple[str, ...],
        sources: tuple[str, ...] = (),
        rule: str | None = None,
        against: tuple[str, ...] = (),
    ) -> Reason:
        """Return a reason with rows of evidence; its grade is the weakest grade of the rows."""
        rows = [self.knowledge.evidence[name] for name in evidence]
        grade = min((row.grade for row in rows), key=lambda grade: grade.rank, default=Grade.EXPERT)
        confirmed = all(row.confirmed for row in rows)
        if self.lean:
            return Reason(
                message=message, rule=rule, evidence=evidence, grade=grade, confirmed=confirmed
            )
        cited = {*sources, *(name for row in rows for name in row.sources)}
        return Reason(
            message=message,
            rule=rule,
            evidence=evidence,
            sources=tuple(sorted(cited)),
            grade=grade,
            confirmed=confirmed,
            against=against,
        )

    def of_rule(self, rule_id: str, code: str = "excluded_by_rule") -> Reason:
        """Return the reason that a rule gives, or that the stop of progression of this id gives."""
        transition = self.knowledge.ladder_index.by_transition.get(rule_id)
        if transition is not None:
            return self.resting_on(self.message(rule_id), transition.evidence)
        translated = self.knowledge.catalog.translated
        because = translated(self.knowledge.rules_by_id[rule_id].because)
        if self.lean:  # the text of the rule is the whole message
            return self._as_rule(
                Message(code, (), self.knowledge.catalog.text(code, because=because)), rule_id
            )
        return self._as_rule(self.message(code, because=because), rule_id)

    def of_message(self, code: str, rule_id: str, **numbers: int) -> Reason:
        """Return a reason with a message that a rule asks for.

        Args:
            code: The id of the message.
            rule_id: The id of the rule.
            numbers: Numbers of the plan; the message uses those that its template names.
        """
        template = self.knowledge.catalog.text(code)
        used_numbers = {name: value for name, value in numbers.items() if f"{{{name}}}" in template}
        return self._as_rule(self.message(code, **used_numbers), rule_id)

    def of_infeasibility(self, bar: Infeasibility) -> Reason:
        """Return the reason why an exercise is not feasible."""
        if bar.rule is None:
            return self.plain(bar.code, **dict(bar.args))
        if bar.code == "excluded_by_rule":
            return self.of_rule(bar.rule)
        return self._as_rule(self.message(bar.code, **dict(bar.args)), bar.rule)

    def _as_rule(self, message: Message, rule_id: str) -> Reason:
        """Return a reason with a message and the evidence of its rule."""
        rule = self.knowledge.rules_by_id[rule_id]
        further_rows = () if self.lean else self._beside(rule)
        return self.resting_on(message, rule.evidence, rule.sources, rule_id, further_rows)

    def _beside(self, rule: Rule | PythonRule) -> tuple[str, ...]:
        """Return the further rows of evidence that a rule or one of its conflicts shows."""
        if not isinstance(rule, Rule):
            return ()
        cards = [effect.conflict for effect in rule.effects if isinstance(effect, Show)]
        rows = [row for card in cards for row in self.knowledge.conflicts[card].evidence]
        further_rows = dict.fromkeys((*rule.shows, *rows))
        return tuple(row for row in further_rows if row not in rule.evidence)

    def continuity(self, code: str) -> Reason:
        """Return the reason why a started exercise comes before a new one."""
        return self.claim(code, *_MAINTENANCE) if code == MAINTAINED else self.plain(code)

    def one_a_session(self, exercises: Iterable[str], instead: str) -> Reason:
        """Return the reason why a session contains only one of several disputed exercises."""
        names = set(exercises)
        card = next(
            conflict
            for conflict in self.knowledge.conflicts.values()
            if not names.isdisjoint(conflict.one_a_session)
        )
        cited = tuple(name for sources in card.sources for name in sources)
        resolution = self.knowledge.catalog.translated(card.resolution)
        message = self.message("one_a_session", exercise=instead, resolution=resolution)
        return self.resting_on(message, card.evidence, cited)

    def in_place_of(self, title: str, infeasibility: Infeasibility) -> Reason:
        """Return the reason why an easier exercise replaces the reached one."""
        kept_out = self.of_infeasibility(infeasibility)
        message = self.message("in_place_of", exercise=title, because=kept_out.message.text)
        return evolve(kept_out, message=message)

    def by_targets(self, exercise: Exercise, side: Side, targets: Targets) -> Iterator[Reason]:
        """Yield a reason for each target of an exercise, the most important target first."""
        for contribution in self._served(exercise, side, targets):
            yield self._of_target(exercise, contribution)

    def by_rules(
        self, side: Side, preferences: Iterable[Consequence[Prefer, ExerciseSide]]
    ) -> Iterator[Reason]:
        """Yield a reason for each rule that prefers an exercise on a side."""
        rules = {
            preference.rule for preference in preferences if preference.target.side.meets(side)
        }
        for rule in sorted(rules):
            yield self.of_rule(rule, "preferred_by")

    def _served(self, exercise: Exercise, side: Side, targets: Targets) -> list[TargetContribution]:
        """Return up to three targets to which an exercise contributes most, each by the best path.

        A region with targets on both sides is named once.
        """
        best: dict[Site, TargetContribution] = {}
        for region in exercise.regions:
            for place in sites_of(region, side):
                for contribution in targets.contributions.get(place, ()):
                    rival = best.setdefault(contribution.place, contribution)
                    if contribution.points > rival.points:
                        best[contribution.place] = contribution
        ranked = sorted(best.values(), key=lambda effect: (-effect.points, effect.place))
        merged: dict[Region, TargetContribution] = {}
        for contribution in ranked:
            region, _ = contribution.place
            stronger = merged.get(region)
            merged[region] = (
                contribution
                if stronger is None
                else TargetContribution((region, Side.BOTH), stronger.points, stronger.path)
            )
        return list(merged.values())[:_SHOWN_TARGETS]

    def _of_target(self, exercise: Exercise, contribution: TargetContribution) -> Reason:
        region, side = contribution.place
        name = self.knowledge.catalog.text(f"region_{region}")
        where = self.knowledge.catalog.text(f"of_side_{side}")
        if contribution.path is None:
            message = self.message("works_on", region=name, side=where)
            return self.resting_on(message, exercise.evidence, exercise.sources)
        steps = contribution.path.regions
        message = self.message(
            "works_through_chain",
            region=name,
            path=" → ".join(self.knowledge.catalog.text(f"region_{step}") for step in steps),
            grade=self.knowledge.catalog.text(f"grade_{contribution.path.grade}"),
        )
        along = self.resting_on(message, self._claims_along(steps))
        return evolve(along, grade=contribution.path.grade)

    def _claims_along(self, steps: tuple[Region, ...]) -> tuple[str, ...]:
        links = [self.knowledge.chain.link(a, b) for a, b in pairwise(steps)]
        cited = [
            name for link in links if link is not None for name in (*link.claims, *link.against)
        ]
        return tuple(dict.fromkeys(cited))

    def by_dose(self, exercise: Exercise) -> Iterator[Reason]:
        """Yield a reason for each source that states more than the dose range of the exercise."""
        for stated in exercise.stated:
            if stated.dose is not None and stated.dose.exceeds(exercise.dose):
                message = self.message(
                    "stated_differs",
                    source=stated.source,
                    stated=str(stated.dose),
                    range=str(exercise.dose),
                )
                yield self.resting_on(message, exercise.evidence, (stated.source,))

    def by_standing(self, standing: Standing) -> Reason:
        """Return a reason that names the rung on which a person stands, and why."""
        ladder = self.knowledge.ladder_index.by_id[standing.ladder]
        message = self.message(
            "from_ladder",
            rung=(standing.rung or 0) + 1,
            rungs=len(ladder.rungs),
            ladder=self.knowledge.catalog.translated(ladder.title),
            reason=standing.reason.text,
        )
        if not standing.evidence:
            return Reason(message=message)
        return self.resting_on(message, standing.evidence)

    def rows(self, reasons: Iterable[Reason], more: Iterable[str]) -> tuple[Evidence, ...]:
        """Return the rows of evidence that reasons cite, and further rows."""
        cited = {name for reason in reasons for name in reason.evidence} | set(more)
        return tuple(self.knowledge.evidence[name] for name in sorted(cited))

    def sources(
        self, reasons: Iterable[Reason], rows: Iterable[Evidence], more: Iterable[str]
    ) -> tuple[Source, ...]:
        """Return the sources that reasons and rows cite, and further sources."""
        cited = {name for reason in reasons for name in reason.sources}
        cited |= {name for row in rows for name in row.sources}
        return tuple(self.knowledge.sources[name] for name in sorted(cited | set(more)))
