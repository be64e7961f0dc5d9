"""Counterfactuals: changes of the input, their effects, and the least change that helps."""
