"""The plan: its types, text, calendar and differences."""
