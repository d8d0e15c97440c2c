"""The kinds of files that may be attached, told apart by what is inside."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One kind: the type it is served as and the endings its names may have (the first is what we give it)."""

    name: str
    content_type: str
    endings: tuple[str, ...]
    is_shown_inline: bool


_OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS = {
    kind.name: kind
    for kind in (
        Kind("PDF", "application/pdf", (".pdf",), True),
        Kind("JPEG", "image/jpeg", (".jpg", ".jpeg", ".jpe", ".jfif"), True),
        Kind("PNG", "image/png", (".png",), True),
        Kind("WebP", "image/webp", (".webp",), True),
        Kind("DOCX", f"{_OFFICE}.wordprocessingml.document", (".docx",), False),
        Kind("XLSX", f"{_OFFICE}.spreadsheetml.sheet", (".xlsx",), False),
        Kind("ODT", "application/vnd.oasis.opendocument.text", (".odt",), False),
    )
}


class Refused(Exception):
    """The file is not taken. ``code`` says why; ``found`` what is inside, where that is known."""

    def __init__(self, code: str, found: str = "") -> None:
        super().__init__(code)
        self.code, self.found = code, found


@dataclass(frozen=True)
class Cleaned:
    """What may be shown of a file: its bytes without metadata, and a small picture where it is one."""

    kind: Kind
    shown: bytes
    thumbnail: bytes = b""
