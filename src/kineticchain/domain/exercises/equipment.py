"""Equipment and its substitutes."""

from collections.abc import Iterable

from attrs import field, frozen

from kineticchain.domain.validators import each, identifier, title


@frozen(kw_only=True)
class Equipment:
    """A piece of equipment.

    Attributes:
        id: the id that exercises and people use.
        title: the title for display.
        substitutes: ids of equipment, any one of which can replace this piece.

    """

    id: str = field(validator=identifier())
    title: str = field(validator=title())
    substitutes: tuple[str, ...] = field(default=(), validator=each(identifier()))


def equipment_at_hand(owned: Iterable[str], exercise_index: Iterable[Equipment]) -> frozenset[str]:
    """Return the owned equipment and every piece that it can replace.

    Args:
        owned: ids of the equipment that the person has.
        exercise_index: all pieces of equipment of the knowledge, with their substitutes.

    """
    pieces = frozenset(owned)
    return pieces | {
        piece.id for piece in exercise_index if not pieces.isdisjoint(piece.substitutes)
    }
