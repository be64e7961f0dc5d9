"""Types of progression: ladders, positions, standings and transitions."""
