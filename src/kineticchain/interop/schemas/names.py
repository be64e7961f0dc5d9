"""The ids that a set of packs defines, and the fields that refer to them."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from attrs import field, frozen

from kineticchain.domain.anatomy import Region
from kineticchain.domain.facts import FactType
from kineticchain.interop.schemas.schema_forms import IDENTIFIER, Schema, fact_value
from kineticchain.knowledge import Knowledge


class NameKind(StrEnum):
    """The kinds of rows that other rows refer to by id."""

    CONFLICT = "conflict"
    DIAGNOSIS = "diagnosis"
    EQUIPMENT = "equipment"
    EVIDENCE = "evidence"
    EXERCISE = "exercise"
    GOAL = "goal"
    LADDER = "ladder"
    MESSAGE = "message"
    PROGRAMME = "programme"
    SOURCE = "source"


FIELDS: Mapping[NameKind, str] = {
    NameKind.CONFLICT: (
        "Programme.conflicts RuleRow.conflicts Transition.conflicts Expectation.conflicts"
    ),
    NameKind.DIAGNOSIS: "ClinicianResult.found ClinicianResult.ruled_out RuleRow.settled_by",
    NameKind.EQUIPMENT: "Exercise.needs Person.equipment Request.equipment",
    NameKind.EVIDENCE: (
        "Exercise.evidence Exercise.daily Ladder.policy_evidence Programme.evidence "
        "RuleRow.evidence Transition.evidence FactType.row Protocol.evidence "
        "Conflict.evidence Link.claims Link.against Expectation.rows_any"
    ),
    NameKind.EXERCISE: (
        "Rung.exercise Exercise.together ProgrammeItem.exercise Figure.exercise "
        "ExerciseLog.exercise ExerciseLog.substituted_by PlannedItem.exercise "
        "Allowance.exercises Request.pinned Request.prefer Request.avoid Conflict.touches "
        "Conflict.one_a_session Expectation.include_any Expectation.include_on "
        "Expectation.exclude Future.mastered Future.next_any Future.next_not"
    ),
    NameKind.GOAL: "Request.goal",
    NameKind.LADDER: "Future.ladder Ladder.extends Ladder.replaces",
    NameKind.MESSAGE: (
        "Exercise.habit_cues RuleRow.advise Expectation.whom Expectation.precautions "
        "Expectation.advice Future.advice"
    ),
    NameKind.PROGRAMME: "Request.programme",
    NameKind.SOURCE: (
        "Exercise.sources StatedDose.source Programme.sources RuleRow.sources Claim.sources "
        "Evidence.sources FactType.sources Conflict.sources"
    ),
}
"""The fields that hold ids of each kind, as ``Class.field``."""

_KIND_OF = {place: kind for kind, places in FIELDS.items() for place in places.split()}


@frozen
class KnownNames:
    """The ids that a schema offers for completion.

    Attributes:
        regions: The regions.
        by_kind: The ids of each kind; empty if the schema is not for particular packs.
        facts: The types of the facts that a person can state.
    """

    regions: tuple[Region, ...] = tuple(Region)
    by_kind: Mapping[NameKind, tuple[str, ...]] = field(factory=dict)
    facts: tuple[FactType, ...] = ()

    @classmethod
    def of(cls, knowledge: Knowledge) -> "KnownNames":
        """Return the ids of a knowledge with all its packs."""
        ids: Mapping[NameKind, Iterable[str]] = {
            NameKind.CONFLICT: knowledge.conflicts,
            NameKind.DIAGNOSIS: knowledge.diagnoses,
            NameKind.EQUIPMENT: knowledge.equipment_names,
            NameKind.EVIDENCE: knowledge.evidence,
            NameKind.EXERCISE: knowledge.exercises,
            NameKind.GOAL: knowledge.goals_by_id,
            NameKind.LADDER: [ladder.id for ladder in knowledge.ladders],
            NameKind.MESSAGE: knowledge.catalog.ids,
            NameKind.PROGRAMME: knowledge.programmes,
            NameKind.SOURCE: knowledge.sources,
        }
        return cls(
            regions=knowledge.regions,
            by_kind={kind: tuple(sorted(names)) for kind, names in ids.items()},
            facts=tuple(fact for fact in knowledge.vocabulary.types if fact.is_given),
        )

    def kind_of(self, cls: type, name: str) -> NameKind | None:
        """Return the kind of the ids in a field; None if it has no ids, or if no ids are known."""
        return _KIND_OF.get(f"{cls.__name__}.{name}") if self.by_kind else None

    def definition(self, kind: NameKind) -> Schema:
        """Return the schema of an id of a kind.

        It offers the known ids and accepts others, which the document itself may define.
        """
        return {**IDENTIFIER, "anyOf": [{"enum": list(self.by_kind[kind])}, {}]}

    def fact_properties(self) -> dict[str, Schema]:
        """Return the schema of each fact's value, with its question."""
        return {fact.id: fact_value(fact) for fact in self.facts}


def with_ids(schema: Schema, reference: Schema) -> Schema:
    """Return a schema whose innermost texts are ids.

    Args:
        schema: The schema of a text, of a list of texts, or of a table of texts.
        reference: The schema of an id.
    """
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            return schema | {key: with_ids(schema[key], reference)}
    if schema.get("type") == ["string", "null"]:
        return {"anyOf": [reference, {"type": "null"}]}
    return reference
