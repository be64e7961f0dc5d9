"""JSON Schemas of documents."""
