"""All that rules may know of a person: facts, and what they run over."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeAlias

from attrs import field, frozen

from kineticchain.anatomy import Region, Side
from kineticchain.facts import Value
from kineticchain.person.person import Person

Facts: TypeAlias = Mapping[str, Value]


class Occasion(StrEnum):
    """What a rule may run over, with `here` bound to each in turn."""

    COMPLAINT = "complaint"
    INJURY = "injury"
    SURGERY = "surgery"


@frozen
class Here:
    """One complaint, injury or surgery, as a rule that runs over each of them sees it."""

    occasion: Occasion
    region: Region
    side: Side
    values: Mapping[str, Value] = field(eq=False)


@frozen
class Situation:
    """All that rules may know: facts by name, and each complaint, injury and surgery."""

    person: Person
    facts: Mapping[str, Value] = field(repr=False)
    heres: tuple[Here, ...]

    @property
    def at_hand(self) -> frozenset[str]:
        """What the equipment counts as, substitutes included."""
        owned = self.facts["equipment"]
        assert isinstance(owned, frozenset)  # noqa: S101 - derived so
        return owned

    def bindings(self, occasion: Occasion | None) -> tuple[tuple[Here | None, Facts], ...]:
        """What a rule runs over, each with all facts that it then sees; once where it is None."""
        if occasion is None:
            return ((None, self.facts),)
        return tuple((here, {**self.facts, **here.values}) for here in self.over(occasion))

    def over(self, occasion: Occasion) -> tuple[Here, ...]:
        """The complaints, the injuries or the surgeries."""
        return tuple(here for here in self.heres if here.occasion is occasion)
