"""Which rules match a person: three interchangeable matchers."""
