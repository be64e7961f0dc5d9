"""What a fact may be."""

from enum import StrEnum

from attrs import field, frozen

from kineticchain.anatomy import Region, Side
from kineticchain.constraints import (
    boolean,
    each,
    fact_name,
    identifier,
    is_identifier,
    is_number,
    no_such,
    optional,
    shown,
    text,
    whole,
)
from kineticchain.errors import Fault, InvalidInput
from kineticchain.facts.fact_values import Value, at_region, sided


class FactKind(StrEnum):
    """The type of a fact's value."""

    BOOLEAN = "boolean"
    NUMBER = "number"
    ONE_OF = "one_of"
    SET_OF = "set_of"


class FactClass(StrEnum):
    """How a fact that is not given is treated.

    A *screening* fact is asked for, and has a reassuring value that "all clear" stands for.
    A *measure* stays unknown until given, and rules that restrict hold while it is. A
    *plain* fact may not be read by a rule that restricts. A *derived* fact is worked out
    from the person, the request and the history, and cannot be given. A *concluded* fact is
    what a pack's own rules say of a person; it cannot be given either.
    """

    SCREENING = "screening"
    MEASURE = "measure"
    PLAIN = "plain"
    DERIVED = "derived"
    CONCLUDED = "concluded"


@frozen(kw_only=True)
class FactType:
    """One entry of the vocabulary.

    `reassuring` is the value of a screening fact that asks for no caution. Where it is None
    and `reassured_by_silence` is true (body mass index), being unknown is reassuring and no
    question is asked; where `by_clear` is false, an "all clear" does not answer the question
    (consent, age). `ages` (from, to) and `sexes` say whom the question concerns: of others, as
    far as these are known, the reassuring value is taken. `grows_days` says after how many days
    a number is one more (7 for weeks since an event), counted from the day on which it was
    stated. `low` and `high` bound a
    number, whole where `integral`; `unit` names its unit. `options` lists the words of a
    one-of or, if closed, of a set. `ordered` options may be compared with `<`. A fact
    `per_side` has a value for each side; one `per_region` for each region, and rules over
    complaints, injuries or surgeries read the one of ``here``.
    """

    id: str = field(validator=fact_name())
    kind: FactKind
    fact_class: FactClass
    question: str = field(default="", validator=text())
    unit: str = field(default="", validator=text())
    low: float = field(default=0)
    high: float = field(default=0)
    grows_days: int = field(default=0, validator=whole(0, 366, "days"))
    integral: bool = field(default=False, validator=boolean())
    options: tuple[str, ...] = field(default=(), validator=each(identifier()))
    ordered: bool = field(default=False, validator=boolean())
    per_side: bool = field(default=False, validator=boolean())
    per_region: bool = field(default=False, validator=boolean())
    reassuring: Value | None = None
    reassured_by_silence: bool = field(default=False, validator=boolean())
    by_clear: bool = field(default=True, validator=boolean())
    ages: tuple[int, ...] = field(default=(), validator=each(whole(0, 120, "years")))
    sexes: tuple[str, ...] = field(default=(), validator=each(identifier()))
    sources: tuple[str, ...] = field(default=(), validator=each(identifier()))
    row: str | None = field(default=None, validator=optional(identifier()))

    def __attrs_post_init__(self) -> None:
        """Check that the parts of the entry fit together."""
        faults: list[Fault] = []
        if self.kind is FactKind.ONE_OF and not self.options:
            faults.append(Fault("a one-of without options", where=".options"))
        if self.kind is FactKind.NUMBER and not self.low < self.high:
            faults.append(Fault("a number without a range", where=".high", remedy="give low, high"))
        if self.fact_class is FactClass.SCREENING and not self.reassured_by_silence:
            if not self.question:
                faults.append(Fault("a screening fact without a question", where=".question"))
            if self.by_clear and self.reassuring is None:
                faults.append(
                    Fault("a screening fact without its reassuring value", where=".reassuring")
                )
        if self.ages and (len(self.ages) != len(("from", "to")) or self.ages[0] > self.ages[1]):
            faults.append(Fault("not a lowest and a highest age", ".ages", "write [10, 60]"))
        if (self.ages or self.sexes) and self.reassuring is None:
            faults.append(Fault("not for all, and no reassuring value", where=".reassuring"))
        if self.ordered and list(self.options) != sorted(self.options):
            remedy = "name them so that the alphabet orders them, as L0, L1, L2"
            faults.append(
                Fault("ordered words that the alphabet orders otherwise", ".options", remedy)
            )
        if self.per_side and self.per_region:
            faults.append(Fault("a value for each side and each region", where=".per_region"))
        if self.fact_class is FactClass.CONCLUDED and self.kind is not FactKind.BOOLEAN:
            faults.append(Fault("a concluded fact that is not yes or no", where=".kind"))
        if self.reassuring is not None and (wrong := self.fault_of(self.reassuring)):
            faults.append(wrong.under(".reassuring"))
        if faults:
            raise InvalidInput(*faults)

    @property
    def is_given(self) -> bool:
        """Whether a person can state it."""
        return self.fact_class not in {FactClass.DERIVED, FactClass.CONCLUDED}

    @property
    def is_asked(self) -> bool:
        """Whether it is asked for: screening facts, and derived ones with a question (age)."""
        if self.fact_class is FactClass.SCREENING:
            return not self.reassured_by_silence
        return self.fact_class is FactClass.DERIVED and bool(self.question)

    def concerns(self, age: int | None, sex: str | None) -> bool:
        """Whether somebody of this age and sex is asked; who does not tell them is."""
        if age is not None and self.ages and not self.ages[0] <= age <= self.ages[1]:
            return False
        return sex is None or not self.sexes or sex in self.sexes

    @property
    def names(self) -> tuple[str, ...]:
        """The names under which its values stand: one, or one for each side or region."""
        if self.per_side:
            return tuple(sided(self.id, side) for side in Side.BOTH.each)
        if self.per_region:
            return tuple(at_region(self.id, region) for region in Region)
        return (self.id,)

    def fault_of(self, value: Value) -> Fault | None:
        """Why `value` cannot be a value of this fact; None where it can."""
        match self.kind:
            case FactKind.BOOLEAN:
                return (
                    None if type(value) is bool else Fault(f"{shown(value)} is not true or false")
                )
            case FactKind.NUMBER:
                return self._fault_of_number(value)
            case FactKind.ONE_OF:
                if isinstance(value, str) and value in self.options:
                    return None
                return no_such(f"a value of `{self.id}`", value, self.options)
            case FactKind.SET_OF:
                return self._fault_of_set(value)

    def _fault_of_number(self, value: Value) -> Fault | None:
        if is_number(value) and self.low <= value <= self.high:
            return None
        unit = f" {self.unit}" if self.unit else ""
        return Fault(f"{shown(value)} is not a number from {self.low:g} to {self.high:g}{unit}")

    def _fault_of_set(self, value: Value) -> Fault | None:
        if not isinstance(value, frozenset) or not all(is_identifier(word) for word in value):
            return Fault(f"{shown(value)} is not a set of ids", remedy="give a list of words")
        for word in sorted(value):
            if self.options and word not in self.options:
                return no_such(f"a member of `{self.id}`", word, self.options)
        return None
