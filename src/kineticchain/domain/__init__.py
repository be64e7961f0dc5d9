"""The nouns of the library: frozen types, checked when built, that know no format."""
