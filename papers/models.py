"""The registry desk's records: number series, issued papers, files."""

import uuid
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock
from offices.models import Office, User


class Journal(models.TextChoices):
    """A series of numbers; each office has its own, begun anew every year."""

    CASE = "case", _("Cases")
    APPLICATION = "application", _("Applications")
    CONCLUSION = "conclusion", _("Conclusions")
    OUTGOING = "outgoing", _("Outgoing papers")
    RELEASE = "release", _("Releases of information")
    COMPLAINT = "complaint", _("Complaints")
    CALL = "call", _("Calls to the trust line")
    INCOMING = "incoming", _("Incoming referrals")
    VISIT = "visit", _("Visit acts")
    BOOK = "book", _("Book of complaints and suggestions")
    RAID = "raid", _("Raids")


class NumberSeries(models.Model):
    """The last number taken in one office, journal and year. Its row is the lock that keeps the series gapless.

    The index stays through the year as the first number had it; no two series of a year share one.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    journal = models.CharField(max_length=20, choices=Journal.choices)
    year = models.PositiveSmallIntegerField()
    index = models.CharField(max_length=12)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "journal", "year"], name="number_series_once"
            ),
            models.UniqueConstraint(fields=["index", "year"], name="number_index_once_a_year"),
        ]


class JournalIndex(models.Model):
    """The index that begins the numbers of one office's journal, unique per office and journal."""

    office = models.ForeignKey(
        Office, models.PROTECT, related_name="journal_indexes", verbose_name=_("Office")
    )
    journal = models.CharField(_("Journal"), max_length=20, choices=Journal.choices)
    index = models.CharField(_("Number index"), max_length=12, unique=True)

    class Meta:
        verbose_name = _("number index")
        verbose_name_plural = _("Number indexes")
        constraints = [
            models.UniqueConstraint(fields=["office", "journal"], name="journal_index_once")
        ]


class PaperKind(models.TextChoices):
    CONCLUSION = "conclusion", _("Psychologist's conclusion")
    CONCLUSION_EXTRACT = "conclusion_extract", _("Extract of a psychologist's conclusion")
    CONCLUSION_COPY = "conclusion_copy", _("Copy of a psychologist's conclusion")
    APPLICATION_RECEIPT = "application_receipt", _("Receipt of an application")
    REFUSAL_NOTICE = "refusal_notice", _("Notice of refusal")
    VISIT_ACT = "visit_act", _("Act of a visit")
    REFERRAL_OUT = "referral_out", _("Outgoing referral")
    REFERRAL_FEEDBACK = "referral_feedback", _("Answer to whoever referred")
    COMPLAINT_RECEIPT = "complaint_receipt", _("Receipt of a complaint")
    COMPLAINT_ANSWER = "complaint_answer", _("Answer to a complaint")
    COURT_STATEMENT = "court_statement", _("Statement of accompaniment in court")
    SOCIAL_STATEMENT = "social_statement", _("Statement of social accompaniment")
    PLAN = "plan", _("Individual plan")
    CASE_SUMMARY = "case_summary", _("Case summary")
    CLOSING_STATEMENT = "closing_statement", _("Closing statement")
    ACCESS_REPORT = "access_report", _("Report of access to a file")


class IssuedPaper(models.Model):
    """A paper as it was issued: its bytes for good. Append-only by a trigger; never rendered again.

    Whoever may read it is settled by the record that points to it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=30, choices=PaperKind.choices)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    number = models.CharField(max_length=30)
    issued_on = models.DateField()
    issued_at = models.DateTimeField(default=clock.now)
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    check_code = models.CharField(max_length=16, unique=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    # An extract or a copy is out of date as soon as the paper that it is of is replaced.
    copy_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="copies")
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["-issued_at"]
        indexes = [models.Index(fields=["number"])]

    def __str__(self) -> str:
        return self.number


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def uploaded_by(self, user: User) -> Self:
        return self.filter(uploaded_by=user)


class Attachment(models.Model):
    """A file that somebody brought: the original sealed, and the copy that is shown without its metadata.

    It is served only through the record that it belongs to.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    original = models.FileField(upload_to="sealed/", max_length=200)
    shown = models.FileField(upload_to="shown/", max_length=200)
    thumbnail = models.FileField(upload_to="small/", max_length=200, blank=True)
    name = models.CharField(_("File name"), max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=clock.now)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at"]
