"""Selection of the exercises of a plan, as an optimisation problem."""
