"""Matching of conditions against facts: bit sets, generated code, and decision lists."""
