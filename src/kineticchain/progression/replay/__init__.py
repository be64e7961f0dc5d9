"""The fold of events into standings."""
