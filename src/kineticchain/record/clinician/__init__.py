"""Clinicians' statements: results, the sites that they cover, and orders."""
