"""The fixed vocabularies of complaints."""
