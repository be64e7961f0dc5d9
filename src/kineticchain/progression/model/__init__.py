"""The types of progression: ladders, positions, standings, transitions."""
