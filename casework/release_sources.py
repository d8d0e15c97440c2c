"""Where a release was asked for, when that was on an upper room's page: an outgoing referral, an answer to whoever referred.

The upper room says so in ``AppConfig.ready()``; the release's own page then leads there.
"""

from collections.abc import Callable

from .models import Release

UrlOf = Callable[[Release], str]
_SOURCES: dict[str, UrlOf] = {}


def register_source(form: str, url_of: UrlOf) -> None:
    """Let releases of ``form`` lead to ``url_of(release)`` ("" where it is not known)."""
    _SOURCES[form] = url_of


def source_of(release: Release) -> str:
    """The address of the page on which the release was asked for; "" for one of a conclusion."""
    url_of = _SOURCES.get(release.form)
    return url_of(release) if url_of else ""
