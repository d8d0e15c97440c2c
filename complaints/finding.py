"""Complaints and entries of the book by their number, for the one search box."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.search import MOST_SHOWN
from casework.search_rooms import FoundPaper, of_field
from offices.models import User

from .models import BookEntry, Complaint


def complaints_numbered(condition: Q, user: User) -> list[FoundPaper]:
    """Complaints by their number in the register or in the book, and entries of the book: two queries."""
    numbered = condition | of_field(condition, "book_number")
    complaints = Complaint.objects.visible_to(user).filter(numbered)
    entries = BookEntry.objects.visible_to(user).filter(condition)
    return [
        *(
            FoundPaper(one, str(one), one.get_absolute_url(), _said(one))
            for one in complaints[:MOST_SHOWN]
        ),
        *(
            FoundPaper(one, one.number, one.get_absolute_url(), _("Entry of the book"))
            for one in entries[:MOST_SHOWN]
        ),
    ]


def _said(complaint: Complaint) -> str:
    """What it is, and its number in the book where it stands there too."""
    words = f"{_('Complaint')} · {complaint.get_state_display()}"
    if complaint.number and complaint.book_number:
        words += f" · {_('Number in the book')}: {complaint.book_number}"
    return words
