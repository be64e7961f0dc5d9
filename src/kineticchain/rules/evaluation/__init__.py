"""Evaluation of rules: the reference evaluator and the compiled evaluator."""
