"""Copies Pyodide and the wheels beside the page *Try it*, so that it needs no other server."""

import json
import shutil
from pathlib import Path

PYODIDE_FILES = (
    "pyodide.mjs",
    "pyodide.asm.js",
    "pyodide.asm.wasm",
    "pyodide-lock.json",
    "python_stdlib.zip",
)


def copy_browser_files(build: Path, page: Path) -> bool:
    """Copy Pyodide and the wheels beside the page.

    Args:
        build: The folder with `wheels` and with `node_modules/pyodide`, as the gate makes them.
        page: The folder of the page in the built documentation.

    Returns:
        False if one of the two is missing: the page then says that it cannot load Python.
    """
    pyodide = build / "node_modules" / "pyodide"
    wheels = sorted((build / "wheels").glob("*.whl"))
    if not wheels or not all((pyodide / name).exists() for name in PYODIDE_FILES):
        return False
    for folder in ("pyodide", "wheels"):
        shutil.rmtree(page / folder, ignore_errors=True)
        (page / folder).mkdir()
    for name in PYODIDE_FILES:
        shutil.copy(pyodide / name, page / "pyodide")
    for wheel in wheels:
        shutil.copy(wheel, page / "wheels")
    names = [wheel.name for wheel in wheels]
    (page / "wheels.json").write_text(json.dumps(names), encoding="utf-8")
    return True
