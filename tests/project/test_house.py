"""What the house should be, as far as it can be counted: entries, caches, names, words."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

import kineticchain as kc

SOURCE = Path(kc.__file__).parent
MODULES = sorted(SOURCE.rglob("*.py"))
FOLDERS = sorted({SOURCE, *(path for path in SOURCE.rglob("*") if path.is_dir())})
FOLDERS = [folder for folder in FOLDERS if folder.name != "__pycache__"]
SPECIAL = {"__init__.py", "__main__.py", "__pycache__", "py.typed"}
THROW_AWAY = {"one", "found", "known", "told", "made", "at"}
MAX_ENTRIES = 12


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_no_folder_has_more_than_a_dozen_entries(folder: Path) -> None:
    entries = {path.name for path in folder.iterdir()} - SPECIAL
    assert len(entries) <= MAX_ENTRIES


def calls_of(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


def test_a_recommender_has_at_most_four_memos() -> None:
    """A memo is a field whose factory is `Memo`; nothing else makes one."""
    memos = [
        f"{path.stem}.{target.id}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.AnnAssign) and isinstance(target := node.target, ast.Name)
        if node.value is not None and "factory=Memo," in ast.unparse(node.value)
    ]
    assert sorted(memos) == [
        "compiled.open_rules",
        "compiled.outcomes",
        "ladder_index.starts",
        "recommender._offers",
    ]


def test_nothing_is_keyed_by_identity() -> None:
    """`id()` is called nowhere but where a fingerprint is kept for an object in use."""
    callers = {
        path.stem
        for path in MODULES
        for _ in calls_of(ast.parse(path.read_text(encoding="utf-8")), "id")
    }
    assert callers <= {"fingerprint"}


def local_names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def test_throw_away_names_are_rare() -> None:
    """At most 2 of them in 1,000 lines."""
    lines = count = 0
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        lines += text.count("\n")
        count += sum(name in THROW_AWAY for name in local_names(ast.parse(text)))
    assert count * 1000 <= 2 * lines


def public_classes() -> Iterator[tuple[str, str]]:
    for path in MODULES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                yield node.name, path.stem


def test_no_public_class_stands_for_two_things() -> None:
    homes: defaultdict[str, set[str]] = defaultdict(set)
    for name, module in public_classes():
        homes[name].add(module)
    assert {name: modules for name, modules in homes.items() if len(modules) > 1} == {}


def test_no_module_is_called_after_nothing() -> None:
    names = {path.stem for path in MODULES}
    assert names.isdisjoint({"utils", "helper", "helpers", "manager", "misc", "common"})


@pytest.mark.parametrize("method", ["recommend", "explain", "why", "why_not", "when", "diff"])
def test_what_an_app_calls_says_what_it_takes_and_raises(method: str) -> None:
    doc = getattr(kc.Recommender, method).__doc__
    assert re.search(r"^\s+(Args|Raises):$", doc, re.MULTILINE)
