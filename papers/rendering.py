"""From a template and what stands on the paper to HTML and PDF bytes: tagged (PDF/UA-1), fonts embedded, nothing fetched."""

import atexit
import functools
import hashlib
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation

from .check_marks import CheckMark

if TYPE_CHECKING:
    from weasyprint import CSS, Document
    from weasyprint.text.fonts import FontConfiguration

STYLE = "css/papers/paper.css"
_BUNDLED = "static:"
# What a paper may draw without a file: the QR code and the photographs that we drew anew ourselves (papers.pictures).
_DRAWN = ("data:image/svg+xml", "data:image/jpeg;base64,")
# WeasyPrint's style sheets and fonts are shared by a process's threads; it does not promise that they may be used at once.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Rendered:
    """A paper laid out. The same paper and check mark give the same bytes on one version of the product."""

    html: str
    pdf: bytes
    pages: int


class FetchRefused(ValueError):
    """A paper asked for something that is not bundled with the product."""


def render(template: str, paper: object, *, check: CheckMark | None = None) -> Rendered:
    """``paper`` laid out by ``template``, whatever language the reader speaks: a paper carries its own words.

    Without ``check`` it is a preview and says so. Raises ``FetchRefused`` where the template asks for a file that
    is not bundled.
    """
    # An untranslated paper would depend on who prints it: its template has no gettext in it, only both languages.
    with translation.override(None):
        html = render_to_string(template, {"paper": paper, "check": check})
    return _lay_out(html)


def _lay_out(html: str) -> Rendered:
    # Imported late: it takes a second and a hundred megabytes, which most processes' starts need not pay.
    from weasyprint import HTML

    with _one_at_a_time:
        style, fonts = _style()
        fetch = _fetcher()
        document = HTML(string=html, base_url=_BUNDLED, url_fetcher=fetch).render(
            font_config=fonts, stylesheets=[style], pdf_variant="pdf/ua-1", pdf_tags=True
        )
        pdf: bytes = document.write_pdf(
            finisher=_name_the_language,
            pdf_variant="pdf/ua-1",
            pdf_tags=True,
            pdf_identifier=hashlib.sha256(html.encode()).digest()[:16],
        )
    if fetch.refused:
        raise FetchRefused(", ".join(fetch.refused))
    return Rendered(html, pdf, len(document.pages))


@functools.cache
def _style() -> "tuple[CSS, FontConfiguration]":
    """The style sheet of all papers with its fonts, parsed once in a process."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    # The fonts' own clean-up needs a living interpreter.
    atexit.register(_style.cache_clear)
    return CSS(url=_BUNDLED + STYLE, url_fetcher=_fetcher(), font_config=fonts), fonts


def _fetcher() -> Any:
    """A fetcher of bundled files alone; it remembers what it refused, because WeasyPrint only logs that."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class BundledFiles(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        def __init__(self) -> None:
            super().__init__(allowed_protocols=["data"])
            self.refused: list[str] = []

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith(_DRAWN):
                return super().fetch(url, headers)
            found = bundled_file(url)
            if found is None:
                self.refused.append(url[:80])
                raise FetchRefused(url[:80])
            return URLFetcherResponse(url, found.read_bytes())

    return BundledFiles()


def bundled_file(url: str) -> Path | None:
    """The file of the product's own static folder that ``static:…`` names, or None for anything else."""
    if not url.startswith(_BUNDLED):
        return None
    name = unquote(url.removeprefix(_BUNDLED)).lstrip("/")
    if ".." in name.split("/") or "\\" in name or "\0" in name:
        return None
    found = finders.find(name)
    return Path(found) if isinstance(found, str) and Path(found).is_file() else None


def _name_the_language(document: "Document", pdf: Any) -> None:
    """Say that the Russian parts are Russian: in our templates these are the ``article`` elements (PDF tag Art)."""
    from pydyf import Dictionary, String

    for thing in pdf.objects:
        if isinstance(thing, Dictionary) and thing.get("S") == "/Art":
            thing["Lang"] = String("ru")
