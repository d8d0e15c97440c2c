"""Applications by their number, for the one search box."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.search import MOST_SHOWN
from casework.search_rooms import FoundPaper
from offices.models import User

from .models import Application


def applications_numbered(condition: Q, user: User) -> list[FoundPaper]:
    found = Application.objects.visible_to(user).filter(condition)[:MOST_SHOWN]
    return [FoundPaper(one, one.number, one.get_absolute_url(), _("Application")) for one in found]
