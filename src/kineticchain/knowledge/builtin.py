"""The built-in knowledge, read from the data files of the package."""

import tomllib
from importlib.resources import files

from kineticchain.domain.messages import ENGLISH
from kineticchain.knowledge.contents import Contents
from kineticchain.knowledge.documents.documents import knowledge_converter, read_pack

VERSION = "1"
PACKS = (
    "regions.toml",
    "chain/links.toml",
    "chain/claims.toml",
    "chain/stories.toml",
    "equipment.toml",
    "goals.toml",
    "ladders/progression.toml",
    "evidence/sources.toml",
    "evidence/sources_spine.toml",
    "evidence/rows.toml",
    "evidence/rows_spine.toml",
    "evidence/conflicts.toml",
    "evidence/conflicts_spine.toml",
    "facts.toml",
    "exercises/balance.toml",
    "exercises/foot.toml",
    "exercises/calf.toml",
    "exercises/knee.toml",
    "exercises/hip.toml",
    "exercises/thigh.toml",
    "exercises/whole_body.toml",
    "exercises/trunk.toml",
    "exercises/back.toml",
    "exercises/upper_back.toml",
    "exercises/neck.toml",
    "ladders/leg.toml",
    "ladders/spine.toml",
    "exercises/programmes.toml",
    "figures/balance.toml",
    "figures/calf.toml",
    "figures/foot.toml",
    "figures/hip.toml",
    "figures/knee.toml",
    "figures/lying.toml",
    "figures/neck.toml",
    "figures/standing.toml",
    "figures/thigh.toml",
    "figures/trunk.toml",
    "figures/walking.toml",
    "rules/red_flags/leg.toml",
    "rules/red_flags/knee_and_hip.toml",
    "rules/red_flags/spine.toml",
    "rules/red_flags/neck.toml",
    "rules/red_flags/general.toml",
    "rules/conditions/feet.toml",
    "rules/conditions/bones_and_joints.toml",
    "rules/conditions/whole_body.toml",
    "rules/conditions/spine.toml",
    "rules/complaints/leg.toml",
    "rules/complaints/spine.toml",
    "rules/falls.toml",
    "rules/measures.toml",
    "rules/course_of_training.toml",
    "rules/first_line.toml",
    "rules/conflict_cards.toml",
)
"""The files of the knowledge; each file is a pack."""


def builtin_contents() -> Contents:
    """Return the built-in knowledge; each call reads the files again."""
    converter = knowledge_converter()
    return Contents(
        version=VERSION,
        packs=tuple(read_pack(_toml(path), path, converter) for path in PACKS),
        catalog=ENGLISH,
    )


def _toml(path: str) -> dict[str, object]:
    return tomllib.loads(
        files("kineticchain").joinpath("knowledge/data", path).read_text(encoding="utf-8")
    )
