"""Refusals that a person understands."""


class DomainError(Exception):
    """A state change that the rules refuse. Its text is shown as it stands, so it says what to do."""


class ChangedMeanwhile(DomainError):
    """Somebody else saved the record after this form was opened; nothing was overwritten."""
