"""Why a case was closed, in the reader's language: the case keeps the Kyrgyz words of the list as they stood that day."""

from collections.abc import Callable

from .models import ClosingReason


def reasons_said() -> Callable[[str], str]:
    """Tells a stored reason in the reader's language. Asks for the list once, and only where a reason is to be told.

    Words that are not in the list any longer, or never were, stand as they are.
    """
    known: dict[str, str] = {}

    def said(stored: str) -> str:
        if stored and not known:
            known.update(
                {reason.name_ky[:300]: reason.name for reason in ClosingReason.objects.all()}
            )
        return known.get(stored, stored)

    return said
