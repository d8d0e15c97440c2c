"""The fixed vocabularies of intake."""
