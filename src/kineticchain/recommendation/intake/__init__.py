"""Intake: self-describing questions in clinical order, and their answers."""
