"""Whose paper it is, and who signs it."""

import datetime as dt
from dataclasses import dataclass

from offices.models import Office


@dataclass(frozen=True)
class OfficeLines:
    """The letterhead of the office whose paper it is."""

    name_ky: str
    name_ru: str
    address_ky: str
    address_ru: str
    phone: str
    email: str


@dataclass(frozen=True)
class Signature:
    """A signature block: position, a line for ink, name; ``signed_on`` is the day of signing in the product."""

    name: str
    position_ky: str
    position_ru: str
    signed_on: dt.date | None


def letterhead_of(office: Office) -> OfficeLines:
    """The office's lines as they are today."""
    return OfficeLines(
        name_ky=office.name_ky,
        name_ru=office.name_ru,
        address_ky=office.address_ky,
        address_ru=office.address_ru,
        phone=office.phone,
        email=office.email,
    )
