"""Files that somebody brought: the original sealed, a copy without metadata shown, each only through its record."""

import hashlib
import uuid

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from core import clock
from offices.models import User

from .cleaning.kinds import KINDS
from .models import Attachment, IssuedPaper
from .uploads import CheckedFile, check_upload

_INLINE = {kind.content_type for kind in KINDS.values() if kind.is_shown_inline}
# Older Chromes' PDF reader does not start in a sandbox; the copy that is shown has nothing in it that acts.
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'"
)


def attach(file: UploadedFile | CheckedFile, *, by: User) -> Attachment:
    """Keep a file. Call it in the transaction that stores it on its record, which settles who may read it.

    Raises ``FileRefused`` for a file that is not what it says, too large, locked, damaged or of a kind not taken.
    """
    checked = file if isinstance(file, CheckedFile) else check_upload(file)
    kind = checked.kind
    attachment = Attachment(
        name=checked.name,
        content_type=kind.content_type,
        size=len(checked.original),
        sha256=hashlib.sha256(checked.original).hexdigest(),
        uploaded_by=by,
        uploaded_at=clock.now(),
    )
    attachment.original.save(_random_name(".sealed"), ContentFile(checked.original), save=False)
    attachment.shown.save(_random_name(kind.endings[0]), ContentFile(checked.shown), save=False)
    if checked.thumbnail:
        small = ContentFile(checked.thumbnail)
        attachment.thumbnail.save(_random_name(".jpg"), small, save=False)
    attachment.save()
    return attachment


def _random_name(ending: str) -> str:
    return uuid.uuid4().hex + ending


def serve_attachment(attachment: Attachment) -> HttpResponse:
    """The copy that may be shown, for a view that has checked who may read the record it belongs to.

    Pictures and PDF open in the browser; everything else is saved.
    """
    with attachment.shown.open("rb") as shown:
        return _file_response(
            shown.read(),
            attachment.content_type,
            attachment.name,
            is_inline=attachment.content_type in _INLINE,
        )


def serve_thumbnail(attachment: Attachment) -> HttpResponse:
    """The small picture of an attachment that has one (``attachment.thumbnail``)."""
    with attachment.thumbnail.open("rb") as small:
        return _file_response(small.read(), "image/jpeg", "small.jpg", is_inline=True)


def serve_original(attachment: Attachment) -> HttpResponse:
    """The sealed original as it came, to be saved, never shown: its metadata and whatever acts in it are still there.

    For a view that has checked who may and has logged why.
    """
    with attachment.original.open("rb") as sealed:
        body = sealed.read()
    return _file_response(body, "application/octet-stream", attachment.name, is_inline=False)


def serve_paper(paper: IssuedPaper, *, save: bool = False) -> HttpResponse:
    """An issued paper's bytes, named by its number; opens in the browser unless it is to be saved."""
    name = f"{paper.number.replace('/', '-')}.pdf"
    return _file_response(bytes(paper.pdf), "application/pdf", name, is_inline=not save)


def serve_pdf(pdf: bytes, *, name: str) -> HttpResponse:
    """A PDF that is not kept, such as a preview."""
    return _file_response(pdf, "application/pdf", name, is_inline=True)


def _file_response(body: bytes, content_type: str, name: str, *, is_inline: bool) -> HttpResponse:
    """Whole, never streamed: the read is logged before a byte leaves (offices.reading)."""
    response = HttpResponse(body, content_type=content_type)
    disposition = content_disposition_header(not is_inline, name)
    response.headers["Content-Disposition"] = disposition or "attachment"
    response.headers["Content-Length"] = str(len(body))
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "no-store"
    is_pdf = content_type == "application/pdf"
    response.headers["Content-Security-Policy"] = _POLICY + ("" if is_pdf else "; sandbox")
    return response
