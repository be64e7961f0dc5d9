"""Explanations of a plan, computed on request: why, why not, evidence, conflicts."""
