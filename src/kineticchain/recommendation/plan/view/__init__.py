"""Views of a plan: one sheet of blocks, as text, Markdown or HTML."""
