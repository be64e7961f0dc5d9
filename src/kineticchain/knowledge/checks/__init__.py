"""Checks of a whole knowledge: references, alarms, analysis, difficulty."""
