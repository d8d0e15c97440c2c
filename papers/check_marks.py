"""What lets anybody check an issued paper: its code in words, and the same as a QR code for a phone."""

import datetime as dt
from dataclasses import dataclass

import segno
from django.conf import settings
from django.urls import reverse

from . import check_codes


@dataclass(frozen=True)
class CheckMark:
    """The check code of one paper, as its foot prints it."""

    code: str
    # Where the code is typed: an address that can be read out, without the scheme.
    address: str
    # An SVG as a data URI.
    qr: str
    issued_at: dt.datetime


def check_mark(code: str, *, issued_at: dt.datetime) -> CheckMark:
    """The mark for a paper with ``code``; its QR leads to the page that confirms it."""
    page = settings.PUBLIC_ADDRESS + reverse("verify:paper", args=[code])
    door = settings.PUBLIC_ADDRESS + reverse("verify:door")
    drawing = segno.make(page, error="m", micro=False)
    return CheckMark(
        code=check_codes.printed(code),
        address=door.split("://", 1)[-1],
        qr=drawing.svg_data_uri(border=0, unit="mm", svgversion=1.1),
        issued_at=issued_at,
    )
