"""Checks of a whole knowledge: references, policy, alarms, difficulty, unused parts."""
