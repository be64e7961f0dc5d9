"""Sphinx: Markdown and notebooks through MyST, furo, the API from Google-style docstrings."""

import sys
from pathlib import Path

from sphinx.application import Sphinx

from kineticchain import __version__

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

import browser_files
import reference_pages

reference_pages.write_all(Path(__file__).parent / "reference")

project = "kineticchain"
author = "The kineticchain authors"
copyright = "2026, The kineticchain authors"
release = __version__

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 300
html_theme = "furo"
html_extra_path = ["extra"]
html_title = f"kineticchain {release}"
exclude_patterns = ["_build", "extra", "jupyter_execute"]

napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_class_signature = "mixed"
suppress_warnings = ["myst.xref_missing"]


def setup(app: Sphinx) -> None:
    """Copy what the page *Try it* loads, once the documentation is built."""
    app.connect("build-finished", _copy_browser_files)


def _copy_browser_files(app: Sphinx, error: Exception | None) -> None:
    if error is None and app.builder.format == "html":
        build = Path(__file__).parents[1] / "build"
        browser_files.copy_browser_files(build, Path(app.outdir) / "try-it")
