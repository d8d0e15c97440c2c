"""PDF: written anew without scripts, actions, embedded files and metadata."""

import io
import logging

import pikepdf
from pikepdf.sanitize import Sanitizer
from pikepdf.settings import set_qpdf_limits

from .kinds import KINDS, Cleaned, Refused

MOST_PAGES = 500
_MEMORY = 256 * 1024 * 1024
_SANITIZER = (
    Sanitizer()
    .remove_javascript()
    .remove_external_access()
    .remove_attachments()
    .remove_multimedia()
    .remove_thumbnails()
    .remove_web_capture()
    .remove_private_app_data()
    .remove_collection()
)
# Where programs leave who made a thing, when and with what.
_METADATA = ("/Metadata", "/PieceInfo", "/LastModified")


def clean_pdf(raw: bytes) -> Cleaned:
    """The same pages; nothing in it acts or tells who made it."""
    logging.getLogger("pikepdf").setLevel(logging.CRITICAL)
    set_qpdf_limits(
        flate_max_memory=_MEMORY,
        png_max_memory=_MEMORY,
        tiff_max_memory=_MEMORY,
        run_length_max_memory=_MEMORY,
        max_stream_filters=4,
        doc_max_warnings=1000,
    )
    try:
        with pikepdf.open(io.BytesIO(raw)) as pdf:
            return Cleaned(KINDS["PDF"], _without_extras(pdf))
    except pikepdf.PasswordError:
        raise Refused("encrypted", "PDF") from None
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError, RuntimeError):
        # A made-up file can have anything in place of anything.
        raise Refused("damaged", "PDF") from None


def _without_extras(pdf: pikepdf.Pdf) -> bytes:
    if pdf.is_encrypted:
        raise Refused("encrypted", "PDF")
    if not 0 < len(pdf.pages) <= MOST_PAGES:
        raise Refused("damaged" if not len(pdf.pages) else "too_many_pages", "PDF")
    _SANITIZER.apply(pdf)
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and "/XFA" in form:
        del form["/XFA"]
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            _strip(thing)
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _strip(thing: pikepdf.Object) -> None:
    """Drop the metadata of one object, and of the photograph in it if it is one."""
    for key in _METADATA:
        if key in thing:
            del thing[key]
    if isinstance(thing, pikepdf.Stream) and thing.get("/Filter") == "/DCTDecode":
        photograph = thing.read_raw_bytes()
        bare = without_segments(photograph)
        if bare != photograph:
            parms = thing.get("/DecodeParms")
            parms = parms if isinstance(parms, pikepdf.Dictionary) else None
            thing.write(bare, filter=pikepdf.Name.DCTDecode, decode_parms=parms)


def without_segments(jpeg: bytes) -> bytes:
    """A JPEG without its comments, EXIF, XMP and IPTC; the picture is untouched. Not a JPEG: as it is."""
    if not jpeg.startswith(b"\xff\xd8"):
        return jpeg
    kept, at = bytearray(b"\xff\xd8"), 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        marker, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        # APP1 is EXIF and XMP, APP13 IPTC, FE a comment; APP0, APP2 and APP14 say how to read the colours.
        if marker not in (0xE1, 0xED, 0xFE):
            kept += jpeg[at : at + 2 + length]
        at += 2 + length
    return bytes(kept) + jpeg[at:]
