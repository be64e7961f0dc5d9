"""The knowledge that the library ships, read from the data beside its code."""

import tomllib
from importlib.resources import files
from typing import TypeVar

from kineticchain.domain.anatomy import KineticChain
from kineticchain.domain.messages import ENGLISH
from kineticchain.knowledge.contents import Contents
from kineticchain.knowledge.documents.documents import (
    AsymmetryDocument,
    ChainDocument,
    ClaimDocument,
    EquipmentDocument,
    GoalDocument,
    PolicyDocument,
    StoryDocument,
    knowledge_converter,
    read_pack,
)
from kineticchain.knowledge.structuring import structure

T = TypeVar("T")

VERSION = "1"
POLICY = "progression.toml"
PACKS = (
    "evidence/sources.toml",
    "evidence/rows.toml",
    "evidence/conflicts.toml",
    "facts.toml",
    "exercises/balance.toml",
    "exercises/foot.toml",
    "exercises/calf.toml",
    "exercises/knee.toml",
    "exercises/whole_body.toml",
    "ladders.toml",
    "rules/red_flags_leg.toml",
    "rules/red_flags_spine.toml",
    "rules/red_flags_general.toml",
    "rules/conditions_feet.toml",
    "rules/conditions_bones_and_joints.toml",
    "rules/conditions_whole_body.toml",
    "rules/heel_pain.toml",
    "rules/falls.toml",
    "rules/measures.toml",
    "rules/course_of_training.toml",
    "rules/first_line.toml",
    "rules/conflict_cards.toml",
)
"""The files that are packs, by subject."""


def builtin_contents() -> Contents:
    """What the built-in knowledge holds, read anew."""
    converter = knowledge_converter()

    def document(path: str, cls: type[T]) -> T:
        return structure(converter, _toml(path), cls, path)

    chain = document("chain/links.toml", ChainDocument)
    policy = document(POLICY, PolicyDocument)
    claims = document("chain/claims.toml", ClaimDocument)
    return Contents(
        version=VERSION,
        chain=KineticChain(
            links=chain.link,
            evidence=claims.claim,
            stories=document("chain/stories.toml", StoryDocument).story,
            weights=tuple(chain.weights.items()),
        ),
        equipment=document("equipment.toml", EquipmentDocument).equipment,
        goals=document("goals.toml", GoalDocument).goals(),
        asymmetries=document("asymmetries.toml", AsymmetryDocument).asymmetries(),
        transitions=policy.transition,
        dose_orders=policy.dose_order,
        packs=tuple(read_pack(_toml(path), path, converter) for path in PACKS),
        catalog=ENGLISH,
    )


def _toml(path: str) -> dict[str, object]:
    return tomllib.loads(
        files("kineticchain").joinpath("knowledge/data", path).read_text(encoding="utf-8")
    )
