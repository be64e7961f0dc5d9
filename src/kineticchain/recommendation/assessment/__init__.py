"""Everything settled before selection: facts, decision, standings, targets, feasible set."""
