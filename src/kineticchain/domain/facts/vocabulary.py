"""The vocabulary: the types of all facts."""

from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from types import MappingProxyType

from attrs import frozen

from kineticchain.domain.anatomy import Region
from kineticchain.domain.facts.condition import All, Condition, Is, Name, names_in
from kineticchain.domain.facts.fact_type import FactType
from kineticchain.domain.facts.fact_values import Facts, Value, stem
from kineticchain.domain.facts.scales import FactClass
from kineticchain.errors import Fault, InvalidKnowledge, likely

_GIVEN_AS = MappingProxyType(
    {
        "age": "write Person(age=…)",
        "sex": "write Person(sex=…)",
        "goal": "write Request(goal=…)",
        "minutes": "write Request(minutes=…)",
        "worst_pain": "write Person(complaints=[Complaint(…, pain=…)])",
        "painful_regions": "write Person(complaints=[Complaint(…)])",
        "equipment": "write Person(equipment=[…])",
    }
)
"""Remedies for derived facts that were given as facts: the field that determines each."""


@frozen
class Vocabulary:
    """The types of all facts.

    Attributes:
        types: the types in the order in which their questions are asked.
        regions: the regions of the body; by default the built-in ones.

    """

    types: tuple[FactType, ...]
    regions: tuple[Region, ...] = tuple(Region)

    def __attrs_post_init__(self) -> None:
        """Reject names that two types define, including names per side or region."""
        names = [name for fact in self.types for name in dict.fromkeys((fact.id, *fact.names))]
        counts = Counter(names)
        if len(counts) < len(names):
            duplicates = sorted(name for name, count in counts.items() if count > 1)
            raise InvalidKnowledge(
                *(Fault(f"the fact `{name}` is defined twice") for name in duplicates)
            )

    @cached_property
    def by_id(self) -> Mapping[str, FactType]:
        """The types by id."""
        return {fact.id: fact for fact in self.types}

    @cached_property
    def screening(self) -> tuple[FactType, ...]:
        """The screening facts, in order."""
        return tuple(fact for fact in self.types if fact.fact_class is FactClass.SCREENING)

    @cached_property
    def selective(self) -> tuple[FactType, ...]:
        """The facts whose questions concern only some ages or sexes."""
        return tuple(fact for fact in self.types if fact.ages or fact.sexes)

    @cached_property
    def symptoms(self) -> tuple[FactType, ...]:
        """The facts with an answer that implies a complaint."""
        return tuple(fact for fact in self.types if fact.complaint)

    @cached_property
    def cleared(self) -> Mapping[str, Value]:
        """The values that an "all clear" assumes, by fact name.

        These are the reassuring values of the built-in screening facts with `by_clear`. Ids with a
        dot belong to packs and are excluded.
        """
        return {
            name: fact.reassuring
            for fact in self.screening
            if fact.by_clear and "." not in fact.id and fact.reassuring is not None
            for name in fact.names
        }

    @cached_property
    def cleared_alike(self) -> tuple[tuple[FactType, Mapping[str, Value]], ...]:
        """The values of `cleared`, grouped by how long they stay valid.

        Each group is a pair: the type of one of its facts, which represents the group, and the
        values of the group by fact name.
        """
        groups: dict[tuple[object, ...], tuple[FactType, dict[str, Value]]] = {}
        for name, value in self.cleared.items():
            fact = self.type_of(name)
            if fact is not None:
                validity = (fact.time, fact.valid_days, fact.reassured_by_silence)
                groups.setdefault(validity, (fact, {}))[1][name] = value
        return tuple(groups.values())

    @cached_property
    def covering(self) -> tuple[FactType, ...]:
        """The facts whose question covers the questions of other facts."""
        return tuple(fact for fact in self.types if fact.covers)

    @cached_property
    def covered_by(self) -> Mapping[str, str]:
        """The id of the covering fact, by the id of each covered fact."""
        return {name: fact.id for fact in self.covering for name in fact.covers}

    @cached_property
    def asked_if(self) -> Mapping[str, Condition]:
        """The condition under which the question of a fact is asked, by the id of the fact.

        The condition is `ask_when`. If another question covers the fact, the condition also
        requires a yes to that question. Facts without a condition are left out.
        """
        conditions: dict[str, Condition] = {
            fact.id: fact.ask_when for fact in self.types if fact.ask_when is not None
        }
        for fact in self.covering:
            for name in fact.covers:
                previous = conditions.get(name)
                is_yes = Is(Name(fact.id))
                conditions[name] = is_yes if previous is None else All((is_yes, previous))
        return conditions

    @cached_property
    def condition_numbers(self) -> Mapping[str, int]:
        """The number of each fact's condition in `asked_if`; equal conditions share a number."""
        numbers: dict[Condition, int] = {}
        return {
            name: numbers.setdefault(condition, len(numbers))
            for name, condition in self.asked_if.items()
        }

    @cached_property
    def conditional(self) -> tuple[FactType, ...]:
        """The facts of `asked_if`, each after the facts that its condition reads.

        Raises:
            InvalidKnowledge: if conditions read each other in a circle.

        """
        reads = {
            name: sorted({stem(read) for read in names_in(condition)} - {name})
            for name, condition in self.asked_if.items()
        }
        try:
            ordered = tuple(TopologicalSorter(reads).static_order())
        except CycleError as error:
            circle = ", ".join(f"`{name}`" for name in error.args[1])
            remedy = "let one of them be asked without the others"
            what = f"the questions {circle} wait for each other"
            where = f"{error.args[1][0]}.ask_when"
            raise InvalidKnowledge(Fault(what, where, remedy)) from None
        return tuple(self.by_id[name] for name in ordered if name in reads and name in self.by_id)

    def type_of(self, name: str) -> FactType | None:
        """Return the type of a fact, or None; the name may include a side or region."""
        return self._by_name.get(name)

    @cached_property
    def _by_name(self) -> Mapping[str, FactType]:
        """The type of each fact name, with and without a side or region."""
        return {name: fact for fact in self.types for name in (fact.id, *fact.names)}

    def extended(self, types: tuple[FactType, ...]) -> "Vocabulary":
        """Return a vocabulary with more types after the existing ones."""
        return Vocabulary((*self.types, *types), self.regions)

    def faults_in(self, facts: Facts) -> list[Fault]:
        """Return a fault for each fact that does not exist, cannot be given or is invalid."""
        faults: list[Fault] = []
        for name, value in facts.items():
            fact = self.type_of(name)
            if fact is None:
                remedy = likely(stem(name), self.by_id) or "see the list of facts in the docs"
                faults.append(Fault(f"no fact is called `{name}`", where=f".{name}", remedy=remedy))
            elif not fact.is_given:
                what = f"`{name}` is {fact.fact_class} and cannot be given"
                remedy = _GIVEN_AS.get(fact.id, "")
                faults.append(Fault(what, where=f".{name}", remedy=remedy))
            elif wrong := fact.fault_of(value):
                faults.append(wrong.under(f".{name}"))
        return faults
