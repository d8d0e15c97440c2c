"""Logs that carry nothing of clients: where something went wrong and of what kind, never with which values."""

import logging
import traceback
from collections.abc import Iterator
from types import TracebackType

# Errors whose words name code, not data.
_SPEAKS_OF_CODE = (AttributeError, NameError, ImportError, NotImplementedError)
_BY_NAME = {"ImproperlyConfigured", "TemplateDoesNotExist", "TemplateSyntaxError"}
_ErrorInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class QuietFormatter(logging.Formatter):
    """Tracebacks without locals and without the words of errors: these may quote what a person typed, or a whole row.

    Of a database error its SQLSTATE and constraint are told; PostgreSQL's message and DETAIL never.
    """

    def formatException(self, ei: _ErrorInfo) -> str:
        error = ei[1]
        if error is None:
            return ""
        return "\n".join(_told(one) for one in reversed(list(_chain(error))))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _told(error: BaseException) -> str:
    places = "".join(traceback.format_tb(error.__traceback__))
    return f"Traceback (most recent call last):\n{places}{_kind(error)}"


def _kind(error: BaseException) -> str:
    """The kind of error, with what is safe to say of it."""
    kind = type(error)
    name = f"{kind.__module__}.{kind.__qualname__}"
    if isinstance(error, _SPEAKS_OF_CODE) or kind.__name__ in _BY_NAME:
        return f"{name}: {error}"
    diagnosis = getattr(error, "diag", None)
    told = [getattr(diagnosis, part, None) for part in ("sqlstate", "constraint_name")]
    known = [str(part) for part in told if part]
    return f"{name} ({', '.join(known)})" if known else name
