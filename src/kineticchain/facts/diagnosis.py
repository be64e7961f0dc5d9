"""What a clinician may find or rule out."""

from attrs import field, frozen

from kineticchain.constraints import identifier, optional, text


@frozen(kw_only=True)
class Diagnosis:
    """What a clinician may find or rule out, by an id that rules name in `settled_by`."""

    id: str = field(validator=identifier())
    title: str = field(validator=text())
    row: str | None = field(default=None, validator=optional(identifier()))
