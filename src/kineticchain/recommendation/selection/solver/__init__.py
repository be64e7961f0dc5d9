"""The optimisation problem of a selection, and its search."""
