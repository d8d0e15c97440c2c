"""The book of complaints and suggestions on the counter (clause 14): what stands in it, and what was done."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Exists, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.history import HistoricalRecords
from offices.enums import Role
from offices.models import Office, User
from offices.standing import standing

from ..enums import BookKind, BookOutcome
from .complaints import Complaint
from .querysets import city_offices_of


class BookEntryQuerySet(models.QuerySet["BookEntry"]):
    def visible_to(self, user: User) -> Self:
        """One's own; registrars and heads those of their offices; the city's registrar and head all.

        One that became a complaint is seen by its writer, and by who sees that complaint. Never by whom it is about.
        """
        own = standing(user)
        if not own.has():
            return self.none()
        kept = Q(office__in=own.offices(Role.REGISTRAR, Role.HEAD))
        kept |= Q(Exists(city_offices_of(own)))
        if own.has(Role.CITY_HEAD):
            kept |= Q(office__isnull=False)
        seen = Q(complaint=None) | Q(complaint__in=Complaint.objects.visible_to(user))
        mine = Q(entered_by=user.pk, office__in=own.offices())
        return self.filter(mine | (kept & seen)).exclude(about_person=user.pk)

    def waiting(self) -> Self:
        """Those of which nothing is written down yet that was done."""
        return self.filter(outcome=BookOutcome.WAITING)


class BookEntry(models.Model):
    """One entry of the book: a suggestion, thanks, or a complaint that is not in form."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(
        Office, models.PROTECT, related_name="+", verbose_name=_("In whose book")
    )
    number = models.CharField(_("Number in the book"), max_length=30, editable=False)
    kind = models.CharField(_("What it is"), max_length=10, choices=BookKind.choices)
    text = models.TextField(_("What is written"))
    written_on = models.DateField(_("Written on"))
    page = models.PositiveSmallIntegerField(_("Page of the book"), null=True, blank=True)
    person_name = models.CharField(_("Who wrote it"), max_length=200, blank=True)
    about_person = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("About which member of staff"),
    )
    entered_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("Who typed it in")
    )
    entered_at = models.DateTimeField(_("Typed in at"))
    outcome = models.CharField(
        _("What became of it"),
        max_length=8,
        choices=BookOutcome.choices,
        default=BookOutcome.WAITING,
    )
    done = models.TextField(_("What was done"), blank=True)
    done_on = models.DateField(_("Done on"), null=True, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    complaint = models.OneToOneField(
        Complaint, models.PROTECT, null=True, blank=True, related_name="book_entry"
    )
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = BookEntryQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-written_on", "-number"]
        indexes = [models.Index(fields=["office", "kind", "-written_on"])]
        constraints = [
            models.UniqueConstraint(fields=["number"], name="book_number_once"),
            models.CheckConstraint(
                condition=~Q(outcome__in=["noted", "answered"])
                | (~Q(done="") & Q(done_on__isnull=False, done_by__isnull=False)),
                name="settled_book_entry_says_what_was_done",
            ),
            models.CheckConstraint(
                condition=Q(outcome="received", complaint__isnull=False)
                | (~Q(outcome="received") & Q(complaint=None)),
                name="book_entry_became_a_complaint",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("book:entry", args=[self.pk])
