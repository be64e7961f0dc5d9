"""The built-in knowledge in one validated file, written when the wheel is built.

Reading and checking the TOML takes ten times as long as reading this file. The file begins with a
hash of its sources. If the sources have another hash, as in an edited checkout, the file is stale
and the TOML is read. A source checkout has no compiled file unless somebody builds one.
"""

import hashlib
import os
import pickle  # the file is part of the wheel, as its code is
from collections.abc import Iterator
from typing import Any

from kineticchain.knowledge.contents import Contents
from kineticchain.version import __version__

FILE = "builtin.pickle"
_FOLDER = os.path.join(os.path.dirname(__file__), "data")
"""The folder of the data files. In a zip archive it does not exist, and the TOML is read.

It is found with `os.path`, because importing `pathlib` or `importlib.resources` takes longer than
reading the file.
"""
_PROTOCOL = 5


def source_hash() -> str:
    """Return the hash of the library's version and of all TOML files of the knowledge."""
    digest = hashlib.sha256(__version__.encode())
    for path in sorted(_toml_files()):
        digest.update(os.path.relpath(path, _FOLDER).replace(os.sep, "/").encode())
        digest.update(_bytes_of(path))
    return digest.hexdigest()


def load_compiled() -> tuple[dict[str, Any], str] | None:
    """Return the result of `Contents.stated`, and the fingerprint; None without a current file."""
    path = os.path.join(_FOLDER, FILE)
    if not os.path.exists(path):
        return None
    head, _, body = _bytes_of(path).partition(b"\n")
    if head.decode("ascii", errors="replace") != source_hash():
        return None
    stated, fingerprint = pickle.loads(body)  # noqa: S301 - our own file
    return stated, fingerprint


def write_compiled(path: str, contents: Contents) -> None:
    """Write the built-in knowledge to a file.

    Args:
        path: The file.
        contents: The knowledge, read from the TOML and checked.
    """
    body = pickle.dumps((contents.stated(), contents.fingerprint), _PROTOCOL)
    with open(path, "wb") as file:
        file.write(source_hash().encode() + b"\n" + body)


def _toml_files() -> Iterator[str]:
    for folder, _, names in os.walk(_FOLDER):
        yield from (os.path.join(folder, name) for name in names if name.endswith(".toml"))


def _bytes_of(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()
