"""From facts to a decision: the reference meaning and the compiled one."""
