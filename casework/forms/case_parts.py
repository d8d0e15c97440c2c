"""What is asked of a case, on its opening screen and whenever it changes: how it was found, its paper, its situation."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import TypedDateField
from core.layout import WITH_LETTERS
from offices.models import Organisation, User
from papers.attachments import attach
from papers.fields import AttachmentField
from papers.models import Attachment

from ..enums import BasisKind, IdentifiedBy, RiskLevel
from ..models import SituationCategory
from ..services.new_case import Basis, Identification
from ..services.opening import SPEAKS_FOR_ITSELF
from .opening_rows import short


def bodies() -> Any:
    return Organisation.objects.filter(is_active=True)


class AboutFinding(forms.Form):
    """How the family was identified (clause 3)."""

    identified_by = forms.ChoiceField(
        label=_("Through whom"), choices=[("", "—"), *IdentifiedBy.choices]
    )
    identified_organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("By which body"), required=False, empty_label="—"
    )
    identified_text = short(_("In words, where it is not in the list"), 300, **WITH_LETTERS)
    identified_number = short(_("Decision or call number"), 60)
    identified_on = TypedDateField(
        label=_("Date"), required=False, expects="past", allow_future=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["identified_organisation"].queryset = bodies()  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        named = said.get("identified_organisation") or said.get("identified_text")
        if said.get("identified_by") == IdentifiedBy.OTHER_BODY and not named:
            self.add_error("identified_text", _("Say which body it was."))
        return said

    def identification(self) -> Identification:
        said = self.cleaned_data
        return Identification(
            said["identified_by"],
            said["identified_organisation"],
            said["identified_text"],
            said["identified_number"],
            said["identified_on"],
        )


class AboutPaper(forms.Form):
    """The basis document (clause 12)."""

    basis_kind = forms.ChoiceField(
        label=_("Which document"),
        choices=[("", "—"), *BasisKind.choices],
        help_text=_("One of these is enough; no other paper may be asked for."),
    )
    basis_organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("From which organisation"),
        required=False,
        empty_label="—",
        help_text=_("Left empty: the body that found the family."),
    )
    basis_text = short(_("In words, where it is not in the list"), 300, **WITH_LETTERS)
    basis_number = short(_("Document number"), 60)
    basis_on = TypedDateField(
        label=_("Document date"), required=False, expects="past", allow_future=False
    )
    basis_signatory = short(_("Signed by"), 200, **WITH_LETTERS)

    basis_scan = AttachmentField(label=_("Scan of the document"), required=False)
    # A scan that came with a page that could not be saved yet; it need not be chosen again.
    kept_scan = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    kept_scan_name = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["basis_organisation"].queryset = bodies()  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean(self) -> dict[str, Any]:
        """A referral whose sender is not said comes from the body that found the family, where that is asked too."""
        said = super().clean() or self.cleaned_data
        kind = said.get("basis_kind")
        if not kind or kind in SPEAKS_FOR_ITSELF:
            return said
        if not said.get("basis_organisation") and not said.get("basis_text"):
            said["basis_organisation"] = said.get("identified_organisation")
            said["basis_text"] = said.get("identified_text", "")
        if not said["basis_organisation"] and not said["basis_text"]:
            self.add_error("basis_text", _("Say from whom the document is."))
        return said

    def keep_scan(self, user: User) -> None:
        """Keep the file at once, whatever else is wrong with the page, and carry its id on; or find the one kept before."""
        checked = getattr(self, "cleaned_data", {}).get("basis_scan")
        if checked:
            self.scan: Attachment | None = attach(checked, by=user)
        else:
            kept = str(self["kept_scan"].value() or "")
            mine = Attachment.objects.uploaded_by(user)
            self.scan = mine.filter(pk=kept).first() if _is_id(kept) else None
        if self.scan is not None and self.is_bound:
            self.data = self.data.copy()
            self.data["kept_scan"] = str(self.scan.pk)
            self.kept_scan_name = self.scan.name

    def paper(self) -> Basis:
        said = self.cleaned_data
        is_own = said["basis_kind"] == BasisKind.APPLICATION
        return Basis(
            said["basis_kind"],
            None if is_own else said["basis_organisation"],
            "" if is_own else said["basis_text"],
            said["basis_number"],
            said["basis_on"],
            said["basis_signatory"],
            getattr(self, "scan", None),
        )


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


class AboutSituation(forms.Form):
    """What has happened, of which kind it is, how great the risk."""

    reason = forms.CharField(
        label=_("What has happened"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea({**WITH_LETTERS, "rows": 5}),
        help_text=_("In Kyrgyz or in Russian, in your own words."),
    )
    categories = forms.ModelMultipleChoiceField(
        SituationCategory.objects.none(),
        label=_("Kind of situation"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    risk_level = forms.ChoiceField(
        label=_("Risk"),
        required=False,
        choices=RiskLevel.choices,
        initial=RiskLevel.UNKNOWN,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = SituationCategory.objects.filter(is_active=True)
        self.fields["categories"].queryset = offered  # type: ignore[attr-defined]  # a ModelMultipleChoiceField
