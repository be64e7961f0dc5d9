"""The knowledge, and copies of the knowledge with other packs, rules, messages or policies."""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import count
from typing import Protocol, Self

from attrs import evolve, frozen

from kineticchain.domain.facts import AnySide, BindingKind, Condition
from kineticchain.domain.messages import MessageCatalog, catalog_in
from kineticchain.domain.validators import require_instance
from kineticchain.errors import MAX_FAULTS, Fault, InvalidKnowledge, UnknownName, likely
from kineticchain.knowledge.checks.consistency import faults_in
from kineticchain.knowledge.checks.pack_checks import prefix_faults, requirement_faults
from kineticchain.knowledge.checks.policy_checks import own_policy_faults, policy_faults
from kineticchain.knowledge.checks.references import place_of, with_lines
from kineticchain.knowledge.contents import Contents
from kineticchain.knowledge.documents.data_texts import data_texts
from kineticchain.knowledge.pack import RulePack
from kineticchain.progression import DoseOrder, Policy, Transition
from kineticchain.rules import Advise, Rule

MAX_RULES = 5000


class _Printer(Protocol):
    def text(self, text: str) -> None: ...


@frozen(kw_only=True, eq=False, repr=False)
class Knowledge(Contents):
    """All knowledge that plans are made from, as one immutable value."""

    def __repr__(self) -> str:
        """Return the fingerprint and the numbers of exercises and rules in one line."""
        counts = f"{len(self.exercises)} exercises, {len(self.rules)} rules"
        return f"<Knowledge {self.fingerprint}: {counts}>"

    def _repr_pretty_(self, printer: _Printer, _: bool) -> None:  # noqa: FBT001 - the protocol
        """Print `__repr__` in IPython and Hypothesis, which would otherwise print all fields."""
        printer.text(repr(self))

    @classmethod
    def builtin(cls) -> "Knowledge":
        """Return the built-in knowledge; it is loaded once per process."""
        return _builtin()

    def with_packs(self, *packs: RulePack, most_rules: int = MAX_RULES) -> Self:
        """Return the knowledge with packs added. The order of the packs does not matter.

        Args:
            packs: The packs. A pack that the knowledge already contains is not added again.
            most_rules: The largest number of rules of all packs together.

        Raises:
            InvalidKnowledge: With the faults of all packs, at most 50.
        """
        for pack in packs:
            require_instance(pack, RulePack, "packs", "give what load_pack returned")
        new = [pack for pack in dict.fromkeys(packs) if pack not in self.packs]
        language = self.catalog.language
        texts = {name: text for pack in new for name, text in pack.texts(language).items()}
        extended = evolve(
            self,
            packs=tuple(sorted((*self.packs, *new), key=lambda pack: pack.id)),
            catalog=self.catalog.extended(texts),
        )
        if len(extended.rules_by_id) > most_rules:
            remedy = "raise most_rules if you trust the packs"
            raise InvalidKnowledge(Fault(f"more than {most_rules:,} rules", remedy=remedy))
        faults = [fault for pack in new for fault in requirement_faults(pack, extended)]
        faults += [fault for pack in new for fault in prefix_faults(pack, self)]
        changes_ladders = any(
            ladder.extends or ladder.replaces for pack in new for ladder in pack.ladders
        )
        # a changed ladder can invalidate packs that were valid before
        faults += faults_in(extended, extended.packs if changes_ladders else new)
        faults = faults or list(_never_hold(new, extended))
        if faults:
            raise InvalidKnowledge(*with_lines(faults, new)[:MAX_FAULTS])
        return extended

    def without_rules(self, *rules: str) -> Self:
        """Return the knowledge with some rules switched off. Every plan lists these rules."""
        for name in rules:
            if name not in self.rules_by_id:
                raise UnknownName("rule", name, likely(name, self.rules_by_id))
        return evolve(self, disabled_rules=tuple(sorted({*self.disabled_rules, *rules})))

    def speaking(self, language: str | MessageCatalog) -> Self:
        """Return the knowledge with its messages in another language.

        Texts of packs and of the data that have no translation stay as they are; see
        `kineticchain.knowledge.documents.data_texts`.

        Args:
            language: The code of a language, such as ``"de"``, or a catalog.

        Raises:
            UnknownName: For a language without a catalog.
            InvalidKnowledge: With every message that the catalog lacks, or whose arguments differ.
        """
        catalog = language if isinstance(language, MessageCatalog) else catalog_in(language)
        english = catalog_in("en")
        faults = [
            Fault(f"no text for `{name}`", f"messages ({catalog.language})", "write one")
            for name in sorted(english.ids - catalog.ids)
        ]
        for name in sorted(english.ids & catalog.ids):
            wanted = english.arguments(name)
            if catalog.arguments(name) != wanted:
                remedy = "use " + (
                    ", ".join(f"{{{argument}}}" for argument in sorted(wanted)) or "none"
                )
                where = f"messages ({catalog.language})"
                faults.append(Fault(f"`{name}` takes other arguments", where, remedy))
        if faults:
            raise InvalidKnowledge(*faults[:MAX_FAULTS])
        pack_texts = {
            name: text for pack in self.packs for name, text in pack.texts(catalog.language).items()
        }
        return evolve(
            self, catalog=catalog.extended({**data_texts(catalog.language), **pack_texts})
        )

    def with_policy(
        self,
        policy: Policy | None = None,
        *,
        transitions: Iterable[Transition] | None = None,
        dose_orders: Iterable[DoseOrder] | None = None,
    ) -> Self:
        """Return the knowledge with another policy of progression; None leaves a part unchanged.

        Args:
            policy: The constants.
            transitions: The transition table.
            dose_orders: For each kind of exercise, the order in which the dimensions of doses grow.

        Raises:
            InvalidKnowledge: With all faults.
        """
        if policy is not None:
            require_instance(policy, Policy, "policy", "give a Policy")
        packs = self.packs
        if transitions is not None:
            rows = tuple(transitions)
            packs = tuple(
                evolve(pack, transitions=rows) if pack.transitions else pack for pack in packs
            )
        if dose_orders is not None:
            orders = tuple(dose_orders)
            packs = tuple(
                evolve(pack, dose_orders=orders) if pack.dose_orders else pack for pack in packs
            )
        changed = evolve(self, policy=self.policy if policy is None else policy, packs=packs)
        faults = [*policy_faults(changed), *own_policy_faults(changed)]
        if faults:
            raise InvalidKnowledge(*faults[:MAX_FAULTS])
        return changed


def _never_hold(packs: list[RulePack], knowledge: Contents) -> Iterator[Fault]:
    """Yield a fault for each rule and criterion of new packs that is proven to hold for nobody."""
    criteria = dict(_criteria(packs))
    rules = [rule for pack in packs for rule in pack.rules if isinstance(rule, Rule)]
    if not rules and not criteria:
        return
    # imported here so that the built-in knowledge does not load the analysis
    from kineticchain.rules.analysis import never_hold  # noqa: PLC0415

    dead_ids = {rule.id for rule in never_hold((*rules, *criteria), knowledge.rulebook)}
    for criterion, where in criteria.items():
        if criterion.id in dead_ids:
            yield Fault("can be met by nobody", where, "look for parts that exclude each other")
    for pack in packs:
        for index, rule in enumerate(pack.rules):
            if rule.id in dead_ids:
                where = f"{place_of(pack, 'rule', index, rule.id)}.when"
                yield Fault("can hold for nobody", where, "look for parts that exclude each other")


def _criteria(packs: list[RulePack]) -> Iterator[tuple[Rule, str]]:
    """Yield the conditions of ladders, questions, alarms and programmes as rules with places.

    The entry criterion of a rung is read on one side. The criterion can be met if it holds on any
    side of any person.
    """
    number = count()

    def as_rule(condition: Condition, name: str, each: BindingKind | None = None) -> Rule:
        return Rule(
            id=f"criterion_{next(number)}",
            when=condition,
            each=each,
            effects=(Advise("not_a_diagnosis"),),
            because=name,
            sources=("criterion",),
        )

    for pack in packs:
        for index, fact in enumerate(pack.facts):
            if fact.ask_when is not None:
                place = place_of(pack, "fact", index, fact.id)
                yield as_rule(fact.ask_when, "ask_when"), f"{place}.ask_when"
            for alarm_index, alarm in enumerate(fact.alarms):
                if alarm.when is not None:
                    # imported here so that knowledge without alarms does not load the analysis
                    from kineticchain.knowledge.checks.alarms import sounded  # noqa: PLC0415

                    place = f"{place_of(pack, 'fact', index, fact.id)}.alarms[{alarm_index}].when"
                    yield as_rule(sounded(fact, alarm), "alarm", alarm.each), place
        for index, programme in enumerate(pack.programmes):
            place = place_of(pack, "programme", index, programme.id)
            yield as_rule(programme.suits, "suits"), f"{place}.suits"
            for item_index, item in enumerate(programme.items):
                if item.when is not None:
                    yield as_rule(item.when, "when"), f"{place}.items[{item_index}].when"
        for index, ladder in enumerate(pack.ladders):
            for rung_index, rung in enumerate(ladder.rungs):
                for name, condition in rung.criteria:
                    place = (
                        f"{place_of(pack, 'ladder', index, ladder.id)}.rungs[{rung_index}].{name}"
                    )
                    yield as_rule(AnySide(condition), name), place


@cache
def _builtin() -> Knowledge:
    # imported here so that `import kineticchain` reads no data
    from kineticchain.knowledge.compiled_file import load_compiled  # noqa: PLC0415

    compiled = load_compiled()
    if compiled is not None:
        stated, fingerprint = compiled
        knowledge = Knowledge(**stated)
        # computing the fingerprint takes as long as reading the file; changed copies compute theirs
        object.__setattr__(knowledge, "fingerprint", fingerprint)
        return knowledge
    # imported here so that a process with compiled knowledge loads no cattrs
    from kineticchain.knowledge.builtin import builtin_contents  # noqa: PLC0415

    return Knowledge(**builtin_contents().stated())
