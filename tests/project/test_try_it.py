"""The page *Try it*: its form, the page of a plan, and the files that the browser loads."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

DOCS = Path(__file__).parents[2] / "docs"
DAY = "2026-11-21"
HEEL = {"age": 34, "region": "heel", "side": "right", "pain": 3, "weeks": 6, "screened": True}


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def try_it() -> ModuleType:
    return _module(DOCS / "extra" / "try-it" / "try_it.py")


def test_each_choice_of_the_form_can_be_planned_for(try_it: ModuleType) -> None:
    lists = json.loads(try_it.choices())
    for name in ("region", "goal"):
        for choice, _ in lists[name]:
            form = {"age": 34, "screened": True, name: choice}
            page = try_it.plan_page(json.dumps(form), DAY)
            assert "<title>Form</title>" not in page, choice


def test_a_plan_is_shown_with_its_pictures(try_it: ModuleType) -> None:
    page = try_it.plan_page(json.dumps({**HEEL, "equipment": ["towel"]}), DAY)
    assert 'class="exercise"' in page
    assert "<svg" in page


def test_without_safety_answers_the_page_asks(try_it: ModuleType) -> None:
    page = try_it.plan_page(json.dumps({**HEEL, "screened": False}), DAY)
    assert 'class="exercise"' not in page
    assert "?" in page


def test_a_wrong_field_is_told(try_it: ModuleType) -> None:
    page = try_it.plan_page(json.dumps({**HEEL, "pain": 11}), DAY)
    assert "<title>Form</title>" in page
    assert "11" in page


def test_the_form_has_a_label_for_each_field_that_python_reads() -> None:
    form = (DOCS / "extra" / "try-it" / "index.html").read_text(encoding="utf-8")
    for name in (*HEEL, "tandem_stance_s", "minutes", "days_per_week", "goal"):
        assert f'name="{name}"' in form
        assert f'for="{name}"' in form or name == "screened"


def test_the_browser_files_lie_beside_the_page(tmp_path: Path) -> None:
    files = _module(DOCS / "browser_files.py")
    page, build = tmp_path / "page", tmp_path / "build"
    page.mkdir()
    assert not files.copy_browser_files(build, page)
    for name in (
        "wheels/a-1.whl",
        *(f"node_modules/pyodide/{name}" for name in files.PYODIDE_FILES),
    ):
        (build / name).parent.mkdir(parents=True, exist_ok=True)
        (build / name).write_bytes(b"")
    assert files.copy_browser_files(build, page)
    assert json.loads((page / "wheels.json").read_text(encoding="utf-8")) == ["a-1.whl"]
    assert (page / "pyodide" / "pyodide.mjs").exists()
