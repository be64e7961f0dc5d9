"""The knowledge that the library ships, read from the data beside its code."""

import tomllib
from importlib.resources import files
from typing import TypeVar

from kineticchain.chain import KineticChain
from kineticchain.knowledge.contents import Contents
from kineticchain.knowledge.reading import (
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
from kineticchain.messages import ENGLISH
from kineticchain.structuring import structure

T = TypeVar("T")

VERSION = "1"
POLICY = "progression/data/policy.toml"
PACKS = (
    "evidence/data/sources.toml",
    "evidence/data/rows.toml",
    "evidence/data/conflicts.toml",
    "facts/data/vocabulary.toml",
    "exercises/data/balance.toml",
    "exercises/data/foot.toml",
    "exercises/data/calf.toml",
    "exercises/data/knee.toml",
    "exercises/data/whole_body.toml",
    "exercises/data/ladders.toml",
    "rules/data/red_flags_leg.toml",
    "rules/data/red_flags_spine.toml",
    "rules/data/red_flags_general.toml",
    "rules/data/conditions_feet.toml",
    "rules/data/conditions_bones_and_joints.toml",
    "rules/data/conditions_whole_body.toml",
    "rules/data/heel_pain.toml",
    "rules/data/falls.toml",
    "rules/data/measures.toml",
    "rules/data/course_of_training.toml",
    "rules/data/first_line.toml",
    "rules/data/conflict_cards.toml",
)
"""The files that are packs, by subject."""


def builtin_contents() -> Contents:
    """What the built-in knowledge holds, read anew."""
    converter = knowledge_converter()

    def document(path: str, cls: type[T]) -> T:
        return structure(converter, _toml(path), cls, path)

    chain = document("chain/data/links.toml", ChainDocument)
    policy = document(POLICY, PolicyDocument)
    claims = document("chain/data/claims.toml", ClaimDocument)
    return Contents(
        version=VERSION,
        chain=KineticChain(
            links=chain.link,
            evidence=claims.claim,
            stories=document("chain/data/stories.toml", StoryDocument).story,
            weights=tuple(chain.weights.items()),
        ),
        equipment=document("exercises/data/equipment.toml", EquipmentDocument).equipment,
        goals=document("knowledge/data/goals.toml", GoalDocument).goals(),
        asymmetries=document("knowledge/data/asymmetries.toml", AsymmetryDocument).asymmetries(),
        transitions=policy.transition,
        dose_orders=policy.dose_order,
        packs=tuple(read_pack(_toml(path), path, converter) for path in PACKS),
        phrases=ENGLISH,
    )


def _toml(path: str) -> dict[str, object]:
    return tomllib.loads(files("kineticchain").joinpath(path).read_text(encoding="utf-8"))
