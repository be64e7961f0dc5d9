"""Sphinx: Markdown through MyST, the furo theme, the API from Google-style docstrings."""

import sys
from pathlib import Path

from kineticchain import __version__

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

import reference_pages

reference_pages.write_all(Path(__file__).parent / "reference")

project = "kineticchain"
author = "The kineticchain authors"
copyright = "2026, The kineticchain authors"
release = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = f"kineticchain {release}"
exclude_patterns = ["_build"]

napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_class_signature = "mixed"
suppress_warnings = ["myst.xref_missing"]
