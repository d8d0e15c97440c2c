"""What legal and social help and the register of dates hang on pages, feeds and notices of other modules."""

from . import accompaniment_notices, due_sources


def hang_all() -> None:
    accompaniment_notices.register_kinds()
    due_sources.register_sources()
