"""Explanations of a plan, worked out on request: why, why not, evidence, conflicts."""
