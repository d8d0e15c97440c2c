"""Which kind of file it is, by its first bytes, and who cleans it."""

import filetype

from .containers import clean_container
from .images import clean_image
from .kinds import Cleaned, Refused
from .pdfs import clean_pdf

_HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")


def clean(raw: bytes) -> Cleaned:
    """The cleaned file. Raises ``Refused``: "empty", "heic", "unknown", or what its cleaner says."""
    if not raw:
        raise Refused("empty")
    if raw.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (
        raw[:4] == b"RIFF" and raw[8:12] == b"WEBP"
    ):
        return clean_image(raw)
    if raw.startswith(b"%PDF-"):
        return clean_pdf(raw)
    if raw.startswith(b"PK\x03\x04"):
        return clean_container(raw)
    if raw[4:8] == b"ftyp" and raw[8:12] in _HEIC:
        raise Refused("heic", "HEIC")
    guessed = filetype.guess(raw)
    raise Refused("unknown", guessed.extension.upper() if guessed else "")
