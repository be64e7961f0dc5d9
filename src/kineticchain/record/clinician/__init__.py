"""What clinicians stated: results, what they cover, and the orders that stand."""
