"""The candidates of the selection problem, made from offers."""
