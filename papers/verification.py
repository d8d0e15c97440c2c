"""What may be said to anybody who holds a printed paper: that it was issued, and whether it still stands."""

from dataclasses import dataclass

from django.core.cache import cache

from . import check_codes
from .models import IssuedPaper

# One address may be wrong so often in the window before it has to wait; 80 random bits need no more.
MISSES, WINDOW_SECONDS = 20, 600


@dataclass(frozen=True)
class Confirmed:
    """A paper that was issued, and the version that stands in its place today (None where it stands itself)."""

    paper: IssuedPaper
    latest: IssuedPaper | None


def confirm(typed: str) -> Confirmed | None:
    """The paper whose check code somebody means by ``typed``; None for a code that was never given or cannot be one."""
    code = check_codes.meant(typed)
    papers = IssuedPaper.objects.select_related("office", "copy_of").defer("pdf", "copy_of__pdf")
    paper = papers.filter(check_code=code or "").first()
    if paper is None:
        return None
    original = paper.copy_of or paper
    latest = _latest_version(original)
    return Confirmed(paper, latest if latest != original else None)


def _latest_version(paper: IssuedPaper) -> IssuedPaper:
    while following := IssuedPaper.objects.defer("pdf").filter(replaces=paper).first():
        paper = following
    return paper


def must_wait(address: str | None) -> bool:
    """Whether this address has been wrong too often lately; then it learns nothing, right or wrong."""
    return int(cache.get(_key(address), 0)) >= MISSES


def note_miss(address: str | None) -> None:
    """Count a wrong code; the window begins with the first."""
    if not cache.add(_key(address), 1, WINDOW_SECONDS):
        try:
            cache.incr(_key(address))
        except ValueError:  # the window has just ended
            cache.add(_key(address), 1, WINDOW_SECONDS)


def _key(address: str | None) -> str:
    return f"verify-misses:{address or 'unknown'}".replace(" ", "")
