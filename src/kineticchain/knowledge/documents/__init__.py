"""Reading and writing of knowledge as plain data."""
