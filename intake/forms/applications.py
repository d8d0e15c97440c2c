"""What an application asks. Only how the family was found and the basis are needed (clauses 3, 12); the rest as far as known."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.enums import Sex, SpokenLanguage
from casework.forms.beginnings import AboutBasis, AboutPlace
from casework.forms.opening_rows import FoldState, fold_state, short
from core.layout import WITH_LETTERS
from core.saving import KeptForm

from ..enums import AgeBand, YesNo
from ..models import Application
from ..services.applications import applicant_of
from ..services.new_application import Applicant

APPLICANT = ("name", "relation", "address", "phone", "language", "needs")
# Asked gently; no decision reads them.
BY_WISH = ("sex", "age", "citizenship", "disability")


class AboutApplicant(forms.Form):
    """Who applies, where it is none of the family; and what they may say of themselves for clause 14."""

    applicant_name = short(_("Full name"), 300, **WITH_LETTERS)
    applicant_relation = short(
        _("Who it is to the family"), 200, placeholder=_("neighbour, teacher"), **WITH_LETTERS
    )
    applicant_address = short(_("Address"), 300, **WITH_LETTERS)
    applicant_phone = short(_("Phone"), 40, inputmode="tel", autocomplete="off")
    applicant_language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", "—"), *SpokenLanguage.choices]
    )
    applicant_needs = short(_("Interpreter or other communication need"), 300, **WITH_LETTERS)

    applicant_sex = forms.ChoiceField(
        label=_("Sex"),
        required=False,
        choices=[("", "—"), *(c for c in Sex.choices if c[0] != Sex.UNKNOWN)],
    )
    applicant_age = forms.ChoiceField(
        label=_("Age"), required=False, choices=[("", "—"), *AgeBand.choices]
    )
    applicant_citizenship = short(_("Citizenship"), 100, **WITH_LETTERS)
    applicant_disability = forms.ChoiceField(
        label=_("Disability"), required=False, choices=[("", "—"), *YesNo.choices]
    )

    @property
    def applicant_fold(self) -> FoldState:
        return fold_state(self, *(f"applicant_{name}" for name in APPLICANT))

    @property
    def wish_fold(self) -> FoldState:
        return fold_state(self, *(f"applicant_{name}" for name in BY_WISH))

    def applicant(self) -> Applicant:
        said = self.cleaned_data
        return Applicant(**{name: said[f"applicant_{name}"] for name in (*APPLICANT, *BY_WISH)})


class ApplicationForm(AboutApplicant, AboutBasis, AboutPlace, KeptForm):
    """What is said once of an application; its rows of persons are in ``application_rows``."""

    field_order = [
        "office",
        *(f"applicant_{name}" for name in (*APPLICANT, *BY_WISH)),
        "district", "settlement", "street", "street_kind", "house", "flat",
        "address_text", "registered_text", "reason",
        "identified_by", "identified_organisation", "identified_text", "identified_number",
        "identified_on",
        "basis_kind", "basis_organisation", "basis_text", "basis_number", "basis_on",
        "basis_signatory", "allowed_by", "word_on", "awaited_until", "again",
    ]  # fmt: skip

    reason = forms.CharField(
        label=_("What has happened"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea({**WITH_LETTERS, "rows": 5}),
        help_text=_("In Kyrgyz or in Russian, in your own words."),
    )
    # Offered only where the call, finding, visitor or referral has become an application before.
    again = forms.BooleanField(label=_("Another application is meant"), required=False)

    def __init__(self, *args: Any, had_before: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not had_before:
            del self.fields["again"]

    @property
    def means_another(self) -> bool:
        return bool(self.cleaned_data.get("again"))

    @classmethod
    def said_by(cls, application: Application) -> dict[str, Any]:
        """The form's beginning: what the application says now."""
        said = {f"applicant_{k}": v for k, v in vars(applicant_of(application)).items()}
        plain = (
            "office", "district", "settlement", "street", "street_kind", "house", "flat",
            "address_text", "registered_text", "reason",
            "identified_by", "identified_organisation", "identified_text", "identified_number",
            "identified_on", "basis_kind", "basis_organisation", "basis_text", "basis_number",
            "basis_on", "basis_signatory",
        )  # fmt: skip
        said |= {name: getattr(application, name) for name in plain}
        return said | {
            "awaited_until": application.basis_awaited_until,
            "allowed_by": application.basis_allowed_by,
            "word_on": application.basis_word_on,
        }
