"""The built-in knowledge in one validated file, made when the wheel is built.

Reading and checking the TOML takes ten times as long as reading this file. A hash of the sources
stands at its head: where they differ, as in a source checkout that was edited, the file is stale
and the TOML is read. A source checkout has no such file unless somebody builds one.
"""

import hashlib
import pickle  # the file is part of the wheel, as its code is
from importlib.resources import files
from pathlib import Path
from typing import Any

from kineticchain.knowledge.contents import Contents
from kineticchain.version import __version__

FILE = "builtin.pickle"
_FOLDER = "knowledge/data"
_PROTOCOL = 5


def source_hash() -> str:
    """Return the hash of the library's version and of all TOML files of the knowledge."""
    digest = hashlib.sha256(__version__.encode())
    for path in sorted(_folder().rglob("*.toml")):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def load_compiled() -> tuple[dict[str, Any], str] | None:
    """Return what `Contents.stated` gave, and its fingerprint; None without a current file."""
    path = _folder() / FILE
    if not path.exists():
        return None
    head, _, body = path.read_bytes().partition(b"\n")
    if head.decode("ascii", errors="replace") != source_hash():
        return None
    stated, fingerprint = pickle.loads(body)  # noqa: S301 - our own file
    return stated, fingerprint


def write_compiled(path: Path, contents: Contents) -> None:
    """Write the built-in knowledge to a file.

    Args:
        path: The file.
        contents: The knowledge, read from the TOML and checked.
    """
    body = pickle.dumps((contents.stated(), contents.fingerprint), _PROTOCOL)
    path.write_bytes(source_hash().encode() + b"\n" + body)


def _folder() -> Path:
    return Path(str(files("kineticchain").joinpath(_FOLDER)))
