"""Types of facts: their values, questions and behaviour over time."""

from collections.abc import Sequence

from attrs import converters, field, frozen

from kineticchain.domain.anatomy import Region, Side
from kineticchain.domain.facts.condition import Condition
from kineticchain.domain.facts.fact_values import Value, at_region, sided
from kineticchain.domain.facts.parsing import read_condition
from kineticchain.domain.facts.scales import (
    BindingKind,
    Caution,
    FactClass,
    FactKind,
    ReferralLevel,
    Section,
    Temporal,
)
from kineticchain.domain.validators import (
    boolean,
    each,
    exact_instance,
    fact_name,
    identifier,
    is_identifier,
    is_number,
    optional,
    passage,
    repr_short,
    title,
    unknown_word_fault,
    whole,
)
from kineticchain.errors import Fault, InvalidInput

_SEXES = ("f", "m", "x")
"""The sexes that a question can be for, as in `Person.sex`."""


@frozen(kw_only=True)
class Alarm:
    """The least referral level for an answer other than the reassuring one.

    Attributes:
        level: the least referral level.
        when: a further condition for the alarm; None if the answer alone is enough.
        each: the items to each of which the alarm is applied, with ``here`` bound in `when`; None
            if it is applied once.

    """

    level: ReferralLevel = field(validator=exact_instance(ReferralLevel))
    when: Condition | None = field(default=None, converter=converters.optional(read_condition))
    each: BindingKind | None = None

    def __attrs_post_init__(self) -> None:
        """Reject the level of no referral."""
        if self.level is ReferralLevel.NONE:
            raise InvalidInput(Fault("an alarm that refers nobody", ".level", "give a level"))


@frozen(kw_only=True)
class FactType:
    """The type of a fact: one entry of the vocabulary.

    Attributes:
        id: the name of the fact in conditions.
        kind: the type of the value.
        fact_class: the origin of the fact and its treatment while unknown.
        question: the question for the person; empty if none is asked.
        unit: the unit of a number, such as ``s``.
        low: the smallest valid number.
        high: the largest valid number.
        grows_days: for a number that counts up, the days after which it grows by 1 (7 for weeks).
        integral: True if the number is whole.
        options: the words of a one-of, or of a closed set; empty for a set of any ids.
        ordered: True if ``<`` can compare the options.
        per_side: True if the fact has a value for each side.
        per_region: True if the fact has a value for each region; rules over complaints, injuries
            or surgeries read the value of the region of ``here``.
        reassuring: the value of a screening fact that calls for no caution.
        reassured_by_silence: True if an unknown value is reassuring and no question is asked, as
            for the body mass index.
        by_clear: False if an "all clear" does not answer the question, as for consent and age.
        ages: the lowest and the highest age in years that the question concerns; empty for all.
            For people of another age the reassuring value is assumed.
        sexes: the sexes that the question concerns; empty for all. For people of another sex the
            reassuring value is assumed.
        sources: ids of sources.
        row: the id of the row of evidence.
        temporal: the change of an answer over time; None for the default, see `time`.
        temporal_reason: the reason for `temporal` if it is not obvious.
        valid_days: days for which an expiring answer is valid, or the length of a window; 0 for the
            default of the policy.
        caution: the end of the range of values that calls for more caution; None for the default,
            see `cautious_end`.
        regions: regions in which a new complaint, injury or operation invalidates a reassuring
            answer.
        after_fall: True if a fall invalidates a reassuring answer.
        complaint: regions that count as painful, with unknown pain, if the answer is not the
            reassuring one.
        alarms: the least referral levels if the answer is not the reassuring one.
        no_alarm: the reason why the question has no alarms.
        section: the section of an intake that asks the question; None for the default, see
            `asked_in`.
        ask_when: the condition on other facts under which the question is asked; None for always.
            If the condition is false, an unknown screening fact has its reassuring value.
        covers: ids of screening facts that this yes-or-no question asks about at once. The answer
            no is the reassuring answer to each of these facts; after a yes, each of them is asked
            separately. If the covered facts have answers, the answer to this question follows from
            them.
        line: the sign in a few words, for a line of a checklist; a tick gives the answer that is
            not reassuring. Empty to show the question itself.
        help: a sentence that helps to answer; empty for none.
        labels: a text for each of the options, in their order; empty to show the options
            themselves.
        private: True if a person may prefer not to answer.
        opens: for a measure, a sentence about what its value makes possible or shows.
        places: for a fact per region, the regions with a value. `Knowledge.vocabulary` includes the
            regions of packs.

    """

    id: str = field(validator=fact_name())
    kind: FactKind
    fact_class: FactClass
    question: str = field(default="", validator=passage(0))
    unit: str = field(default="", validator=title(0))
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
    temporal_reason: str = field(default="", validator=passage(0))
    valid_days: int = field(default=0, validator=whole(0, 3660, "days"))
    caution: Caution | None = None
    regions: tuple[Region, ...] = ()
    after_fall: bool = field(default=False, validator=boolean())
    complaint: tuple[Region, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    no_alarm: str = field(default="", validator=passage(0))
    section: Section | None = None
    ask_when: Condition | None = field(default=None, converter=converters.optional(read_condition))
    covers: tuple[str, ...] = field(default=(), validator=each(identifier()))
    line: str = field(default="", validator=passage(0))
    help: str = field(default="", validator=passage(0))
    labels: tuple[str, ...] = field(default=(), validator=each(title()))
    private: bool = field(default=False, validator=boolean())
    opens: str = field(default="", validator=passage(0))
    places: tuple[Region, ...] = field(
        default=tuple(Region), metadata={"unwritten": "the knowledge has the regions"}
    )

    def __attrs_post_init__(self) -> None:
        """Reject attributes that contradict each other."""
        faults: list[Fault] = []
        if self.kind is FactKind.ONE_OF and not self.options:
            faults.append(Fault("a one-of without options", where=".options"))
        if self.kind is FactKind.NUMBER and not self.low < self.high:
            faults.append(Fault("a number without a range", where=".high", remedy="give low, high"))
        faults += self._screening_faults()
        if self.ages and (len(self.ages) != len(("from", "to")) or self.ages[0] > self.ages[1]):
            faults.append(Fault("not a lowest and a highest age", ".ages", "write [10, 60]"))
        faults += [
            unknown_word_fault("a sex", sex, _SEXES, where=".sexes")
            for sex in self.sexes
            if sex not in _SEXES
        ]
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
        if self.covers and (self.kind is not FactKind.BOOLEAN or self.reassuring is not False):
            faults.append(Fault("covers others, and is no question whose no reassures", ".covers"))
        if self.labels and len(self.labels) != len(self.options):
            faults.append(Fault("not a label for each option", where=".labels"))
        faults += self._time_faults()
        if self.reassuring is not None and (wrong := self.fault_of(self.reassuring)):
            faults.append(wrong.under(".reassuring"))
        if faults:
            raise InvalidInput(*faults)

    def _screening_faults(self) -> list[Fault]:
        """Return the faults of the attributes that only screening facts may have."""
        faults = []
        screening = self.fact_class is FactClass.SCREENING
        if screening and not self.reassured_by_silence:
            if not self.question:
                faults.append(Fault("a screening fact without a question", where=".question"))
            if self.by_clear and self.reassuring is None:
                remedy = "say which answer is no reason to worry, such as reassuring = false"
                what = "a screening fact without its reassuring value"
                faults.append(Fault(what, ".reassuring", remedy))
        if self.alarms and not screening:
            faults.append(Fault("an alarm of what is not asked", where=".alarms"))
        if self.alarms and self.kind is FactKind.SET_OF:
            remedy = "ask for each member by a question of its own"
            faults.append(Fault("an alarm of a set", ".alarms", remedy))
        return faults

    def _time_faults(self) -> list[Fault]:
        """Return the faults of the attributes that describe change over time."""
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
        """The change of an answer over time: `temporal`, or else a default.

        By default, numbers with `grows_days` count up. Answers to screening questions and measures
        expire, except facts that are reassured by silence. All other facts are fixed.
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
    def asked_in(self) -> Section:
        """The section of an intake that asks the question: `section`, or else a default.

        By default, questions about regions are signs, other screening questions are conditions,
        and measures and plain facts have sections of their own.
        """
        if self.section is not None:
            return self.section
        if self.fact_class is FactClass.MEASURE:
            return Section.MEASURES
        if self.fact_class is not FactClass.SCREENING:
            return Section.WISHES
        return Section.SIGNS if self.regions or self.after_fall else Section.CONDITIONS

    @property
    def cautious_end(self) -> Caution:
        """The end of the range that calls for more caution: `caution`, or else a default.

        The default is the end opposite to the reassuring value. Without a reassuring value, the
        default is the low end for measures and sets, and the high end for other facts.
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
        """The largest value in the order of `rank_of`."""
        if self.kind is FactKind.NUMBER:
            return self.high
        return self.options[-1] if self.options else True

    def rank_of(self, value: Value) -> float:
        """Return the rank of a value: its number, its index in `options`, or the size of a set."""
        if isinstance(value, frozenset):
            return len(value)
        if isinstance(value, str):
            return self.options.index(value) if value in self.options else 0
        return float(value)

    def most_cautious(self, values: Sequence[Value]) -> Value:
        """Return the value that calls for the most caution.

        Sets are merged: the result is their union if the high end calls for caution, otherwise
        their intersection.

        Args:
            values: one or more values of this fact.

        """
        high = self.cautious_end is Caution.HIGH
        if self.kind is FactKind.SET_OF:
            sets = [value for value in values if isinstance(value, frozenset)]
            return frozenset.union(*sets) if high else frozenset.intersection(*sets)
        return (max if high else min)(values, key=self.rank_of)

    @property
    def is_given(self) -> bool:
        """True if a person can state the fact."""
        return self.fact_class not in {FactClass.DERIVED, FactClass.CONCLUDED}

    @property
    def is_asked(self) -> bool:
        """True if a question is asked for the fact.

        Questions are asked for screening facts that are not reassured by silence, and for derived
        facts with a question, such as the age.
        """
        if self.fact_class is FactClass.SCREENING:
            return not self.reassured_by_silence
        return self.fact_class is FactClass.DERIVED and bool(self.question)

    def concerns(self, age: int | None, sex: str | None) -> bool:
        """Return whether the question applies to a person of this age and sex.

        Args:
            age: the age in years; None for unknown, which excludes nobody.
            sex: the sex; None for unknown, which excludes nobody.

        """
        if age is not None and self.ages and not self.ages[0] <= age <= self.ages[1]:
            return False
        return sex is None or not self.sexes or sex in self.sexes

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the values of the fact: one name, or one name per side or region."""
        if self.per_side:
            return tuple(sided(self.id, side) for side in Side.BOTH.each)
        if self.per_region:
            return tuple(at_region(self.id, region) for region in self.places)
        return (self.id,)

    def fault_of(self, value: Value) -> Fault | None:
        """Return the fault of a value that does not fit the type; None if it fits."""
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
