"""From an assessment and a selection to a guarded plan."""
