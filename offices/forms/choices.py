"""Choosing a member of staff."""

from typing import Any

from django import forms
from django.db.models import Prefetch, QuerySet

from ..models import Membership, User


def named_with_offices(
    people: QuerySet[User], places: QuerySet[Membership] | None = None
) -> QuerySet[User]:
    """``people`` by name, each with ``places_today``: of ``places``, or of all where they work today."""
    today = Membership.objects.active() if places is None else places
    shown = Prefetch("memberships", today.select_related("office"), "places_today")
    return people.order_by("surname", "given_name").prefetch_related(shown)


class StaffChoice(forms.ModelChoiceField):
    """A member of staff, named with the office they work in where the queryset is ``named_with_offices``."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(User.objects.none(), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        places = getattr(obj, "places_today", [])
        offices = ", ".join(dict.fromkeys(place.office.short_name for place in places))
        return f"{obj.short_name} — {offices}" if offices else obj.short_name
