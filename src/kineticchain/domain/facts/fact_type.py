"""What a fact may be."""

from collections.abc import Sequence
from enum import StrEnum

from attrs import converters, field, frozen

from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.facts.condition import Condition
from kineticchain.domain.facts.fact_values import Value, at_region, sided
from kineticchain.domain.facts.parsing import read_condition
from kineticchain.domain.facts.scales import BindingKind, Caution, ReferralLevel, Temporal
from kineticchain.domain.validators import (
    boolean,
    each,
    exact_instance,
    fact_name,
    identifier,
    is_identifier,
    is_number,
    optional,
    repr_short,
    text,
    unknown_word_fault,
    whole,
)
from kineticchain.errors import Fault, InvalidInput


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
class Alarm:
    """The least referral that an answer leads to, once it is not the reassuring one.

    `when` names the companions without which the answer is no alarm; None is always. With `each`
    it holds for each complaint, injury or surgery, with ``here`` bound in `when`.
    """

    level: ReferralLevel = field(validator=exact_instance(ReferralLevel))
    when: Condition | None = field(default=None, converter=converters.optional(read_condition))
    each: BindingKind | None = None


@frozen(kw_only=True)
class FactType:
    """One entry of the vocabulary.

    `reassuring` is the value of a screening fact that asks for no caution. Where it is None
    and `reassured_by_silence` is true (body mass index), being unknown is reassuring and no
    question is asked; where `by_clear` is false, an "all clear" does not answer the question
    (consent, age). `ages` (from, to) and `sexes` say whom the question concerns: of others, as
    far as these are known, the reassuring value is taken. `low` and `high` bound a
    number, whole where `integral`; `unit` names its unit. `options` lists the words of a
    one-of or, if closed, of a set. `ordered` options may be compared with `<`. A fact
    `per_side` has a value for each side; one `per_region` for each region, and rules over
    complaints, injuries or surgeries read the one of ``here``.

    `temporal` says what time does to an answer, and `temporal_reason` why where it is not obvious.
    `grows_days` says after how many days a number that counts up is one more (7 for weeks).
    `valid_days` says for how many days an answer that expires is valid, or how long a window is;
    0 is the policy's. `caution` says which end of the values calls for more caution.

    `regions` are what the question is about: a new complaint, injury or operation there asks it
    again, and so does a fall where `after_fall` is true. `complaint` lists regions that hurt, how
    much is unknown, where the answer is not the reassuring one. `alarms` are the least referrals
    that such an answer leads to; `no_alarm` says why it is none by itself.
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
    temporal: Temporal | None = None
    temporal_reason: str = field(default="", validator=text())
    valid_days: int = field(default=0, validator=whole(0, 3660, "days"))
    caution: Caution | None = None
    regions: tuple[Region, ...] = ()
    after_fall: bool = field(default=False, validator=boolean())
    complaint: tuple[Region, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    no_alarm: str = field(default="", validator=text())

    def __attrs_post_init__(self) -> None:
        """Check that the parts of the entry fit together."""
        faults: list[Fault] = []
        if self.kind is FactKind.ONE_OF and not self.options:
            faults.append(Fault("a one-of without options", where=".options"))
        if self.kind is FactKind.NUMBER and not self.low < self.high:
            faults.append(Fault("a number without a range", where=".high", remedy="give low, high"))
        faults += self._screening_faults()
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
        faults += self._time_faults()
        if self.reassuring is not None and (wrong := self.fault_of(self.reassuring)):
            faults.append(wrong.under(".reassuring"))
        if faults:
            raise InvalidInput(*faults)

    def _screening_faults(self) -> list[Fault]:
        """What is wrong with a screening question, and with what only one may have."""
        faults = []
        screening = self.fact_class is FactClass.SCREENING
        if screening and not self.reassured_by_silence:
            if not self.question:
                faults.append(Fault("a screening fact without a question", where=".question"))
            if self.by_clear and self.reassuring is None:
                faults.append(
                    Fault("a screening fact without its reassuring value", where=".reassuring")
                )
        if self.alarms and not screening:
            faults.append(Fault("an alarm of what is not asked", where=".alarms"))
        return faults

    def _time_faults(self) -> list[Fault]:
        """What is wrong with how an answer ages."""
        faults = []
        kind = self.temporal
        if self.grows_days and kind not in {None, Temporal.COUNTS_UP}:
            faults.append(Fault("a number that grows, yet does not count up", where=".temporal"))
        if kind is Temporal.COUNTS_UP and not self.grows_days:
            remedy = "say after how many days it is one more"
            faults.append(Fault("counts up by nothing", ".grows_days", remedy))
        if kind is Temporal.WINDOW and not self.valid_days:
            faults.append(Fault("a window without its length", ".valid_days", "give its days"))
        if self.reassured_by_silence and kind in {Temporal.EXPIRES, Temporal.WINDOW}:
            remedy = "make it fixed, or let it count up"
            faults.append(Fault("time alone would make it reassuring", ".temporal", remedy))
        return faults

    @property
    def time(self) -> Temporal:
        """What time does to an answer: as stated, else by the kind of fact.

        A pack that says nothing gets answers about now: those to screening questions and
        measures expire.
        """
        if self.temporal is not None:
            return self.temporal
        if self.grows_days:
            return Temporal.COUNTS_UP
        expires = {FactClass.SCREENING, FactClass.MEASURE}
        if self.fact_class in expires and not self.reassured_by_silence:
            return Temporal.EXPIRES
        return Temporal.FIXED

    @property
    def cautious_end(self) -> Caution:
        """Which end of the values calls for more caution: as stated, else the one that is likely.

        That is the end away from the reassuring value; of measures and sets the low one.
        """
        if self.caution is not None:
            return self.caution
        if self.reassuring is not None:
            ranked = self.rank_of(self.reassuring)
            return Caution.HIGH if ranked <= self.rank_of(self._last) / 2 else Caution.LOW
        low = self.fact_class is FactClass.MEASURE or self.kind is FactKind.SET_OF
        return Caution.LOW if low else Caution.HIGH

    @property
    def _last(self) -> Value:
        """The last value in the order of values."""
        if self.kind is FactKind.NUMBER:
            return self.high
        return self.options[-1] if self.options else True

    def rank_of(self, value: Value) -> float:
        """The place of a value in the order of values; of a set the number of its members."""
        if isinstance(value, frozenset):
            return len(value)
        if isinstance(value, str):
            return self.options.index(value) if value in self.options else 0
        return float(value)

    def most_cautious(self, values: Sequence[Value]) -> Value:
        """Of values for one fact that differ, the one that calls for most caution.

        Sets are joined: all members where many call for caution, else those that are in each.
        """
        high = self.cautious_end is Caution.HIGH
        if self.kind is FactKind.SET_OF:
            sets = [value for value in values if isinstance(value, frozenset)]
            return frozenset.union(*sets) if high else frozenset.intersection(*sets)
        return (max if high else min)(values, key=self.rank_of)

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
                    None
                    if type(value) is bool
                    else Fault(f"{repr_short(value)} is not true or false")
                )
            case FactKind.NUMBER:
                return self._fault_of_number(value)
            case FactKind.ONE_OF:
                if isinstance(value, str) and value in self.options:
                    return None
                return unknown_word_fault(f"a value of `{self.id}`", value, self.options)
            case FactKind.SET_OF:
                return self._fault_of_set(value)

    def _fault_of_number(self, value: Value) -> Fault | None:
        if is_number(value) and self.low <= value <= self.high:
            return None
        unit = f" {self.unit}" if self.unit else ""
        return Fault(
            f"{repr_short(value)} is not a number from {self.low:g} to {self.high:g}{unit}"
        )

    def _fault_of_set(self, value: Value) -> Fault | None:
        if not isinstance(value, frozenset) or not all(is_identifier(word) for word in value):
            return Fault(f"{repr_short(value)} is not a set of ids", remedy="give a list of words")
        for word in sorted(value):
            if self.options and word not in self.options:
                return unknown_word_fault(f"a member of `{self.id}`", word, self.options)
        return None
