"""Photographs on a paper: the copy that may be shown, small enough to print, as part of the paper itself."""

import base64
import io

from PIL import Image

from .models import Attachment

# Half an A4 page at 150 dpi.
LONGEST_SIDE = 1240
PRINTABLE = ("image/jpeg", "image/png", "image/webp")


def is_printable(attachment: Attachment) -> bool:
    """Whether it is a picture; scans in PDF are given out beside the paper."""
    return attachment.content_type in PRINTABLE


def drawn(attachment: Attachment) -> str:
    """The picture for an ``img`` of a paper's template. Only the copy without metadata, never the original."""
    with attachment.shown.open("rb") as shown, Image.open(shown) as opened:
        picture = opened.convert("RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=82)
    return "data:image/jpeg;base64," + base64.b64encode(out.getvalue()).decode()
