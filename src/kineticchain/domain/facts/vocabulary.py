"""All facts that can be spoken of."""

from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType

from attrs import frozen

from kineticchain.domain.facts.fact_type import FactClass, FactType
from kineticchain.domain.facts.fact_values import Facts, Value, stem
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
"""Where what is derived is told."""


@frozen
class Vocabulary:
    """The types of all facts, in the order in which their questions are asked."""

    types: tuple[FactType, ...]

    def __attrs_post_init__(self) -> None:
        """Refuse a name that is defined twice: an id, or one of its sides or regions."""
        names = [name for fact in self.types for name in dict.fromkeys((fact.id, *fact.names))]
        counts = Counter(names)
        if len(counts) < len(names):
            twice = sorted(name for name, count in counts.items() if count > 1)
            raise InvalidKnowledge(
                *(Fault(f"the fact `{name}` is defined twice") for name in twice)
            )

    @cached_property
    def by_id(self) -> Mapping[str, FactType]:
        """Each type under its id."""
        return {fact.id: fact for fact in self.types}

    @cached_property
    def screening(self) -> tuple[FactType, ...]:
        """The screening facts, in order."""
        return tuple(fact for fact in self.types if fact.fact_class is FactClass.SCREENING)

    @cached_property
    def selective(self) -> tuple[FactType, ...]:
        """The facts whose questions concern some ages or sexes alone."""
        return tuple(fact for fact in self.types if fact.ages or fact.sexes)

    @cached_property
    def symptoms(self) -> tuple[FactType, ...]:
        """The facts whose answer may say that a region hurts."""
        return tuple(fact for fact in self.types if fact.complaint)

    @cached_property
    def cleared(self) -> Mapping[str, Value]:
        """What an "all clear" says: the reassuring value of every built-in question, by name."""
        return {
            name: fact.reassuring
            for fact in self.screening
            if fact.by_clear and "." not in fact.id and fact.reassuring is not None
            for name in fact.names
        }

    @cached_property
    def cleared_alike(self) -> tuple[tuple[FactType, Mapping[str, Value]], ...]:
        """What an "all clear" says, by how long it is valid, each group with one of its facts."""
        groups: dict[tuple[object, ...], tuple[FactType, dict[str, Value]]] = {}
        for name, value in self.cleared.items():
            fact = self.type_of(name)
            if fact is not None:
                alike = (fact.time, fact.valid_days, fact.reassured_by_silence)
                groups.setdefault(alike, (fact, {}))[1][name] = value
        return tuple(groups.values())

    def type_of(self, name: str) -> FactType | None:
        """The type of a fact by its name, with or without a side or region."""
        return self._by_name.get(name)

    @cached_property
    def _by_name(self) -> Mapping[str, FactType]:
        """Each type under its id and under the names of its sides or regions."""
        return {name: fact for fact in self.types for name in (fact.id, *fact.names)}

    def extended(self, types: tuple[FactType, ...]) -> "Vocabulary":
        """The vocabulary with more types behind its own."""
        return Vocabulary((*self.types, *types))

    def faults_in(self, facts: Facts) -> list[Fault]:
        """All that is wrong with facts given by a person or a finding."""
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
