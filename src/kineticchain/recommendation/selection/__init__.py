"""Which exercises a plan holds: the optimisation."""
