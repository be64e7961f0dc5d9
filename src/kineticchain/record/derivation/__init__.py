"""Derivation of the facts that rules read from the state of a record."""
