"""The domain model: frozen types, validated on construction, independent of file formats."""
