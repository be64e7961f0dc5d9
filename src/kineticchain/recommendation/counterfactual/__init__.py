"""What if: changes of what was asked with, what they lead to, and the least one that helps."""
