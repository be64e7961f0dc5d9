"""Planning: from an assessment and a selection to a checked plan."""
