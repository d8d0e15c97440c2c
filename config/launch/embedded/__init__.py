"""Django's PostgreSQL backend on an embedded cluster."""
