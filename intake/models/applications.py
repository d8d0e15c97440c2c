"""Applications (clauses 3, 12, 16): what is known of a family that asks for help, and what was decided. None is ever deleted."""

import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.db.models import Case as When_
from django.db.models import Exists, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.enums import BasisKind, RiskLevel, Sex, SpokenLanguage, StreetKind
from casework.models import Case, CaseConflict, SituationCategory
from casework.models.beginnings import Beginning
from casework.models.conflicts import DeclaredConflict
from core import clock
from core.history import HistoricalRecords
from offices.asked_often import AskedOftenQuerySet, asked_often
from offices.enums import Role
from offices.models import District, Office, StandardVersion, User
from offices.standing import standing
from papers.models import IssuedPaper
from referrals.models import IncomingReferral, ReferralConflict

from ..enums import AgeBand, ApplicationStatus, YesNo
from .calls import HotlineCall
from .raids import RaidFinding
from .reception import Visitor

UNDECIDED = (ApplicationStatus.REGISTERED, ApplicationStatus.RETURNED)
# What still waits for a step; everything else is final.
PENDING = (*UNDECIDED, ApplicationStatus.ELIGIBLE, ApplicationStatus.PROPOSED)
WHO_HAVE_APPLICATIONS = (Role.OPERATOR, Role.CASEWORKER, Role.HEAD)


class ApplicationQuerySet(AskedOftenQuerySet["Application"]):
    """Who may know of an application, and who may read it."""

    @asked_often
    def visible_to(self, user: User) -> Self:
        """Those of the own office; nobody whom a conflict of interest shuts out of it, of its referral or its case.

        After a case has opened, not those of a restricted one that ``user`` does not read.
        """
        if not getattr(user, "is_authenticated", False):
            return self.none()
        held = standing(user).offices(*WHO_HAVE_APPLICATIONS)
        shut = ApplicationConflict.objects.filter(
            application=OuterRef("pk"), user=user.pk, ended_at=None
        )
        shut_referral = ReferralConflict.objects.filter(
            referral=OuterRef("referral"), user=user.pk, ended_at=None
        )
        shut_case = CaseConflict.objects.filter(case=OuterRef("case"), user=user.pk, ended_at=None)
        found = self.filter(
            ~Exists(shut), ~Exists(shut_case), ~Exists(shut_referral), office_id__in=held
        )
        return found.filter(
            Q(case=None) | Q(case__is_restricted=False) | Q(case__in=self._cases_read_by(user))
        )

    @asked_often
    def content_visible_to(self, user: User) -> Self:
        """Those of which ``user`` reads all: once there is a case, only who reads the case's content."""
        return self.visible_to(user).filter(Q(case=None) | Q(case__in=self._cases_read_by(user)))

    def with_depth_for(self, user: User) -> Self:
        """Each with ``reads_content``: whether ``user`` reads all of it."""
        read = Q(case=None) | Q(case__in=self._cases_read_by(user))
        return self.annotate(
            reads_content=When_(When(read, then=Value(True)), default=Value(False))
        )

    @staticmethod
    def _cases_read_by(user: User) -> models.QuerySet[Case]:
        return Case.objects.content_visible_to(user)

    def undecided(self) -> Self:
        return self.filter(status__in=UNDECIDED)

    def pending(self) -> Self:
        return self.filter(status__in=PENDING)

    def refusals_to_confirm_by(self, user: User) -> Self:
        """Proposed refusals that wait for ``user`` as head of the office; never one's own proposal."""
        own = EligibilityDecision.objects.filter(
            application=OuterRef("pk"), decided_by=user.pk, confirmed_at=None, returned_at=None
        )
        led = standing(user).offices(Role.HEAD)
        return self.visible_to(user).filter(
            ~Exists(own), status=ApplicationStatus.PROPOSED, office_id__in=led
        )

    def awaiting_basis(self) -> Self:
        """Pending, begun on a head's word; the document (clause 12) has not come yet."""
        return self.pending().filter(basis_kind=BasisKind.AWAITED)

    def registered_between(self, first: dt.date | None, last: dt.date | None) -> Self:
        """Those registered from ``first`` to ``last``, both included; None is open."""
        found = self
        if first:
            found = found.filter(registered_on__gte=first)
        if last:
            found = found.filter(registered_on__lte=last)
        return found


class Application(Beginning):
    """Somebody asks for help for a family, or a channel brings it. Decided by being in a difficult life situation alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("Number"), max_length=30, unique=True, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="applications")
    standard = models.ForeignKey(StandardVersion, models.PROTECT, related_name="+")
    status = models.CharField(
        _("State"),
        max_length=12,
        choices=ApplicationStatus.choices,
        default=ApplicationStatus.REGISTERED,
    )
    registered_at = models.DateTimeField(_("Registered"))
    registered_on = models.DateField(_("Registered on"))
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    # What it began with (intake.sources).
    call = models.ForeignKey(
        HotlineCall, models.PROTECT, null=True, blank=True, related_name="applications"
    )
    finding = models.ForeignKey(
        RaidFinding, models.PROTECT, null=True, blank=True, related_name="applications"
    )
    visitor = models.ForeignKey(
        Visitor, models.PROTECT, null=True, blank=True, related_name="applications"
    )

    referral = models.ForeignKey(
        IncomingReferral, models.PROTECT, null=True, blank=True, related_name="applications"
    )

    # Who applies, where it is none of the family (those are ticked among the people); empty: nobody, a channel found it.
    applicant_name = models.CharField(_("Full name"), max_length=300, blank=True)
    applicant_relation = models.CharField(_("Who it is to the family"), max_length=200, blank=True)
    applicant_address = models.CharField(_("Address"), max_length=300, blank=True)
    applicant_phone = models.CharField(_("Phone"), max_length=40, blank=True)
    applicant_language = models.CharField(
        _("Language"), max_length=10, choices=SpokenLanguage.choices, blank=True
    )
    applicant_needs = models.CharField(
        _("Interpreter or other communication need"), max_length=300, blank=True
    )
    # Asked gently, for the check for discrimination (clause 14); no decision reads them.
    applicant_sex = models.CharField(_("Sex"), max_length=10, choices=Sex.choices, blank=True)
    applicant_age = models.CharField(_("Age"), max_length=10, choices=AgeBand.choices, blank=True)
    applicant_citizenship = models.CharField(_("Citizenship"), max_length=100, blank=True)
    applicant_disability = models.CharField(
        _("Disability"), max_length=5, choices=YesNo.choices, blank=True
    )

    reason = models.TextField(_("What has happened"), blank=True)
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True, related_name="+")
    settlement = models.CharField(_("Settlement, microdistrict"), max_length=100, blank=True)
    street = models.CharField(_("Street name"), max_length=100, blank=True)
    street_kind = models.CharField(max_length=20, choices=StreetKind.choices, blank=True)
    house = models.CharField(_("House"), max_length=20, blank=True)
    flat = models.CharField(_("Flat"), max_length=20, blank=True)
    address_text = models.CharField(_("Or in words"), max_length=300, blank=True)
    registered_text = models.CharField(
        _("Registered address, in words"), max_length=300, blank=True
    )

    case = models.OneToOneField(
        Case, models.PROTECT, null=True, blank=True, related_name="application"
    )
    receipt = models.OneToOneField(
        IssuedPaper, models.PROTECT, null=True, blank=True, related_name="+"
    )
    notice = models.OneToOneField(
        IssuedPaper, models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_on = models.DateField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_words = models.CharField(_("Who withdrew it, how, why"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = ApplicationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-registered_at", "id"]
        indexes = [
            models.Index(fields=["office", "-registered_at"], name="application_by_office"),
            models.Index(fields=["office", "status"], name="application_by_status"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(basis_kind=BasisKind.AWAITED)
                | Q(basis_awaited_until__isnull=False, basis_allowed_by__isnull=False),
                name="application_awaits_by_word",
            ),
            models.CheckConstraint(
                condition=Q(status=ApplicationStatus.OPENED, case__isnull=False)
                | ~Q(status=ApplicationStatus.OPENED) & Q(case=None),
                name="application_opened_has_case",
            ),
            models.CheckConstraint(
                condition=Q(status=ApplicationStatus.REFUSED, notice__isnull=False)
                | ~Q(status=ApplicationStatus.REFUSED) & Q(notice=None),
                name="application_refused_has_notice",
            ),
            models.CheckConstraint(
                condition=~Q(status=ApplicationStatus.WITHDRAWN) | Q(withdrawn_by__isnull=False),
                name="application_withdrawn_by",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("applications:application", args=[self.pk])

    @property
    def is_undecided(self) -> bool:
        return self.status in UNDECIDED

    @property
    def is_pending(self) -> bool:
        return self.status in PENDING

    @property
    def is_basis_awaited(self) -> bool:
        return self.basis_kind == BasisKind.AWAITED and self.is_pending

    def is_basis_overdue(self, on: dt.date) -> bool:
        return (
            self.is_basis_awaited
            and self.basis_awaited_until is not None
            and self.basis_awaited_until < on
        )

    def days_waiting(self, on: dt.date) -> int:
        """Calendar days since it was registered."""
        return (on - self.registered_on).days


class EligibilityDecision(models.Model):
    """What a worker decided against clause 3, with the facts. A refusal counts only once another has confirmed it."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="decisions")
    is_eligible = models.BooleanField()
    categories = models.ManyToManyField(
        SituationCategory, blank=True, related_name="+", verbose_name=_("Situation")
    )
    risk_level = models.CharField(
        _("Risk"), max_length=10, choices=RiskLevel.choices, default=RiskLevel.UNKNOWN
    )
    facts_ky = models.TextField(_("Facts, in Kyrgyz"), blank=True)
    facts_ru = models.TextField(_("Facts, in Russian"), blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=clock.now)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    returned_at = models.DateTimeField(null=True, blank=True)
    return_reason = models.CharField(_("Why it is returned"), max_length=500, blank=True)

    history = HistoricalRecords(m2m_fields=[categories])

    class Meta:
        ordering = ["-decided_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~(Q(facts_ky="") & Q(facts_ru="")), name="eligibility_has_facts"
            ),
            models.CheckConstraint(
                condition=Q(is_eligible=True) | (~Q(facts_ky="") & ~Q(facts_ru="")),
                name="refusal_has_facts_in_both",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None)
                | (Q(is_eligible=False) & ~Q(confirmed_by=models.F("decided_by"))),
                name="refusal_confirmed_by_another",
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(is_eligible=False, confirmed_by=None, returned_by=None),
                name="one_refusal_proposed",
            ),
        ]

    @property
    def is_proposal(self) -> bool:
        """A refusal that is neither confirmed nor returned."""
        return not self.is_eligible and self.confirmed_at is None and self.returned_at is None


class ApplicationConflict(DeclaredConflict):
    """Shuts a worker, heads included, out of the application."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="conflicts")

    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "user"],
                condition=Q(ended_at=None),
                name="application_conflict_once",
            )
        ]
