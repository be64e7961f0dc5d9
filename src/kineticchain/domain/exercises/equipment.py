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


def equipment_at_hand(owned: Iterable[str], equipment: Iterable[Equipment]) -> frozenset[str]:
    """Return the ids of the owned equipment and of every piece that it can replace.

    Args:
        owned: ids of the equipment that the person has.
        equipment: all pieces of equipment of the knowledge, with their substitutes.

    """
    owned_ids = frozenset(owned)
    return owned_ids | {
        piece.id for piece in equipment if not owned_ids.isdisjoint(piece.substitutes)
    }
