"""All that rules may know of a person: facts, and what they run over."""

from collections.abc import Mapping
from typing import TypeAlias

from attrs import evolve, field, frozen

from kineticchain.anatomy import Region, Side
from kineticchain.facts import Occasion, Value
from kineticchain.record.observation import Moment
from kineticchain.record.state import State

Facts: TypeAlias = Mapping[str, Value]


@frozen
class Here:
    """One complaint, injury or surgery, as a rule that runs over each of them sees it.

    `since` is the moment of what it rests on: when a complaint was new or became much worse, when
    an injury or operation happened; None where that is not known.
    """

    occasion: Occasion
    region: Region
    side: Side
    values: Mapping[str, Value] = field(eq=False)
    since: Moment | None = field(default=None, eq=False)


@frozen
class Situation:
    """All that rules may know: facts by name, and each complaint, injury and surgery."""

    state: State
    facts: Mapping[str, Value] = field(repr=False)
    heres: tuple[Here, ...]

    @property
    def at_hand(self) -> frozenset[str]:
        """What the equipment counts as, substitutes included."""
        owned = self.facts["equipment"]
        assert isinstance(owned, frozenset)  # noqa: S101 - derived so
        return owned

    @property
    def readings(self) -> tuple["Situation", ...]:
        """The ways to read the person: as known, and with the last values of what is now unsure.

        What either reading restricts or refers counts, so that *unsure* never reassures.
        """
        if not self.state.unsure:
            return (self,)
        return (self, evolve(self, facts={**self.facts, **self.state.unsure}))

    def bindings(self, occasion: Occasion | None) -> tuple[tuple[Here | None, Facts], ...]:
        """What a rule runs over, each with all facts that it then sees; once where it is None."""
        if occasion is None:
            return ((None, self.facts),)
        return tuple((here, {**self.facts, **here.values}) for here in self.over(occasion))

    def over(self, occasion: Occasion) -> tuple[Here, ...]:
        """The complaints, the injuries or the surgeries."""
        return tuple(here for here in self.heres if here.occasion is occasion)
