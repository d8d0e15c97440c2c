"""Refusals that a person understands."""


class DomainError(Exception):
    """A state change that the rules refuse. Its text is shown as it stands, so it says what to do."""


class ChangedMeanwhile(DomainError):
    """Somebody else saved the record after this form was opened; nothing was overwritten. ``version`` is the one that stands."""

    def __init__(self, message: str, version: int | None = None) -> None:
        super().__init__(message)
        self.version = version
