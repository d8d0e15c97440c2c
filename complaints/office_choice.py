"""Between which offices a reader of complaints may choose."""

from django.db.models import QuerySet

from offices.enums import Role
from offices.models import Office, User
from offices.standing import standing


def offices_offered(user: User) -> "QuerySet[Office]":
    """All for the city's registrar and head; else those in which the person works."""
    own = standing(user)
    active = Office.objects.filter(is_active=True).order_by("index")
    if own.has(Role.CITY_HEAD) or own.is_city_registrar:
        return active
    return active.filter(pk__in=own.offices())
