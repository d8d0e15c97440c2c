"""The one way in which the launcher says that it cannot go on."""

from __future__ import annotations


class Trouble(Exception):
    """Something that a person has to mend; the text is one line that says what to do."""
