"""Knowledge as documents: reading and writing its plain data."""
