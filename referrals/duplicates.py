"""Entries that may be the same organisation: alike in name, of one kind, and with the same numbers in the name."""

import re

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import QuerySet

from core import names
from offices.models import Organisation

# By the trigrams of both names; «№ 57 мектеп» and «57-мектеп-гимназия» lie well above, two kinds of clinic well below.
ALIKE_FROM = 0.3
MOST_OFFERED = 5


def probable_duplicates(
    *,
    kind: str,
    name_ky: str,
    name_ru: str,
    district_id: int | None = None,
    but: Organisation | None = None,
) -> list[Organisation]:
    """Entries in use that may be the body so named, the likeliest first. Another number, or district, is another body."""
    key = names.fold(f"{name_ky} {name_ru}")
    if not key:
        return []
    rows: QuerySet[Organisation] = Organisation.objects.standing_alone().filter(kind=kind)
    if but is not None and but.pk:
        rows = rows.exclude(pk=but.pk)
    found = (
        rows.annotate(likeness=TrigramSimilarity("search_key", key))
        .filter(likeness__gte=ALIKE_FROM)
        .select_related("district")
        .order_by("-likeness", "name_ky", "pk")[: MOST_OFFERED * 8]
    )
    alike: list[Organisation] = [
        other
        for other in found
        if numbers_in(other.search_key) == numbers_in(key)
        and (district_id is None or other.district_id in (None, district_id))
    ]
    return alike[:MOST_OFFERED]


def duplicates_of(organisation: Organisation) -> list[Organisation]:
    return probable_duplicates(
        kind=organisation.kind,
        name_ky=organisation.name_ky,
        name_ru=organisation.name_ru,
        district_id=organisation.district_id,
        but=organisation,
    )


def numbers_in(key: str) -> frozenset[str]:
    """The numbers of a folded name: of schools they say which one it is."""
    return frozenset(re.findall(r"[0-9]+", key))
