"""From the state of a record to the facts that rules read."""
