"""Things that an exercise needs, and what may stand in for them."""

from collections.abc import Iterable

from attrs import field, frozen

from kineticchain.domain.validators import each, identifier, text


@frozen(kw_only=True)
class Equipment:
    """A piece of equipment; any one of `substitutes` does as well."""

    id: str = field(validator=identifier())
    title: str = field(validator=text())
    substitutes: tuple[str, ...] = field(default=(), validator=each(identifier()))


def equipment_at_hand(owned: Iterable[str], exercise_index: Iterable[Equipment]) -> frozenset[str]:
    """What the owned things count as: themselves, and whatever they stand in for."""
    mine = frozenset(owned)
    return mine | {piece.id for piece in exercise_index if not mine.isdisjoint(piece.substitutes)}
