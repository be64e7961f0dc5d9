"""Build hook: compile the built-in knowledge into the wheel."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledKnowledge(BuildHookInterface):
    """The hook that compiles the sources to `knowledge/data/builtin.pickle` in the wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the knowledge, but not for an editable install, because its sources change."""
        if self.target_name != "wheel" or version == "editable":
            return
        sys.path.insert(0, str(Path(self.root) / "src"))
        try:
            from kineticchain.knowledge.builtin import builtin_contents
            from kineticchain.knowledge.compiled_file import FILE, write_compiled
        finally:
            sys.path.pop(0)
        path = Path(tempfile.mkdtemp()) / FILE
        write_compiled(str(path), builtin_contents())
        build_data["force_include"][str(path)] = f"kineticchain/knowledge/data/{FILE}"
