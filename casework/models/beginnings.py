"""How a family comes to the service: what a case and the application before it both say of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from offices.models import Organisation, User
from papers.models import Attachment

from ..enums import BasisKind, IdentifiedBy


class Beginning(models.Model):
    """How the family was identified (clause 3) and its basis document (clause 12): two facts, never one."""

    identified_by = models.CharField(
        _("How identified"), max_length=20, choices=IdentifiedBy.choices
    )
    identified_organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("By which body"),
    )
    identified_text = models.CharField(_("Particulars"), max_length=300, blank=True)
    identified_number = models.CharField(_("Decision or call number"), max_length=60, blank=True)
    identified_on = models.DateField(_("Identified on"), null=True, blank=True)

    basis_kind = models.CharField(_("Basis document"), max_length=20, choices=BasisKind.choices)
    basis_organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("From which organisation"),
    )
    basis_text = models.CharField(_("Organisation, in words"), max_length=300, blank=True)
    basis_number = models.CharField(_("Document number"), max_length=60, blank=True)
    basis_on = models.DateField(_("Document date"), null=True, blank=True)
    basis_signatory = models.CharField(_("Signed by"), max_length=200, blank=True)
    basis_awaited_until = models.DateField(_("Awaited until"), null=True, blank=True)
    basis_allowed_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("By whose word"),
    )
    basis_word_on = models.DateField(_("Word given on"), null=True, blank=True)
    basis_word_confirmed_at = models.DateTimeField(null=True, blank=True)
    basis_scan = models.ForeignKey(
        Attachment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Scan of the document"),
    )
    basis_received_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
