"""Referrals that come in: from whom, about whom, and what whoever referred was told."""

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.births import Birth
from casework.enums import BasisKind, IdentifiedBy, Relation, Sex, SpokenLanguage
from casework.models import Case, CaseConflict, LegalGround, Release
from casework.services.new_case import (
    Basis,
    Identification,
    KnownAddress,
    KnownAdult,
    KnownChild,
    KnownPhone,
)
from core.history import HistoricalRecords
from offices.asked_often import AskedOftenQuerySet, asked_often
from offices.enums import OrganisationKind, Role
from offices.models import Office, Organisation, User
from offices.standing import standing
from papers.attachment_lists import AttachedFile
from papers.models import IssuedPaper

from ..enums import FeedbackOutcome, FeedbackStatus, SentHow
from ..senders import basis_of, identified_by
from .conflicts import ReferralConflict

KEEPING_ROLES = (Role.OPERATOR, Role.CASEWORKER, Role.HEAD)


class IncomingReferralQuerySet(AskedOftenQuerySet["IncomingReferral"]):
    """Who may read an incoming referral. docs/permissions.md has the table."""

    @asked_often
    def visible_to(self, user: User) -> Self:
        """Those of the own office; nobody whom a conflict of interest shuts out of it, of its application or its case.

        Of a restricted case only who reads its content.
        """
        from ..uptake import shut_out

        own = standing(user).offices(*KEEPING_ROLES)
        if not own:
            return self.none()
        shut = CaseConflict.objects.filter(case=OuterRef("case"), user=user, ended_at=None)
        tied = ReferralConflict.objects.filter(referral=OuterRef("pk"), user=user, ended_at=None)
        open_to_office = Q(case=None) | Q(case__is_restricted=False)
        read = Q(case__in=Case.objects.content_visible_to(user))
        found = self.filter(~Exists(shut), ~Exists(tied), ~shut_out(user), office_id__in=own)
        return found.filter(open_to_office | read)

    def unsettled(self) -> Self:
        """Those of which nobody has made anything yet: no application, no case, nor a word why none is needed."""
        from ..uptake import taken_up

        return self.filter(case=None, settled_at=None).exclude(taken_up())


class IncomingReferral(models.Model):
    """A paper by which a body refers a family, registered under the day's number (clause 12's first basis)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("Number"), max_length=30, unique=True, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name=_("Office"))
    sender_kind = models.CharField(
        _("Kind of body"), max_length=30, choices=OrganisationKind.choices
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("From which organisation"),
    )
    sender_text = models.CharField(_("Organisation, in words"), max_length=300, blank=True)
    basis_kind = models.CharField(
        _("Which document"), max_length=20, choices=BasisKind.choices, blank=True
    )
    document_number = models.CharField(_("Their number"), max_length=60, blank=True)
    document_on = models.DateField(_("Their date"), null=True, blank=True)
    signatory = models.CharField(_("Signed by"), max_length=200, blank=True)
    request = models.TextField(_("What for"), blank=True)
    address_text = models.CharField(
        _("Where the family lives, in words"), max_length=300, blank=True
    )
    received_on = models.DateField(_("Received on"))
    received_how = models.CharField(
        _("How it came"), max_length=10, choices=SentHow.choices, blank=True
    )
    registered_at = models.DateTimeField(_("Registered"))
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="incoming_referrals"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    settled_reason = models.CharField(_("Why no application is needed"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = IncomingReferralQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-registered_at", "id"]
        indexes = [models.Index(fields=["office", "-registered_at"], name="incoming_by_office")]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(sender_text=""),
                name="incoming_referral_has_its_sender",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None) | ~Q(settled_reason=""),
                name="settled_referral_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("referrals:referral", args=[self.pk])

    @property
    def sender(self) -> str:
        """Who referred, in the reader's language, with the words beside."""
        return ", ".join(p for p in (str(self.organisation or ""), self.sender_text) if p)

    def known_children(self) -> tuple[KnownChild, ...]:
        """As much of the children as the referral says, for the application."""
        return tuple(p.known_child() for p in self.people.all() if p.is_child)

    def known_adults(self) -> tuple[KnownAdult, ...]:
        return tuple(p.known_adult() for p in self.people.all() if not p.is_child)

    def actual_address(self) -> KnownAddress:
        return KnownAddress(text=self.address_text)

    def identification(self) -> Identification:
        """Clause 3: who found the family."""
        kind = identified_by(self.sender_kind)
        is_decision = kind == IdentifiedBy.COMMISSION
        return Identification(
            kind,
            self.organisation,
            self.sender_text,
            self.document_number if is_decision else "",
            self.document_on or self.received_on,
        )

    def basis(self) -> Basis | None:
        """Clause 12: the document; None where its sender's kind is none of those named there."""
        kind = self.basis_kind or basis_of(self.sender_kind)
        if not kind:
            return None
        scan = self.files.shown().first()
        return Basis(
            kind=kind,
            organisation=self.organisation,
            text=self.sender_text,
            number=self.document_number,
            on=self.document_on,
            signatory=self.signatory,
            scan=scan.attachment if scan else None,
        )


class ReferredPerson(models.Model):
    """Somebody whom an incoming referral names, as far as it does; no record of the person yet."""

    referral = models.ForeignKey(IncomingReferral, models.PROTECT, related_name="people")
    is_child = models.BooleanField(_("Child"))
    surname = models.CharField(_("Surname"), max_length=100, blank=True)
    given_name = models.CharField(_("Given name"), max_length=100, blank=True)
    patronymic = models.CharField(_("Patronymic"), max_length=100, blank=True)
    description = models.CharField(
        _("Description, where the name is not known"), max_length=300, blank=True
    )
    sex = models.CharField(_("Sex"), max_length=10, choices=Sex.choices, default=Sex.UNKNOWN)
    birth_precision = models.CharField(max_length=10, default="unknown")
    birth_on = models.DateField(_("Birth date, exact"), null=True, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("Birth year"), null=True, blank=True)
    estimated_age = models.PositiveSmallIntegerField(
        _("Age by estimate, years"), null=True, blank=True
    )
    estimated_on = models.DateField(_("Estimated on"), null=True, blank=True)
    pin = models.CharField(_("PIN"), max_length=14, blank=True)
    language = models.CharField(
        _("Language"), max_length=10, choices=SpokenLanguage.choices, blank=True
    )
    school = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("School or kindergarten"),
    )
    school_text = models.CharField(_("School, in words"), max_length=200, blank=True)
    school_class = models.CharField(_("Class"), max_length=20, blank=True)
    is_concerned = models.BooleanField(_("The referral is about this child"), default=True)
    relation = models.CharField(
        _("Who it is to the child"), max_length=20, choices=Relation.choices, blank=True
    )
    phone = models.CharField(_("Phone"), max_length=40, blank=True)
    phone_is_safe = models.BooleanField(_("Safe to call"), default=True)
    safe_hours = models.CharField(_("Safe hours"), max_length=100, blank=True)
    lives_together = models.BooleanField(_("Lives with the family"), default=True)
    is_carer = models.BooleanField(_("Cares for the child"), default=False)
    place = models.PositiveSmallIntegerField(default=0)

    history = HistoricalRecords()

    class Meta:
        ordering = ["-is_child", "place", "pk"]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        names = (self.surname, self.given_name, self.patronymic)
        return " ".join(n for n in names if n) or self.description

    @property
    def birth(self) -> Birth:
        return Birth(
            self.birth_precision,
            on=self.birth_on,
            year=self.birth_year,
            age=self.estimated_age,
            estimated_on=self.estimated_on,
        )

    def known_child(self) -> KnownChild:
        return KnownChild(
            **self._known(),
            description=self.description,
            is_concerned=self.is_concerned,
            school=self.school,
            school_text=self.school_text,
            school_class=self.school_class,
        )

    def known_adult(self) -> KnownAdult:
        phone = KnownPhone(self.phone, self.phone_is_safe, self.safe_hours)
        return KnownAdult(
            **self._known(),
            relation=self.relation or Relation.OTHER,
            lives_together=self.lives_together,
            is_carer=self.is_carer,
            phones=(phone,) if self.phone else (),
        )

    def _known(self) -> dict[str, Any]:
        shared = ("surname", "given_name", "patronymic", "sex", "birth", "pin", "language")
        return {field: getattr(self, field) for field in shared}


class IncomingFile(AttachedFile):
    """A scan of an incoming referral, or what came with it."""

    record = models.ForeignKey(IncomingReferral, models.PROTECT, related_name="files")

    history = HistoricalRecords()


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(referral__in=IncomingReferral.objects.visible_to(user))

    def to_decide_by(self, user: User) -> Self:
        led = standing(user).offices(Role.HEAD)
        waits = self.filter(status=FeedbackStatus.ASKED, referral__office_id__in=led)
        return waits.visible_to(user)


class Feedback(models.Model):
    """What whoever referred is told: received, taken up, or not; no more. A release of information (clause 11)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("Number"), max_length=30, blank=True, editable=False)
    referral = models.ForeignKey(IncomingReferral, models.PROTECT, related_name="feedback")
    outcome = models.CharField(_("What is said"), max_length=10, choices=FeedbackOutcome.choices)
    ground = models.ForeignKey(
        LegalGround, models.PROTECT, related_name="+", verbose_name=_("Legal ground")
    )
    status = models.CharField(
        _("State"), max_length=10, choices=FeedbackStatus.choices, default=FeedbackStatus.ASKED
    )
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.CharField(_("Reason of the decision"), max_length=500, blank=True)
    paper = models.OneToOneField(
        IssuedPaper, models.PROTECT, null=True, blank=True, related_name="referral_feedback"
    )
    release = models.OneToOneField(
        Release, models.PROTECT, null=True, blank=True, related_name="referral_feedback"
    )
    sent_on = models.DateField(_("Sent on"), null=True, blank=True)
    sent_how = models.CharField(
        _("How it was sent"), max_length=10, choices=SentHow.choices, blank=True
    )
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = FeedbackQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-requested_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], condition=Q(status="asked"), name="one_feedback_waits"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["granted", "sent"])
                | Q(paper__isnull=False, release__isnull=False, decided_by__isnull=False),
                name="granted_feedback_keeps_its_copy",
            ),
            models.CheckConstraint(
                condition=~Q(status="sent") | Q(sent_on__isnull=False),
                name="sent_feedback_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(_("Answer to whoever referred"))

    def get_absolute_url(self) -> str:
        return self.referral.get_absolute_url()
