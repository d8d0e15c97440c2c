"""From an empty folder to a running server: the environment, the system libraries and the embedded PostgreSQL.

`python3 -m config.launch run` is what `make run` calls. See docs/operations.md and docs/decisions/0001-embedded-postgres.md.
Nothing here knows the domain, and nothing outside the project's folder but one private folder under /tmp is written.
"""
