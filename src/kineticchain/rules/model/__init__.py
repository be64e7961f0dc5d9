"""Rules, effects and decisions."""
