"""Replay of the events of the log into standings."""
