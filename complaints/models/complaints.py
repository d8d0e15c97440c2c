"""The complaint itself (clause 17): what was handed in, when it was registered, to whom it went, its two clocks."""

import datetime as dt
import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.models import Case
from casework.models.conflicts import DeclaredConflict
from core.history import HistoricalRecords
from offices.models import Office, StandardVersion, User
from papers.models import Attachment, IssuedPaper

from ..enums import (
    OPEN_STATES,
    Channel,
    ComplaintLanguage,
    ComplaintState,
    Level,
    LinkKind,
    Particular,
    Subject,
)
from .querysets import ComplaintQuerySet


class Complaint(models.Model):
    """One complaint. Due dates are stored with the version they came from and never recomputed on read."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(
        _("State"), max_length=12, choices=ComplaintState.choices, default=ComplaintState.RECEIVED
    )
    number = models.CharField(_("Number"), max_length=30, blank=True, editable=False)
    # The place of an incomplete paper in the book of complaints and suggestions.
    book_number = models.CharField(_("Number in the book"), max_length=30, blank=True, editable=False)  # fmt: skip

    received_office = models.ForeignKey(
        Office, models.PROTECT, related_name="+", verbose_name=_("Where it was handed in")
    )
    received_at = models.DateTimeField(_("Received at"))
    received_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    channel = models.CharField(_("How it came"), max_length=12, choices=Channel.choices)
    language = models.CharField(
        _("Language of the complaint"), max_length=6, choices=ComplaintLanguage.choices
    )
    other_language = models.CharField(_("Which language"), max_length=60, blank=True)
    scan = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Scan")
    )

    complainant_name = models.CharField(_("Full name"), max_length=200, blank=True)
    complainant_address = models.CharField(_("Home address"), max_length=300, blank=True)
    complainant_phone = models.CharField(_("Phone number"), max_length=60, blank=True)
    substance = models.TextField(_("Substance of the claim"), blank=True)
    subject = models.CharField(
        _("What it is about in the main"), max_length=10, choices=Subject.choices, blank=True
    )
    is_signed = models.BooleanField(_("It is signed"), default=False)
    dated_on = models.DateField(_("Date given"), null=True, blank=True)
    is_collective = models.BooleanField(_("Signed by several people"), default=False)

    about_office = models.ForeignKey(
        Office,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("About which office"),
    )
    about_person = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("About which member of staff"),
    )
    level = models.CharField(
        _("Who answers for it"), max_length=10, choices=Level.choices, default=Level.OFFICE, editable=False
    )  # fmt: skip
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Case")
    )

    tells_of_danger = models.BooleanField(_("It tells of danger to a child"), default=False)
    danger_what = models.TextField(_("What the danger is"), blank=True)
    danger_where = models.CharField(_("Where the child is"), max_length=300, blank=True)
    danger_told_at = models.DateTimeField(null=True, blank=True, editable=False)

    registration_due_on = models.DateField(_("To be registered by"))
    registration_is_provisional = models.BooleanField(
        _("The day of registration is provisional"), default=False
    )
    incomplete_note = models.TextField(_("What was done"), blank=True)
    kept_at = models.DateTimeField(_("Kept in the book at"), null=True, blank=True)
    kept_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    registered_office = models.ForeignKey(
        Office,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Where it was registered"),
    )
    registered_at = models.DateTimeField(_("Registered at"), null=True, blank=True)
    registered_on = models.DateField(_("Registered on"), null=True, blank=True)
    registered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    # The version whose times both clocks were counted by.
    standard = models.ForeignKey(
        StandardVersion, models.PROTECT, related_name="+", verbose_name=_("Standard")
    )
    answer_due_on = models.DateField(_("To be answered by"), null=True, blank=True)
    answer_soon_on = models.DateField(null=True, blank=True)
    answer_is_provisional = models.BooleanField(
        _("The day of the answer is provisional"), default=False
    )
    receipt = models.OneToOneField(
        IssuedPaper, models.PROTECT, null=True, blank=True, related_name="+"
    )

    considered_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Who considers it"),
    )
    withdrawn_on = models.DateField(_("Withdrawn on"), null=True, blank=True)
    withdrawal_note = models.CharField(_("How it was withdrawn"), max_length=500, blank=True)
    passed_on_note = models.CharField(_("What City Hall said"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = ComplaintQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-received_at", "id"]
        indexes = [
            models.Index(fields=["state", "answer_due_on"]),
            # The order of the register: what is due first.
            models.Index(
                Coalesce("answer_due_on", "registration_due_on"), "id", name="complaint_by_due_day"
            ),
            models.Index(fields=["about_office", "state"]),
            models.Index(fields=["-received_at", "id"]),
            models.Index(fields=["number"]),
            models.Index(fields=["registered_on"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="complaint_number_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["received", "incomplete"])
                | Q(state="withdrawn", registered_at=None)
                | Q(
                    registered_at__isnull=False,
                    registered_on__isnull=False,
                    answer_due_on__isnull=False,
                    dated_on__isnull=False,
                    is_signed=True,
                )
                & ~Q(number="")
                & ~Q(complainant_name="")
                & ~Q(complainant_address="")
                & ~Q(complainant_phone="")
                & ~Q(substance=""),
                name="registered_complaint_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(registered_at=None) | Q(registered_at__gte=F("received_at")),
                name="complaint_registered_after_receipt",
            ),
            models.CheckConstraint(
                condition=Q(answer_due_on=None)
                | Q(answer_due_on__gte=F("registered_on"), answer_soon_on__lte=F("answer_due_on")),
                name="complaint_answer_due_after_registration",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["considered", "answered"])
                | Q(considered_by__isnull=False),
                name="considered_complaint_has_its_person",
            ),
            models.CheckConstraint(
                condition=Q(about_person=None)
                | Q(considered_by=None)
                | ~Q(considered_by=F("about_person")),
                name="nobody_considers_a_complaint_about_themselves",
            ),
            models.CheckConstraint(
                condition=~Q(state="incomplete") | (Q(kept_at__isnull=False) & ~Q(incomplete_note="")),
                name="incomplete_complaint_says_what_was_done",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number or self.book_number or str(_("complaint"))

    def get_absolute_url(self) -> str:
        return reverse("complaints:complaint", args=[self.pk])

    @property
    def office_id(self) -> int | None:
        """For the read log: the office whose head may know who reads it; none where it is about that head."""
        return self.about_office_id if self.level == Level.OFFICE else None

    @property
    def missing(self) -> list[str]:
        """The particulars of clause 17 that the paper lacks (values of ``Particular``)."""
        return [p.value for p in Particular if not getattr(self, p.value)]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def waits_for_registration(self) -> bool:
        return self.state == ComplaintState.RECEIVED

    def is_overdue(self, on: dt.date) -> bool:
        """One row of ``ComplaintQuerySet.overdue``."""
        if self.waits_for_registration:
            return self.registration_due_on < on
        return self.is_open and self.answer_due_on is not None and self.answer_due_on < on

    @property
    def due_on(self) -> dt.date | None:
        """The day that counts now: registration's while it waits for that, the answer's after."""
        return self.registration_due_on if self.waits_for_registration else self.answer_due_on

    @property
    def is_provisional(self) -> bool:
        if self.waits_for_registration:
            return self.registration_is_provisional
        return self.answer_is_provisional


class Forwarding(models.Model):
    """To whose leadership a complaint went at registration, and when they said that they have it. No office: City Hall."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="forwardings")
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, related_name="+", verbose_name=_("Office")
    )
    forwarded_at = models.DateTimeField(_("Forwarded at"))
    acknowledged_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("Acknowledged by")
    )
    acknowledged_at = models.DateTimeField(_("Acknowledged at"), null=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "office"], nulls_distinct=False, name="forwarded_once"
            )
        ]


class ComplaintConflict(DeclaredConflict):
    """Shuts a person, the leadership included, out of one complaint."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="conflicts")

    history = HistoricalRecords()

    class Meta:
        ordering = ["-declared_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "user"],
                condition=Q(ended_at=None),
                name="complaint_conflict_once",
            )
        ]


class ComplaintLink(models.Model):
    """Two complaints that belong together; stored once, shown on both."""

    one = models.ForeignKey(Complaint, models.PROTECT, related_name="links_to")
    other = models.ForeignKey(Complaint, models.PROTECT, related_name="links_from")
    kind = models.CharField(_("What joins them"), max_length=12, choices=LinkKind.choices)
    linked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    linked_at = models.DateTimeField()

    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="complaints_linked_once"),
            models.CheckConstraint(
                condition=~Q(one=F("other")), name="complaint_not_linked_to_itself"
            ),
        ]
