"""The offers of ladders: exercises at several doses, from which the selection chooses."""
