"""The choice: the best exercises that fit, with a bound on what could be better."""
