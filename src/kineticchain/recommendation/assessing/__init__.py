"""All that is settled before the choice: facts, decision, standings, targets, the feasible set."""
