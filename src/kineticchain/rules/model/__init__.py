"""What rules are made of, and what they decide."""
